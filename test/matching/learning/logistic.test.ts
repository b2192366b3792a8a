import { expect } from 'chai';
import fc from 'fast-check';
import { inverse, times } from '../../../matching/learning/linear.ts';
import { fitLogistic, logLoss, type Prior, type Sample } from '../../../matching/learning/logistic.ts';

const free = (deviation: number, mean = 0): Prior => ({ mean, deviation, least: -Infinity });
const atLeastZero: Prior = { mean: 0, deviation: 2, least: 0 };

describe('logistic regression', () => {
  it('finds the rate where there is nothing else, with the standard error of a rate', () => {
    const samples: Sample[] = Array.from({ length: 1000 }, (_, i) => ({ happened: i % 4 === 0, x: [1] }));
    const { coefficients, covariance } = fitLogistic(samples, [free(1e6)]);
    expect(coefficients[0]).to.be.closeTo(Math.log(1 / 3), 1e-6);
    expect(covariance[0]?.[0]).to.be.closeTo(1 / (1000 * 0.25 * 0.75), 1e-6);
  });

  it('ends where no small step helps, least values kept', () => {
    const sample = fc.record({
      happened: fc.boolean(),
      x: fc.tuple(...[1, 2, 3].map(() => fc.integer({ min: -3, max: 3 }))),
    });
    const height = (samples: readonly Sample[], at: readonly number[], priors: readonly Prior[]): number =>
      priors.reduce((sum, { mean, deviation }, i) => sum - (((at[i] ?? 0) - mean) / deviation) ** 2 / 2, 0) -
      samples.reduce(
        (sum, { x, happened }) =>
          sum +
          logLoss(
            x.reduce((dot, one, i) => dot + one * (at[i] ?? 0), 0),
            happened,
          ),
        0,
      );
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 30 }), (samples) => {
        const priors = [free(10), atLeastZero, atLeastZero];
        const { coefficients } = fitLogistic(samples, priors);
        const best = height(samples, coefficients, priors);
        priors.forEach(({ least }, i) => {
          for (const step of [-1e-3, 1e-3]) {
            const next = coefficients.map((value, j) => (i === j ? Math.max(least, value + step) : value));
            expect(height(samples, next, priors)).to.be.at.most(best + 1e-9);
          }
          expect(coefficients[i]).to.be.at.least(least);
        });
      }),
    );
  });

  it('stays finite where one kind is missing or the kinds are apart', () => {
    for (const happened of [true, false]) {
      const { coefficients } = fitLogistic([{ happened, x: [1, 5] }], [free(10), free(1)]);
      expect(coefficients.every(Number.isFinite)).to.equal(true);
    }
    expect(fitLogistic([], [free(1, 3)]).coefficients).to.deep.equal([3]);
  });

  it('loses without overflow', () => {
    expect(logLoss(2000, false)).to.equal(2000);
    expect(logLoss(-2000, false)).to.equal(0);
    expect(logLoss(0, true)).to.be.closeTo(Math.LN2, 1e-15);
  });
});

describe('the inverse of a matrix', () => {
  it('undoes it, and is refused where there is none', () => {
    const matrix = [
      [4, 1, 0],
      [1, 3, 1],
      [0, 1, 2],
    ];
    const back = times(inverse(matrix), times(matrix, [1, -2, 5]));
    [1, -2, 5].forEach((value, i) => {
      expect(back[i]).to.be.closeTo(value, 1e-12);
    });
    expect(() => inverse([[0]])).to.throw(RangeError, 'not positive definite');
  });
});
