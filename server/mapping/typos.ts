/*
 * Problem: find the words of a vocabulary that are a slip of the finger away from what was typed.
 * Method: a word's letters as bits of a number tell cheaply that two words are too far apart (each slip changes at most two bits);
 * what is left is measured by the restricted Damerau-Levenshtein distance (one for a letter added, left out, changed or swapped with
 * its neighbour; Damerau 1964).
 */

/** The letters and digits that a word has, as bits. */
export function lettersOf(word: string): number {
  let bits = 0;
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31);
  return bits;
}

function countBits(bits: number): number {
  let left = bits;
  let count = 0;
  while (left !== 0) {
    left &= left - 1;
    count += 1;
  }
  return count;
}

/** False only where two words are surely more than `most` slips apart. */
export function mayBeClose(one: number, other: number, most: number): boolean {
  return countBits(one ^ other) <= 2 * most;
}

/** Slips that a word of this length may have: none below four letters, one below eight, two from there. */
export const slipsAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2);

const rows = [new Uint8Array(128), new Uint8Array(128), new Uint8Array(128)] as const;

/** Slips between two words, or `most + 1` where there are more than `most`. Words longer than 120 characters are never close. */
export function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most || one.length > 120 || other.length > 120) return most + 1;
  let [before, last, next] = rows;
  for (let j = 0; j <= other.length; j++) last[j] = j;
  for (let i = 1; i <= one.length; i++) {
    next[0] = i;
    let least = i;
    for (let j = 1; j <= other.length; j++) {
      const slips = bestStep(one, other, i, j, before, last, next);
      next[j] = slips;
      if (slips < least) least = slips;
    }
    if (least > most) return most + 1;
    [before, last, next] = [last, next, before];
  }
  return Math.min(last[other.length] ?? most + 1, most + 1);
}

/** One cell of the table: the fewest slips to turn the first `i` characters of one into the first `j` of the other. */
function bestStep(
  one: string,
  other: string,
  i: number,
  j: number,
  before: Uint8Array,
  last: Uint8Array,
  next: Uint8Array,
): number {
  const same = one.charCodeAt(i - 1) === other.charCodeAt(j - 1);
  const changed = (last[j - 1] ?? 0) + (same ? 0 : 1);
  const best = Math.min(changed, (last[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
  const swapped =
    i > 1 &&
    j > 1 &&
    one.charCodeAt(i - 1) === other.charCodeAt(j - 2) &&
    one.charCodeAt(i - 2) === other.charCodeAt(j - 1);
  return swapped ? Math.min(best, (before[j - 2] ?? 0) + 1) : best;
}
