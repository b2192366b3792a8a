import { CAPABILITY_NEUTRAL, covered, inTerms, softJaccard } from '../factors/capability.ts';
import { TEXT_NEUTRAL } from '../factors/text.ts';
import { CLOSE_UNIT } from '../taxonomy.ts';
import { SCALE } from '../types.ts';

/*
 * Upper bounds of the contributions of text and capability from what the accumulators of a row hold.
 */

/** What SMEs can be told of, in bits: what it asks and answers in words and in terms, and whether its offer stands in for its need. */
export const KIND = { asksWords: 1, answersWords: 2, asksTerms: 4, answersTerms: 8, standsIn: 16 } as const;
export const KINDS = 32;

/** Whether what `from` asks can be answered by `to`: 1 or 0. */
const goes = (from: number, to: number, asks: number, answers: number): number =>
  (from & asks) !== 0 && (to & answers) !== 0 ? 1 : 0;

/** Which directions can be told, in bits by what `toldBetween` returns. */
export const TOLD = { wordsForOwn: 1, wordsForOther: 2, termsForOwn: 4, termsForOther: 8 } as const;
const TOLD_WORDS = TOLD.wordsForOwn | TOLD.wordsForOther;
export const TOLD_TERMS = TOLD.termsForOwn | TOLD.termsForOther;

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

/** Which directions can be told in terms, in the bits of `toldBetween`. */
export const termsTold = (own: number, other: number): number => toldBetween(own, other) & TOLD_TERMS;

const standsIn = (kind: number): number => ((kind & KIND.standsIn) === 0 ? 0 : 1);

/** The value of one direction of text at strength p, before anything is rounded and with all of it new: (least + most x p) / (1 + p). */
export interface TextValue {
  readonly least: number;
  readonly most: number;
}

function textValueOf(asker: number, other: number): TextValue {
  const neutral = TEXT_NEUTRAL / SCALE;
  if (goes(asker, other, KIND.asksWords, KIND.answersWords) === 0) return { least: neutral, most: neutral };
  if (standsIn(asker) === 0) return { least: 0, most: 1 };
  return { least: neutral / 2, most: (1 + neutral) / 2 };
}

const TEXT_VALUES: readonly TextValue[] = Array.from({ length: KINDS * KINDS }, (_, at) =>
  textValueOf(Math.floor(at / KINDS), at % KINDS),
);

/** Value of what `asker` gets from `other` in words, in shares of 1. */
export const textOf = (asker: number, other: number): TextValue => TEXT_VALUES[asker * KINDS + other];

/** Places of the table for one number of own terms: offered terms of the other up to MOST_TERMS, closeness up to MOST_CLOSE. */
export const MOST_TERMS = 15;
export const MOST_CLOSE = 127;
/** How many binary digits the closeness has. */
export const CLOSE_BITS = 7;
export const CLOSE_PLACES = (MOST_TERMS + 1) * (MOST_CLOSE + 1);

/** Upper bound of what two can be worth to each other in terms where only what the other side gets can be told, in shares of 1. */
export const MOST_ONE_SIDED = (inTerms(CAPABILITY_NEUTRAL, SCALE) + 1) / SCALE;

/**
 * The same where what the own side gets can be told. `close`: the closeness of each term that the other offers to the nearest that is sought, plus
 * that to all of them, added up; `sought` and `offered`: how many terms there are; `both`: the other direction can be told too.
 */
function mostInTerms(close: number, sought: number, offered: number, both: boolean): number {
  const shared = Math.min(close, CLOSE_UNIT * (sought + offered));
  const mine = covered(softJaccard(shared, sought + offered));
  return (inTerms(mine, both ? SCALE : CAPABILITY_NEUTRAL) + 1) / SCALE;
}

/** What was worked out before: these bounds depend on nothing but what is told. */
const inTermsBounds = new Map<number, Float32Array>();

/** `mostInTerms` by the number of terms that are offered, then by closeness; the last of each is for all above. */
export function inTermsBoundsOf(sought: number, both: boolean): Float32Array {
  const key = 2 * sought + (both ? 1 : 0);
  const known = inTermsBounds.get(key);
  if (known) return known;
  const bounds = Float32Array.from({ length: CLOSE_PLACES }, (_, at) => {
    const close = at & MOST_CLOSE;
    return close === MOST_CLOSE ? 1 : mostInTerms(close, sought, Math.floor(at / (MOST_CLOSE + 1)), both);
  });
  inTermsBounds.set(key, bounds);
  return bounds;
}
