/*
 * Nash welfare: the product of what everybody gets, or the sum of its logarithms. Maximising it is the compromise between the largest total
 * and the same for all: a pair may lose a share of its score only where another gains a larger share (Nash 1950; Caragiannis and
 * others 2019, who also say what to do where somebody must get nothing: first as many as can be who get something).
 */

/** Binary digits behind the point. */
const DIGITS = 16;

/**
 * log2(score + 1) in units of 2^-16, rounded down: whole numbers, the same on every machine (Math.log2 is not). A score of 0 gives 0.
 * The two SMEs of a pair have the same score, so that the sum over pairs is half of the sum over SMEs.
 */
export function welfareOf(score: number): number {
  let rest = score + 1;
  let log = 0;
  while (rest >= 2) {
    rest /= 2;
    log += 1;
  }
  // squaring doubles the logarithm, so that its digits come out one by one
  for (let digit = 0; digit < DIGITS; digit += 1) {
    rest *= rest;
    log *= 2;
    if (rest < 2) continue;
    rest /= 2;
    log += 1;
  }
  return log;
}
