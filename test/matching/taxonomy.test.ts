import { expect } from 'chai';
import { buildTaxonomy, CLOSE_UNIT } from '../../matching/taxonomy.ts';
import { TAXONOMY } from './support/pool.ts';

const taxonomy = buildTaxonomy(TAXONOMY);
const close = (one: string, other: string): number =>
  taxonomy.closeness[(taxonomy.number(one) ?? -1) * taxonomy.size + (taxonomy.number(other) ?? -1)] ?? -1;

describe('the taxonomy', () => {
  it('holds the same term closest, then broader and narrower, then the same domain, then nothing', () => {
    expect(close('intrusion', 'intrusion')).to.equal(CLOSE_UNIT);
    expect(close('intrusion', 'network')).to.equal(CLOSE_UNIT / 2);
    expect(close('intrusion', 'firewall')).to.equal(CLOSE_UNIT / 4);
    expect(close('intrusion', 'biometrics')).to.equal(0);
    expect(close('network', 'intrusion')).to.equal(close('intrusion', 'network'));
  });

  it('knows no number for a term that it does not have, and shows its id for a label', () => {
    expect(taxonomy.number('unheard-of')).to.equal(undefined);
    expect(taxonomy.label('unheard-of')).to.equal('unheard-of');
  });

  it('refuses an id that comes twice, naming it', () => {
    const [first] = TAXONOMY;
    if (!first) throw new Error('the taxonomy of the tests is empty');
    expect(() => buildTaxonomy([...TAXONOMY, first])).to.throw(RangeError, `'${first.id}'`);
  });

  it('ends at a loop or an unknown broader term instead of walking for ever', () => {
    const loop = buildTaxonomy([
      { id: 'x', label: 'X', facet: 'technology', broader: 'y' },
      { id: 'y', label: 'Y', facet: 'technology', broader: 'x' },
      { id: 'z', label: 'Z', facet: 'technology', broader: 'gone' },
    ]);
    expect(loop.size).to.equal(3);
  });
});
