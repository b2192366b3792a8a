import { FACTORS, SCALE, type Factor, type Weights } from '../types.ts';
import { apportion, weightShares } from '../weights.ts';
import type { Observation } from './decisions.ts';
import { dot, type Matrix } from './linear.ts';
import { fitLogistic, type Prior } from './logistic.ts';

/*
 * How a score becomes a decision: log-odds of 'yes' = base + steepness x score. With the score a weighted sum, each weight has the
 * coefficient steepness x share, and learning weights is a logistic regression on the factors.
 */

/** Steepness before anything is seen: a score higher by 0.1 more than doubles the odds. */
const STEEPNESS: Prior = { mean: 8, deviation: 8, least: 1 };
/** The base rate is left to the data. */
const BASE: Prior = { mean: 0, deviation: 10, least: -Infinity };
/**
 * How far a share strays from the standing one before anything is seen, two times out of three: ten points of a hundred. It takes a few
 * hundred decisions to outweigh this.
 */
const STRAY = 0.1;

/** How decisions follow from the values of the factors. */
export interface DecisionModel {
  readonly base: number;
  /** One per factor, each 0 or above. */
  readonly slopes: readonly number[];
  /** Of the slopes alone. */
  readonly covariance: Matrix;
}

/** A record with a value for each factor, given by its place in FACTORS. */
export function byFactor<T>(valueAt: (place: number) => T): Record<Factor, T> {
  const entries = FACTORS.map((factor, place) => [factor, valueAt(place)] as const);
  // FACTORS has every factor once, so the record is complete
  return Object.fromEntries(entries) as Record<Factor, T>;
}

/** Shares of the weights in the order of FACTORS, adding up to 1. */
export function sharesInOrder(weights: Weights): number[] {
  const shares = weightShares(weights);
  return FACTORS.map((factor) => shares[factor] / SCALE);
}

/** The standing weights as they are, with base and steepness from the decisions. */
export function calibrated(observations: readonly Observation[], shares: readonly number[]): DecisionModel {
  const samples = observations.map(({ accepted, x }) => ({ happened: accepted, x: [1, dot(x, shares)] }));
  const [base, steepness] = fitLogistic(samples, [BASE, STEEPNESS]).coefficients;
  return { base, slopes: shares.map((share) => share * steepness), covariance: [] };
}

/** Weights from the decisions, held by the standing ones. */
export function learnt(observations: readonly Observation[], shares: readonly number[]): DecisionModel {
  const { slopes } = calibrated(observations, shares);
  const held = slopes.map((mean): Prior => ({ mean, deviation: STEEPNESS.mean * STRAY, least: 0 }));
  const samples = observations.map(({ accepted, x }) => ({ happened: accepted, x: [1, ...x] }));
  const { coefficients, covariance } = fitLogistic(samples, [BASE, ...held]);
  const [base, ...own] = coefficients;
  return { base, slopes: own, covariance: covariance.slice(1).map((row) => row.slice(1)) };
}

/** What a model says of a pair, as log-odds. */
export const logOddsOf = ({ base, slopes }: DecisionModel, { x }: Observation): number =>
  base + dot(slopes, x);

/** Slopes as shares that add up to 1; null where all are zero, so that nothing can be read from them. */
export function directionOf({ slopes }: DecisionModel): number[] | null {
  const sum = slopes.reduce((total, slope) => total + slope, 0);
  return sum > 1e-6 ? slopes.map((slope) => slope / sum) : null;
}

/**
 * Standard errors of the shares, from those of the slopes: the share s_i = b_i / B has the slopes (1 - s_i) / B in b_i and -s_i / B in every
 * other one.
 */
export function shareErrors({ slopes, covariance }: DecisionModel): number[] {
  const sum = slopes.reduce((total, slope) => total + slope, 0);
  return slopes.map((slope, i) => {
    const gradient = slopes.map((_, j) => ((i === j ? 1 : 0) - slope / sum) / sum);
    const variance = dot(
      gradient,
      covariance.map((row) => dot(row, gradient)),
    );
    return Math.sqrt(Math.max(0, variance));
  });
}

/**
 * Shares as whole weights. They add up to `total` unless one of them would come above 100: then to the largest sum that keeps the
 * proportions and every weight within 100.
 */
export function wholeWeights(shares: readonly number[], total: number): Weights {
  const parts = byFactor((i) => Math.round(shares[i] * SCALE));
  return apportion(parts, Math.min(total, Math.floor(100 / Math.max(...shares))));
}
