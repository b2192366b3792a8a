/*
 * How well a ranking finds the right ones. Candidates with the same score come in random order, so every figure is its expected value
 * over these orders. All run over scores by candidate, `right` beside it.
 */

/** What is measured per question. */
export const METRICS = ['hit@10', 'recall@50', 'MRR', 'AUC', 'AUC active'] as const;
export type Metric = (typeof METRICS)[number];

/** One question's candidates: what they scored, and who was right. */
export interface Ranking {
  readonly scores: readonly number[];
  readonly right: readonly boolean[];
}

/** How many score above a value, how many the same, and how many of these are right. */
interface Standing {
  readonly above: number;
  readonly tied: number;
  readonly tiedRight: number;
}

function standing({ scores, right }: Ranking, value: number): Standing {
  let [above, tied, tiedRight] = [0, 0, 0];
  scores.forEach((score, i) => {
    if (score > value) above += 1;
    if (score !== value) return;
    tied += 1;
    if (right[i]) tiedRight += 1;
  });
  return { above, tied, tiedRight };
}

const rightScores = ({ scores, right }: Ranking): number[] => scores.filter((_, i) => right[i]);
const bestRight = (ranking: Ranking): Standing => standing(ranking, Math.max(...rightScores(ranking)));

/** Probability that a right one is among the first k. There must be a right one. */
export function hitAt(ranking: Ranking, k: number): number {
  const { above, tied, tiedRight } = bestRight(ranking);
  const drawn = Math.min(tied, k - above);
  let missed = 1;
  for (let i = 0; i < drawn; i += 1) missed *= Math.max(0, tied - tiedRight - i) / (tied - i);
  return 1 - missed;
}

/** Expected share of the right ones that are among the first k. */
export function recallAt(ranking: Ranking, k: number): number {
  const found = rightScores(ranking).map((score) => {
    const { above, tied } = standing(ranking, score);
    return Math.min(1, Math.max(0, (k - above) / tied));
  });
  return found.reduce((sum, share) => sum + share, 0) / found.length;
}

/** Expected 1 / rank of the first right one. */
export function reciprocalRank(ranking: Ranking): number {
  const { above, tied, tiedRight } = bestRight(ranking);
  let expected = 0;
  let notYet = 1;
  for (let i = 0; i <= tied - tiedRight; i += 1) {
    expected += (notYet * tiedRight) / (tied - i) / (above + i + 1);
    notYet *= (tied - tiedRight - i) / (tied - i);
  }
  return expected;
}

/** Probability that a right one scores above a wrong one, ties counted half; NaN where either is missing. */
export function auc({ scores, right }: Ranking): number {
  const wrong = scores.filter((_, i) => !right[i]).sort((x, y) => x - y);
  const below = (value: number, orSame: boolean): number => {
    let [low, high] = [0, wrong.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const one = wrong[middle] ?? Infinity;
      if (one < value || (orSame && one === value)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const good = rightScores({ scores, right });
  const won = good.reduce((sum, score) => sum + below(score, false) + below(score, true), 0);
  return won / (2 * good.length * wrong.length);
}

/** All figures of one question. `active`: which candidates had two projects or more. NaN: cannot be told. */
export function measure(ranking: Ranking, active: readonly boolean[]): Record<Metric, number> {
  const among = <Item>(items: readonly Item[]): Item[] => items.filter((_, i) => active[i]);
  return {
    'hit@10': hitAt(ranking, 10),
    'recall@50': recallAt(ranking, 50),
    MRR: reciprocalRank(ranking),
    AUC: auc(ranking),
    'AUC active': auc({ scores: among(ranking.scores), right: among(ranking.right) }),
  };
}

/** Ranks from 1, ties sharing their mean rank. */
function ranksOf(values: readonly number[]): number[] {
  const sorted = values.toSorted((x, y) => x - y);
  const places = new Map<number, { sum: number; count: number }>();
  sorted.forEach((value, i) => {
    const { sum, count } = places.get(value) ?? { sum: 0, count: 0 };
    places.set(value, { sum: sum + i + 1, count: count + 1 });
  });
  return values.map((value) => {
    const { sum, count } = places.get(value) ?? { sum: NaN, count: 1 };
    return sum / count;
  });
}

/** Spearman's rank correlation; NaN where one of the two is the same throughout. */
export function rankCorrelation(one: readonly number[], other: readonly number[]): number {
  const [x, y] = [ranksOf(one), ranksOf(other)];
  const middle = (one.length + 1) / 2;
  const products = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + (value - middle) * ((b[i] ?? NaN) - middle), 0);
  const spread = Math.sqrt(products(x, x) * products(y, y));
  return spread === 0 ? NaN : products(x, y) / spread;
}
