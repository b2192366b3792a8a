import { SCALE } from './types.ts';

/*
 * Fixed-point arithmetic. Every value that is compared or summed across pairs is a whole number, so the same input gives the
 * same bytes on every machine. All products stay below 2^53, where doubles are exact.
 */

/** `part / whole` in units of 1/SCALE, rounded down; 0 where `whole` is 0. Parts up to 9e9. */
export const ratio = (part: number, whole: number): number =>
  whole === 0 ? 0 : Math.floor((part * SCALE) / whole);

/** `value x share` of two numbers in units of 1/SCALE, rounded down. */
export const scaled = (value: number, share: number): number => Math.floor((value * share) / SCALE);

/**
 * Fuses two directions. High only where both are high: a partner that helps one side alone scores 0, whatever it brings.
 * (Measured on two-sided decisions: harmonic mean 0.71 AUC for a mutual yes, one direction 0.63; see docs/matching.md.)
 */
export const harmonic = (x: number, y: number): number =>
  x + y === 0 ? 0 : Math.floor((2 * x * y) / (x + y));

/**
 * Spreads the low end, where shares of long texts and term sets live, over the range of the other factors. Keeps the order,
 * 0 and SCALE. Smaller `knee`, steeper start: `knee / (SCALE + 2 knee)` comes out as one half.
 */
export const stretch = (x: number, knee: number): number => Math.floor((x * (SCALE + knee)) / (x + knee));

/** Mean of two numbers, rounded down; the same whichever way round. */
export const mean = (x: number, y: number): number => Math.floor((x + y) / 2);

/** Number of binary digits of a whole number: 1 -> 1, 2 and 3 -> 2, 4 to 7 -> 3; 0 -> 0. */
export const bits = (n: number): number => 32 - Math.clz32(n);

/** Number of ones in the binary form of a 32-bit number. */
export function ones(n: number): number {
  const pairs = n - ((n >>> 1) & 0x55555555);
  const nibbles = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return (((nibbles + (nibbles >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
}

/** Pulls a guess half way to the neutral value: it counts, but less than what was said. */
export const guessed = (value: number, neutral: number): number => mean(value, neutral);
