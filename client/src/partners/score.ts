import type { FactorView } from '../../../server/suggestions/schema.ts';

/** One bar of the sum: what a factor adds to the score, in points out of 100. */
export interface FactorBar {
  readonly factor: FactorView['factor'];
  readonly label: string;
  readonly known: boolean;
  /** Points that it adds, rounded so that all points add up to the rounded score. */
  readonly points: number;
  /** Points that it could add at most: its weight out of 100. */
  readonly possible: number;
  /** How well the pair does on it, per cent. */
  readonly percent: number;
}

/** The score as people read it: a whole number out of 100. */
export function pointsOf(score: number): number {
  return Math.round(score * 100);
}

/**
 * The factors as bars in whole points that add up to the shown score: rounding down, then giving the missing points to the largest
 * remainders (Hamilton's method), so that no reader finds a sum that is off by one.
 */
export function barsOf(factors: readonly FactorView[], score: number): readonly FactorBar[] {
  const exact = factors.map((factor) => factor.contribution * 100);
  const points = roundToSum(exact, pointsOf(score));
  return factors.map((factor, place) => ({
    factor: factor.factor,
    label: factor.label,
    known: factor.known,
    points: points[place] ?? 0,
    possible: factor.weight * 100,
    percent: Math.round(factor.value * 100),
  }));
}

/** The contributions in points with one decimal, and their sum; they add up. */
export function tenthsOf(factors: readonly FactorView[], score: number) {
  const sum = Math.round(score * 1000);
  const parts = roundToSum(
    factors.map((factor) => factor.contribution * 1000),
    sum,
  );
  return { parts: parts.map((tenths) => tenths / 10), sum: sum / 10 };
}

/** Whole numbers near the given ones that add up to `sum`; ties go to the earlier one. */
export function roundToSum(exact: readonly number[], sum: number): readonly number[] {
  const floors = exact.map((value) => Math.floor(value + 1e-9));
  let missing = sum - floors.reduce((total, value) => total + value, 0);
  const byRemainder = exact
    .map((value, place) => ({ place, remainder: value - (floors[place] ?? 0) }))
    .sort((one, other) => other.remainder - one.remainder || one.place - other.place);
  for (const { place } of byRemainder) {
    if (missing <= 0) break;
    floors[place] = (floors[place] ?? 0) + 1;
    missing -= 1;
  }
  return floors;
}
