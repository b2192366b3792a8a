import { dot, inverse, times, type Matrix } from './linear.ts';

/*
 * Problem: logistic regression (Cox 1958) with a normal prior on each coefficient, some of which may not fall below a least value.
 * Method: Newton's iteration, which is iteratively reweighted least squares (Bishop 2006, 4.3.3), on the coefficients that are free to
 * move, with steps cut at the least values and halved until they help (Bertsekas 1982). The function is strictly concave, so there is one
 * best place. Cost: samples x coefficients^2 per step, a dozen steps.
 */

/** Something that did or did not happen, with what it is explained by. */
export interface Sample {
  readonly happened: boolean;
  readonly x: readonly number[];
}

/** What is believed of a coefficient before anything is seen. */
export interface Prior {
  readonly mean: number;
  readonly deviation: number;
  /** -Infinity where there is none. */
  readonly least: number;
}

export interface Fit {
  readonly coefficients: readonly number[];
  /** Inverse of the negative Hessian at the fit (Laplace): the squares of the standard errors are on its diagonal. */
  readonly covariance: Matrix;
}

const STEPS_MOST = 100;
const HALVINGS_MOST = 40;
/** A step below this, in every coefficient, is the end. */
const STILL = 1e-10;

/** The chance that a log-odds stands for. */
export const chance = (logOdds: number): number => 1 / (1 + Math.exp(-logOdds));

/** Minus the logarithm of the chance that was given to what came; without overflow. */
export function logLoss(logOdds: number, happened: boolean): number {
  const against = happened ? -logOdds : logOdds;
  return against > 0 ? against + Math.log1p(Math.exp(-against)) : Math.log1p(Math.exp(against));
}

/** Logarithm of likelihood times prior, but for a constant. */
function objective(samples: readonly Sample[], priors: readonly Prior[], at: readonly number[]): number {
  const losses = samples.reduce((sum, { x, happened }) => sum + logLoss(dot(x, at), happened), 0);
  const strain = priors.reduce((sum, { mean, deviation }, i) => sum + ((at[i] - mean) / deviation) ** 2, 0);
  return -losses - strain / 2;
}

interface Slopes {
  readonly gradient: number[];
  /** Minus the Hessian: positive definite. */
  readonly curvature: number[][];
}

function slopes(samples: readonly Sample[], priors: readonly Prior[], at: readonly number[]): Slopes {
  const gradient = priors.map(({ mean, deviation }, i) => (mean - at[i]) / deviation ** 2);
  const curvature = priors.map(({ deviation }, i) => priors.map((_, j) => (i === j ? deviation ** -2 : 0)));
  for (const { x, happened } of samples) {
    const expected = chance(dot(x, at));
    const spread = expected * (1 - expected);
    x.forEach((value, i) => {
      gradient[i] += value * ((happened ? 1 : 0) - expected);
      x.forEach((other, j) => (curvature[i][j] += spread * value * other));
    });
  }
  return { gradient, curvature };
}

/** The direction of a Newton step; coefficients at their least value that would fall further stay. */
function direction(
  { gradient, curvature }: Slopes,
  at: readonly number[],
  priors: readonly Prior[],
): number[] {
  const held = priors.map(({ least }, i) => at[i] <= least && gradient[i] < 0);
  const eased = curvature.map((row, i) =>
    row.map((value, j) => (held[i] || held[j] ? (i === j ? 1 : 0) : value)),
  );
  return times(
    inverse(eased),
    gradient.map((slope, i) => (held[i] ? 0 : slope)),
  );
}

/**
 * Fits the model: the log-odds of a sample are the sum of coefficients times x.
 *
 * @param priors one for each place of x; their deviations must be above zero, which keeps every coefficient finite
 */
export function fitLogistic(samples: readonly Sample[], priors: readonly Prior[]): Fit {
  let at = priors.map(({ mean, least }) => Math.max(mean, least));
  let height = objective(samples, priors, at);
  for (let step = 0; step < STEPS_MOST; step += 1) {
    const ahead = direction(slopes(samples, priors, at), at, priors);
    let length = 1;
    let next = at;
    let reached = -Infinity;
    for (let halving = 0; halving < HALVINGS_MOST && !(reached >= height); halving += 1) {
      next = at.map((value, i) => Math.max(priors[i].least, value + length * ahead[i]));
      reached = objective(samples, priors, next);
      length /= 2;
    }
    if (!(reached >= height)) break; // no better place in reach of the arithmetic
    const moved = Math.max(...next.map((value, i) => Math.abs(value - at[i])));
    [at, height] = [next, reached];
    if (moved < STILL) break;
  }
  return { coefficients: at, covariance: inverse(slopes(samples, priors, at).curvature) };
}
