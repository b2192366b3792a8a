import { ones } from '../fixed.ts';
import { CLOSE_UNIT, type Taxonomy } from '../taxonomy.ts';
import { termsOf, type Prepared } from '../prepare.ts';
import { SCALE, type Call, type Need } from '../types.ts';
import type { Fit } from './fit.ts';

/*
 * Factor challenge: how much of a need of the demand side the two cover together, and only together. For the best challenge: half of
 * the share of its terms that they cover, and the part of it that the better one alone does not cover. Two halves that make
 * a whole get 1; one that covers everything alone gets a half whoever joins it.
 */

/** A term is covered by itself or by a broader or narrower one. */
const COVERS = CLOSE_UNIT / 2;
/** What two declared sets of terms reach in the middle. */
export const CHALLENGE_NEUTRAL = SCALE / 4;
const WORD = 32;

/** A challenge with the numbers of its known terms. */
export interface PreparedChallenge {
  readonly need: Need;
  readonly terms: readonly number[];
}

/** Challenges that name at least one known term; others cannot be compared and stand aside. */
export const prepareChallenges = ({ challenges }: Call, taxonomy: Taxonomy): PreparedChallenge[] =>
  challenges
    .map((need) => ({
      need,
      terms: termsOf([need], ['capabilities', 'technologies', 'fields', 'sectors'])
        .map((term) => taxonomy.number(term) ?? -1)
        .filter((number) => number >= 0),
    }))
    .filter(({ terms }) => terms.length > 0);

/** What nobody who declares no terms covers. */
const NOTHING = new Int32Array(0);
/** By challenges: the words of the terms that each term of the taxonomy covers, from place term x words on. */
const covering = new WeakMap<readonly PreparedChallenge[], Int32Array>();

const wordsIn = (challenges: readonly PreparedChallenge[]): number =>
  challenges.reduce((words, { terms }) => words + Math.ceil(terms.length / WORD), 0);

function coveringOf(challenges: readonly PreparedChallenge[], { size, closeness }: Taxonomy): Int32Array {
  const known = covering.get(challenges);
  if (known) return known;
  const words = wordsIn(challenges);
  const masks = new Int32Array(size * words);
  let first = 0;
  for (const { terms } of challenges) {
    for (const [i, term] of terms.entries()) {
      for (let own = 0; own < size; own += 1) {
        if (closeness[term * size + own] < COVERS) continue;
        masks[own * words + first + Math.floor(i / WORD)] |= 1 << (i % WORD);
      }
    }
    first += Math.ceil(terms.length / WORD);
  }
  covering.set(challenges, masks);
  return masks;
}

/** Per challenge one or more 32-bit words, a bit for each of its terms that the SME covers. Empty: no terms declared. */
export function challengeCover(
  { allTerms }: Prepared,
  challenges: readonly PreparedChallenge[],
  taxonomy: Taxonomy,
): Int32Array {
  if (allTerms.length === 0) return NOTHING;
  const masks = coveringOf(challenges, taxonomy);
  const words = masks.length / taxonomy.size;
  const cover = new Int32Array(words);
  for (const own of allTerms) {
    for (let word = 0; word < words; word += 1) cover[word] |= masks[own * words + word];
  }
  return cover;
}

export interface ChallengeFit extends Fit {
  /** Place of the best challenge in the list; -1 where nothing is known. */
  readonly best: number;
}

/** Value of one challenge: half of what both cover and what the better one alone does not, over the number of its terms. */
export const togetherValue = (both: number, better: number, parts: number): number =>
  Math.floor(((3 * both - 2 * better) * SCALE) / (2 * parts));

/** Value of a pair from what each covers. */
export function challengeValue(
  a: Int32Array,
  b: Int32Array,
  challenges: readonly PreparedChallenge[],
): ChallengeFit {
  if (a.length === 0 || b.length === 0) return { value: CHALLENGE_NEUTRAL, known: false, best: -1 };
  let [best, value] = [0, 0];
  let at = 0;
  for (let place = 0; place < challenges.length; place += 1) {
    const parts = challenges[place].terms.length;
    let one = 0;
    let other = 0;
    let both = 0;
    for (const end = at + Math.ceil(parts / WORD); at < end; at += 1) {
      one += ones(a[at]);
      other += ones(b[at]);
      both += ones(a[at] | b[at]);
    }
    const found = togetherValue(both, Math.max(one, other), parts);
    if (found > value) [best, value] = [place, found];
  }
  return { value, known: true, best };
}
