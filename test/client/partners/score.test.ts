import { expect } from 'chai';
import fc from 'fast-check';
import { barsOf, pointsOf, roundToSum, tenthsOf } from '../../../client/src/partners/score.ts';
import type { FactorView } from '../../../server/suggestions/schema.ts';

function factor(contribution: number): FactorView {
  return {
    factor: 'text',
    label: '',
    value: 1,
    weight: contribution,
    contribution,
    known: true,
  };
}

describe('client: score', () => {
  it('gives bars in whole points that add up to the shown score', () => {
    const parts = fc.array(fc.integer({ min: 0, max: 142_857 }), { minLength: 7, maxLength: 7 });
    fc.assert(
      fc.property(parts, (scaled) => {
        const factors = scaled.map((value) => factor(value / 1_000_000));
        const score = scaled.reduce((sum, value) => sum + value, 0) / 1_000_000;
        const bars = barsOf(factors, score);
        expect(bars.reduce((sum, bar) => sum + bar.points, 0)).to.equal(pointsOf(score));
        const tenths = tenthsOf(factors, score);
        expect(tenths.parts.reduce((sum, part) => sum + part * 10, 0)).to.be.closeTo(tenths.sum * 10, 1e-6);
        for (const [place, bar] of bars.entries()) {
          expect(Math.abs(bar.points - (scaled[place] ?? 0) / 10_000)).to.be.below(1);
        }
      }),
    );
  });

  it('gives the missing points to the largest remainders', () => {
    expect(roundToSum([10.6, 10.5, 10.9], 32)).to.deep.equal([11, 10, 11]);
    expect(roundToSum([], 0)).to.deep.equal([]);
  });
});
