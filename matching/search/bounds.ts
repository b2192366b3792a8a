import {
  CAPABILITY_NEUTRAL,
  capabilityValue,
  coveredStandIn,
  covered,
  softJaccard,
} from '../factors/capability.ts';
import { TEXT_NEUTRAL, mostAnswered } from '../factors/text.ts';
import { CLOSE_UNIT } from '../taxonomy.ts';
import { SCALE } from '../types.ts';

/*
 * Upper bounds of the contributions of text and capability, in tables by what the accumulators of a row hold.
 */

/** What SMEs can be told of, in bits: what it asks and answers in words and in terms, and whether its offer stands in for its need. */
export const KIND = { asksWords: 1, answersWords: 2, asksTerms: 4, answersTerms: 8, standsIn: 16 } as const;
export const KINDS = 32;

/** Strengths of both directions together are looked up in steps of 1 / STEPS up to MOST_STRENGTH; what is above has the bound of everything. */
export const STEPS = 256;
const MOST_STRENGTH = 16;
export const STRENGTH_PLACES = MOST_STRENGTH * STEPS;

/** Whether what `from` asks can be answered by `to`: 1 or 0. */
const goes = (from: number, to: number, asks: number, answers: number): number =>
  (from & asks) !== 0 && (to & answers) !== 0 ? 1 : 0;

/** Which directions can be told, in bits by what `toldBetween` returns. */
export const TOLD = { wordsForOwn: 1, wordsForOther: 2, termsForOwn: 4, termsForOther: 8 } as const;
const TOLD_WORDS = TOLD.wordsForOwn | TOLD.wordsForOther;
const TOLD_TERMS = TOLD.termsForOwn | TOLD.termsForOther;

/** Which directions can be told between SMEs of two kinds. */
export const toldBetween = (own: number, other: number): number =>
  goes(own, other, KIND.asksWords, KIND.answersWords) * TOLD.wordsForOwn +
  goes(other, own, KIND.asksWords, KIND.answersWords) * TOLD.wordsForOther +
  goes(own, other, KIND.asksTerms, KIND.answersTerms) * TOLD.termsForOwn +
  goes(other, own, KIND.asksTerms, KIND.answersTerms) * TOLD.termsForOther;

/** Place in the shares of a model by what is known between two kinds. */
export const knownBetween = (own: number, other: number): number => {
  const told = toldBetween(own, other);
  return ((told & TOLD_TERMS) === 0 ? 0 : 1) + ((told & TOLD_WORDS) === 0 ? 0 : 2);
};

/** Value of text where one direction can be told and the other has the neutral value. */
const fusedWithNeutral = (one: number): number => (2 * one * TEXT_NEUTRAL) / (one + TEXT_NEUTRAL);

const standsIn = (kind: number): number => ((kind & KIND.standsIn) === 0 ? 0 : 1);

/** Upper bound of the factor text for two kinds from the strengths of both directions together. */
function mostText(own: number, other: number, match: number): number {
  const told = toldBetween(own, other);
  const [mine, theirs] = [standsIn(own), standsIn(other)];
  if ((told & TOLD_WORDS) === 0) return TEXT_NEUTRAL;
  if ((told & TOLD_WORDS) === TOLD.wordsForOwn) return fusedWithNeutral(mostAnswered(match, mine));
  if ((told & TOLD_WORDS) === TOLD.wordsForOther) return fusedWithNeutral(mostAnswered(match, theirs));
  // a harmonic mean is not above the mean, and the value of a direction is a concave function of its strength
  if (mine === theirs) return mostAnswered(match / 2, mine);
  return (1.5 * mostAnswered(match / 1.5, 0) + TEXT_NEUTRAL / 2) / 2;
}

/** Places of the table for one number of own terms: offered terms of the other up to MOST_TERMS, closeness up to MOST_CLOSE. */
export const MOST_TERMS = 15;
export const MOST_CLOSE = 127;
/** How many binary digits the closeness has. */
export const CLOSE_BITS = 7;
export const CLOSE_PLACES = (MOST_TERMS + 1) * (MOST_CLOSE + 1);

/**
 * Upper bound of the factor capability between two kinds. `close`: the closeness of each term that the other offers to the nearest that
 * is sought, plus that to all of them, added up; `sought` and `offered`: how many terms there are.
 */
function mostCapability(own: number, other: number, close: number, sought: number, offered: number): number {
  const told = toldBetween(own, other);
  if ((told & TOLD.termsForOwn) === 0) return capabilityValue(CAPABILITY_NEUTRAL, SCALE) + 1;
  const shared = Math.min(close, CLOSE_UNIT * (sought + offered));
  const share = softJaccard(shared, sought + offered);
  const mine = standsIn(own) === 1 ? coveredStandIn(share, SCALE) : covered(share);
  if ((told & TOLD.termsForOther) === 0) return capabilityValue(mine, CAPABILITY_NEUTRAL) + 1;
  return capabilityValue(mine, SCALE) + 1;
}

/** What was worked out before: bounds before any weight depend on nothing but what is told. */
const textBounds = new Map<number, Float64Array>();
const capabilityBounds = new Map<number, Float64Array>();

/** `mostText` by strength, in steps; the last place is for all above. */
export function textBoundsOf(own: number, other: number): Float64Array {
  const key = (toldBetween(own, other) * 2 + standsIn(own)) * 2 + standsIn(other);
  const known = textBounds.get(key);
  if (known) return known;
  const bounds = Float64Array.from({ length: STRENGTH_PLACES + 1 }, (_, place) =>
    place === STRENGTH_PLACES ? SCALE : mostText(own, other, (place + 1) / STEPS),
  );
  textBounds.set(key, bounds);
  return bounds;
}

/** `mostCapability` by the number of terms that are offered, then by closeness; the last of each is for all above. */
export function capabilityBoundsOf(own: number, other: number, sought: number): Float64Array {
  const key = ((sought * 16 + toldBetween(own, other)) * 2 + standsIn(own)) * 2 + standsIn(other);
  const known = capabilityBounds.get(key);
  if (known) return known;
  const bounds = Float64Array.from({ length: CLOSE_PLACES }, (_, at) => {
    const close = at & MOST_CLOSE;
    return close === MOST_CLOSE
      ? SCALE
      : mostCapability(own, other, close, sought, Math.floor(at / (MOST_CLOSE + 1)));
  });
  capabilityBounds.set(key, bounds);
  return bounds;
}
