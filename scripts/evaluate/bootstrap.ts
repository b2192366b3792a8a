import { pick, seededRandom } from '../demo/random.ts';

/*
 * Intervals by the bootstrap (Efron 1979): questions are drawn again with replacement, those of one group together, as questions
 * from one project share their text and their answers.
 */

export const DRAWS = 1000;
const SEED = 1;

/** A mean over questions with its 95 % interval. */
export interface Estimate {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
}

/** Sum and number of the values of one group. */
interface Part {
  sum: number;
  count: number;
}

function partsOf(values: readonly number[], groups: readonly string[]): Part[] {
  const parts = new Map<string, Part>();
  values.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const group = groups[i] ?? '';
    const part = parts.get(group) ?? { sum: 0, count: 0 };
    parts.set(group, part);
    part.sum += value;
    part.count += 1;
  });
  return [...parts.values()];
}

const meanOf = (parts: readonly Part[]): number => {
  const total = parts.reduce((all, { sum, count }) => ({ sum: all.sum + sum, count: all.count + count }), {
    sum: 0,
    count: 0,
  });
  return total.sum / total.count;
};

/**
 * Mean of the values with its percentile interval; NaN values are questions that cannot be told, and are left out. The same input gives the same
 * interval. For a paired comparison pass the differences.
 */
export function estimate(values: readonly number[], groups: readonly string[]): Estimate {
  const parts = partsOf(values, groups);
  if (parts.length === 0) return { mean: NaN, low: NaN, high: NaN };
  const random = seededRandom(SEED);
  const means = Array.from({ length: DRAWS }, () => meanOf(parts.map(() => pick(parts, random)))).sort(
    (x, y) => x - y,
  );
  const at = (share: number): number => means[Math.min(DRAWS - 1, Math.floor(share * DRAWS))] ?? NaN;
  return { mean: meanOf(parts), low: at(0.025), high: at(0.975) };
}
