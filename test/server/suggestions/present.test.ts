import { expect } from 'chai';
import fc from 'fast-check';
import { FACTORS, SCALE, type Brief } from '../../../matching/types.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { partnerCard, shownText, writePartners } from '../../../server/suggestions/present.ts';
import { TextRow, textBlock } from '../../../server/text/block.ts';
import { TextWriter } from '../../../server/text/writer.ts';

const scaled = fc.integer({ min: 0, max: SCALE });
const words = fc.string({ unit: 'binary', maxLength: 20 });

const briefs: fc.Arbitrary<Brief> = fc.record({
  a: fc.constant('you'),
  b: fc.constant('they'),
  score: scaled,
  factors: fc.tuple(
    ...FACTORS.map((factor) =>
      fc.record({
        factor: fc.constant(factor),
        value: scaled,
        weight: scaled,
        contribution: scaled,
        known: fc.boolean(),
      }),
    ),
  ),
  summary: words,
  aBrings: fc.array(words, { maxLength: 3 }),
  bBrings: fc.array(words, { maxLength: 3 }),
});

const cardOf = (id: string): SmeCard => ({
  id,
  name: `Zakład ${id}`,
  country: 'PL',
  city: 'Łódź',
  website: null,
  clusterId: null,
  clusterName: null,
  sizeClass: 'small',
  headline: 'Drones …',
  trl: null,
  available: true,
  demoAnswers: [],
});

describe('a list as text', () => {
  it('says what the list says as JSON, without those whose card or words are gone', () => {
    const some = fc.array(fc.tuple(briefs, fc.boolean(), fc.boolean()), { maxLength: 5 });
    fc.assert(
      fc.property(some, (all) => {
        const ids = all.map((_, at) => `sme-${at}`);
        const cards = new Map(
          ids.flatMap((id, at) => (all[at]?.[1] === true ? [[id, cardOf(id)] as const] : [])),
        );
        const texts = all.map(([brief, , hasWords]) => (hasWords ? shownText(brief) : null));
        const to = new TextWriter();
        const count = writePartners(to, ids, { cards, texts: new TextRow(textBlock(texts), 0) });
        const kept = all.flatMap(([brief, , hasWords], at) => {
          const card = cards.get(ids[at] ?? '');
          return card && hasWords ? [{ brief, card }] : [];
        });
        const views = kept.map(({ brief, card }, at) => partnerCard(brief, card, at + 1));
        expect(JSON.parse(to.take().toString())).to.deep.equal(JSON.parse(JSON.stringify(views)));
        expect(count).to.equal(views.length);
      }),
    );
  });
});
