import { expect } from 'chai';
import fc from 'fast-check';
import { countedPercent, sizeClassOf, totalFigures } from '../../../server/smes/declaration.ts';
import { declarationSchema, type Declaration } from '../../../server/smes/schema.ts';

const declared = (figures: Partial<Declaration>): Declaration =>
  declarationSchema.parse({
    headcount: 1,
    turnoverEur: 0,
    balanceSheetEur: 0,
    date: '2022-01-31',
    ...figures,
  });
const link = (share: number, headcount = 100, money: number | null = 0) => ({
  name: 'Other',
  share,
  headcount,
  turnoverEur: money,
  balanceSheetEur: money,
});

describe('size class by Recommendation 2003/361/EC', () => {
  // headcount, turnover and balance sheet in millions of euros
  const table: readonly [number, number | null, number | null, string][] = [
    [9, 2, 2, 'micro'],
    [9.9, 2, 2, 'micro'],
    [10, 2, 2, 'small'],
    [9, 2.01, 2, 'micro'],
    [9, 2, 2.01, 'micro'],
    [9, 2.01, 2.01, 'small'],
    [49, 10, 10, 'small'],
    [50, 10, 10, 'medium'],
    [49, 10.01, 10, 'small'],
    [49, 10.01, 10.01, 'medium'],
    [249, 50, 43, 'medium'],
    [250, 0, 0, 'not-an-sme'],
    [249, 50.01, 43, 'medium'],
    [249, 50, 43.01, 'medium'],
    [249, 50.01, 43.01, 'not-an-sme'],
    [9, 1, null, 'micro'],
    [9, null, 1, 'micro'],
    [9, 3, null, 'not-yet-declared'],
    [9, null, null, 'not-yet-declared'],
    [249, 60, null, 'not-yet-declared'],
    [300, null, null, 'not-an-sme'],
  ];
  for (const [headcount, turnover, balance, expected] of table) {
    it(`makes ${expected} of ${headcount} people, ${turnover ?? '?'} M turnover, ${balance ?? '?'} M balance sheet`, () => {
      const euros = (millions: number | null) => (millions === null ? null : Math.round(millions * 1e6));
      const figures = { headcount, turnoverEur: euros(turnover), balanceSheetEur: euros(balance) };
      expect(sizeClassOf(declared(figures))).to.equal(expected);
    });
  }

  it('leaves a company without a declaration not yet declared', () => {
    expect(sizeClassOf(null)).to.equal('not-yet-declared');
  });

  it('counts nothing of a holding below 25 %, the share up to 50 %, the whole above', () => {
    expect([0, 24.99, 25, 50, 50.01, 100].map(countedPercent)).to.deep.equal([0, 0, 25, 50, 100, 100]);
    expect(totalFigures(declared({ headcount: 5, links: [link(24.99)] })).headcount).to.equal(5);
    expect(totalFigures(declared({ headcount: 5, links: [link(29)] })).headcount).to.equal(34);
    expect(totalFigures(declared({ headcount: 5, links: [link(51)] })).headcount).to.equal(105);
  });

  it('is undecided where a partner that counts has not declared its figures', () => {
    expect(sizeClassOf(declared({ links: [link(30, 1, null)] }))).to.equal('not-yet-declared');
    expect(sizeClassOf(declared({ links: [link(10, 1, null)] }))).to.equal('micro');
    expect(sizeClassOf(declared({ headcount: 200, links: [link(60, 100, null)] }))).to.equal('not-an-sme');
  });

  it('never gets smaller by more people or more links', () => {
    const order = ['micro', 'small', 'medium', 'not-an-sme'];
    const money = fc.integer({ min: 0, max: 60_000_000 });
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 300 }),
        money,
        money,
        fc.integer({ min: 0, max: 300 }),
        (a, t, b, more) => {
          const figures = { headcount: a, turnoverEur: t, balanceSheetEur: b };
          const before = order.indexOf(sizeClassOf(declared(figures)));
          expect(order.indexOf(sizeClassOf(declared({ ...figures, headcount: a + more })))).to.be.at.least(
            before,
          );
          const linked = declared({ ...figures, links: [link(60, more, more)] });
          expect(order.indexOf(sizeClassOf(linked))).to.be.at.least(before);
        },
      ),
    );
  });
});
