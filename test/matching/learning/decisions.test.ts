import { expect } from 'chai';
import { multipliers, observationsOf } from '../../../matching/learning/decisions.ts';
import { byFactor } from '../../../matching/learning/model.ts';
import { FACTORS, SCALE } from '../../../matching/types.ts';
import { buildDecision } from './support.ts';

describe('decisions', () => {
  it('count once where both sides say the same of a pair, with both as those who decided', () => {
    const { all } = observationsOf([
      buildDecision({ sme: 'B', partner: 'A', kind: 'consortium' }),
      buildDecision({ sme: 'A', partner: 'B', kind: 'consortium' }),
    ]);
    expect(all).to.have.length(1);
    expect(all[0]).to.deep.include({ accepted: true, deciders: ['A', 'B'] });
  });

  it('stay two where the sides disagree', () => {
    const { all } = observationsOf([
      buildDecision({ sme: 'B', partner: 'A', kind: 'would-like' }),
      buildDecision({ sme: 'A', partner: 'B' }),
    ]);
    expect(all.map(({ accepted, deciders }) => [accepted, ...deciders])).to.have.deep.members([
      [true, 'B'],
      [false, 'A'],
    ]);
  });

  it('are left out where one SME decided both ways, and counted by what says most', () => {
    const { all, counts, contradicting } = observationsOf([
      buildDecision({ sme: 'A', partner: 'B' }),
      buildDecision({ sme: 'A', partner: 'B', kind: 'met-again' }),
      buildDecision({ sme: 'C', partner: 'B', kind: 'would-like' }),
      buildDecision({ sme: 'C', partner: 'B', kind: 'consortium' }),
    ]);
    expect(all).to.have.length(1);
    expect(contradicting).to.equal(2);
    expect(counts).to.deep.equal({ consortium: 1, 'would-like': 0, 'met-again': 0, 'not-for-me': 0 });
  });

  it('weigh a silent factor as the score does: text by capability where nothing is written, and the other way round', () => {
    const values = byFactor((place) => (place + 1) * 100_000);
    const [capability, text] = [FACTORS.indexOf('capability'), FACTORS.indexOf('text')];
    const known = byFactor(() => true);
    const at = (given: Partial<typeof known>): number[] =>
      multipliers({ values, known: { ...known, ...given } });
    expect(at({})).to.deep.equal(FACTORS.map((factor) => values[factor] / SCALE));
    expect(at({ text: false })[text]).to.equal(values.capability / SCALE);
    expect(at({ capability: false })[capability]).to.equal(values.text / SCALE);
    expect(at({ capability: false, text: false })).to.deep.equal(at({}));
  });
});
