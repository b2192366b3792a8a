import { expect } from 'chai';
import fc from 'fast-check';
import {
  auc,
  hitAt,
  rankCorrelation,
  recallAt,
  reciprocalRank,
  type Ranking,
} from '../../../scripts/evaluate/metrics.ts';

/** Every order of the items. */
const ordersOf = <Item>(items: readonly Item[]): Item[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) => ordersOf(items.filter((_, j) => j !== i)).map((rest) => [item, ...rest]));

interface Candidate {
  readonly score: number;
  readonly right: boolean;
}

const rankingOf = (candidates: readonly Candidate[]): Ranking => ({
  scores: candidates.map(({ score }) => score),
  right: candidates.map(({ right }) => right),
});

/** Mean of a figure over all orders that the scores allow, counted one by one. */
function meanOverOrders(
  candidates: readonly Candidate[],
  figure: (right: readonly boolean[]) => number,
): number {
  const sorted = ordersOf(candidates).filter((order) =>
    order.every(({ score }, i) => i === 0 || (order[i - 1]?.score ?? 0) >= score),
  );
  const sum = sorted.reduce((total, order) => total + figure(order.map(({ right }) => right)), 0);
  return sum / sorted.length;
}

const few = fc
  .array(fc.record({ score: fc.integer({ min: 0, max: 3 }), right: fc.boolean() }), {
    minLength: 2,
    maxLength: 6,
  })
  .filter((all) => all.some(({ right }) => right) && all.some(({ right }) => !right));

const share = (right: readonly boolean[], k: number): number =>
  right.slice(0, k).filter(Boolean).length / right.filter(Boolean).length;

describe('the figures of an evaluation', () => {
  it('are those worked out by hand where nothing is tied', () => {
    const ranking = { scores: [5, 4, 3, 2, 1], right: [false, true, false, false, true] };
    expect(hitAt(ranking, 1)).to.equal(0);
    expect(hitAt(ranking, 2)).to.equal(1);
    expect(recallAt(ranking, 2)).to.equal(0.5);
    expect(reciprocalRank(ranking)).to.equal(0.5);
    // of the 6 pairs of a right and a wrong one, the first right one wins 2
    expect(auc(ranking)).to.be.closeTo(2 / 6, 1e-12);
  });

  it('count ties by their expected value', () => {
    const ranking = { scores: [1, 1, 1, 1], right: [true, false, false, false] };
    expect(hitAt(ranking, 1)).to.equal(0.25);
    expect(hitAt(ranking, 10)).to.equal(1);
    expect(recallAt(ranking, 2)).to.equal(0.5);
    expect(reciprocalRank(ranking)).to.be.closeTo((1 + 1 / 2 + 1 / 3 + 1 / 4) / 4, 1e-12);
    expect(auc(ranking)).to.equal(0.5);
  });

  it('are the mean over every order that the scores allow', () => {
    fc.assert(
      fc.property(few, fc.integer({ min: 1, max: 4 }), (candidates, k) => {
        const ranking = rankingOf(candidates);
        const mean = (figure: (right: readonly boolean[]) => number): number =>
          meanOverOrders(candidates, figure);
        expect(hitAt(ranking, k)).to.be.closeTo(
          mean((right) => (right.slice(0, k).some(Boolean) ? 1 : 0)),
          1e-9,
        );
        expect(recallAt(ranking, k)).to.be.closeTo(
          mean((right) => share(right, k)),
          1e-9,
        );
        expect(reciprocalRank(ranking)).to.be.closeTo(
          mean((right) => 1 / (right.indexOf(true) + 1)),
          1e-9,
        );
      }),
    );
  });

  it('do not depend on the order of the candidates, nor on the scale of the scores', () => {
    const shuffle = few.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(shuffle, ([one, other]) => {
        const scaled = other.map(({ score, right }) => ({ score: 7 * score - 3, right }));
        for (const figure of [
          auc,
          reciprocalRank,
          (r: Ranking) => hitAt(r, 2),
          (r: Ranking) => recallAt(r, 3),
        ])
          expect(figure(rankingOf(one))).to.be.closeTo(figure(rankingOf(scaled)), 1e-12);
      }),
    );
  });

  it('cannot tell an AUC where nobody is right or nobody is wrong', () => {
    expect(auc({ scores: [1, 2], right: [true, true] })).to.be.NaN;
    expect(auc({ scores: [1, 2], right: [false, false] })).to.be.NaN;
  });

  it('know a rank correlation of 1 and -1, and none with a constant', () => {
    expect(rankCorrelation([1, 2, 9], [10, 20, 21])).to.be.closeTo(1, 1e-12);
    expect(rankCorrelation([1, 2, 9], [3, 2, 1])).to.be.closeTo(-1, 1e-12);
    expect(rankCorrelation([1, 2, 9], [3, 3, 3])).to.be.NaN;
  });
});
