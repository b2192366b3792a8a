import { FACTORS, SCALE, type Factor, type Weights } from './types.ts';

/**
 * The weights to start from. Each choice follows the model (docs/matching.md), not a fit to one data set:
 * - capability and text ask the same question, 'does each bring what the other lacks', in terms and in words. Together they
 *   are more than half: without it two SMEs have no reason to work together. Where one of the two is silent the other carries both.
 * - domain: a seller and a technology bringer in one field of application, and no competitor, comes next.
 * - trl and challenge say whether the two can reach the call's target and whether anybody asked for it.
 * - reach and practical decide between partners that are otherwise equal. The staff raise reach where the call wants it.
 */
export const DEFAULT_WEIGHTS: Weights = {
  capability: 30,
  text: 25,
  trl: 10,
  domain: 15,
  challenge: 10,
  reach: 5,
  practical: 5,
};

/** What is wrong with weights that somebody sent; `field` is a factor, an unknown key, or `weights` for the whole. */
export interface WeightsError {
  readonly code:
    | 'not-an-object'
    | 'unknown-factor'
    | 'missing-factor'
    | 'not-a-whole-number'
    | 'out-of-range'
    | 'all-zero';
  readonly field: string;
  /** Plain sentence that says what is allowed. */
  readonly message: string;
}

export type ParsedWeights =
  | { readonly ok: true; readonly weights: Weights }
  | { readonly ok: false; readonly errors: readonly WeightsError[] };

const isRecord = (input: unknown): input is Readonly<Record<string, unknown>> =>
  typeof input === 'object' && input !== null && !Array.isArray(input);

const factorError = (factor: Factor, input: Readonly<Record<string, unknown>>): WeightsError | undefined => {
  if (!Object.hasOwn(input, factor)) {
    return { code: 'missing-factor', field: factor, message: `The weight of ${factor} is missing.` };
  }
  const value = input[factor];
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    return {
      code: 'not-a-whole-number',
      field: factor,
      message: `The weight of ${factor} must be a whole number from 0 to 100.`,
    };
  }
  if (value < 0 || value > 100) {
    return {
      code: 'out-of-range',
      field: factor,
      message: `The weight of ${factor} is ${value}; allowed is 0 to 100.`,
    };
  }
  return undefined;
};

const unknownKeys = (input: Readonly<Record<string, unknown>>): WeightsError[] =>
  Object.keys(input)
    .filter((key) => !FACTORS.some((factor) => factor === key))
    .map((key) => ({
      code: 'unknown-factor',
      field: key,
      message: `'${key}' is not a factor; allowed are ${FACTORS.join(', ')}.`,
    }));

/**
 * Checks weights that come from outside: every factor once, whole numbers from 0 to 100, not all zero.
 *
 * @example parseWeights({ ...DEFAULT_WEIGHTS, reach: 40 }) // { ok: true, weights: … }
 */
export function parseWeights(input: unknown): ParsedWeights {
  if (!isRecord(input)) {
    const message = `Weights must be an object with the factors ${FACTORS.join(', ')}.`;
    return { ok: false, errors: [{ code: 'not-an-object', field: 'weights', message }] };
  }
  const errors = unknownKeys(input);
  const weights: Record<Factor, number> = { ...DEFAULT_WEIGHTS };
  for (const factor of FACTORS) {
    const error = factorError(factor, input);
    if (error) errors.push(error);
    else weights[factor] = Number(input[factor]);
  }
  if (errors.length > 0) return { ok: false, errors };
  if (FACTORS.every((factor) => weights[factor] === 0)) {
    const message = 'At least one weight must be above 0.';
    return { ok: false, errors: [{ code: 'all-zero', field: 'weights', message }] };
  }
  return { ok: true, weights };
}

/**
 * Holds weights from inside to the same rules.
 *
 * @throws RangeError that says of each factor what is wrong
 */
export function checkWeights(weights: Weights): void {
  const parsed = parseWeights(weights);
  if (!parsed.ok) throw new RangeError(parsed.errors.map(({ message }) => message).join(' '));
}

/**
 * Shares of a set of weights in units of 1/SCALE: whole numbers that add up to SCALE exactly.
 *
 * @throws RangeError where all weights are zero
 */
export const weightShares = (weights: Weights): Record<Factor, number> => apportion(weights, SCALE);

/**
 * Whole numbers in the proportions of these parts that add up to `whole` exactly (largest remainders get what rounding left over, ties in
 * the order of FACTORS).
 *
 * @throws RangeError where all parts are zero
 */
export function apportion(parts: Readonly<Record<Factor, number>>, whole: number): Record<Factor, number> {
  const total = FACTORS.reduce((sum, factor) => sum + parts[factor], 0);
  if (!(total > 0)) throw new RangeError(`Weights add up to ${total}; they must add up to more than 0.`);
  const exact = FACTORS.map((factor) => ({ factor, product: parts[factor] * whole }));
  const shares: Record<Factor, number> = { ...DEFAULT_WEIGHTS };
  let left = whole;
  for (const { factor, product } of exact) {
    shares[factor] = Math.floor(product / total);
    left -= shares[factor];
  }
  const byRemainder = exact.toSorted((x, y) => (y.product % total) - (x.product % total));
  for (const { factor } of byRemainder.slice(0, left)) shares[factor] += 1;
  return shares;
}
