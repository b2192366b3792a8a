import type { Features } from './features.ts';
import type { Pool } from './pool.ts';
import { FINGERPRINT_WORDS } from './text/copies.ts';

/** Columns by position. */
export interface Columns {
  readonly mayTakePart: Uint8Array;
  readonly country: Int32Array;
  /** -1: no group. */
  readonly group: Int32Array;
  readonly reach: Int32Array;
  /** 1 where the side has words (terms) to ask with or to answer with. */
  readonly asksWords: Uint8Array;
  readonly answersWords: Uint8Array;
  readonly asksTerms: Uint8Array;
  readonly answersTerms: Uint8Array;
  /** 1 where what it works on stands in for its need. */
  readonly standsIn: Uint8Array;
  /** FINGERPRINT_WORDS per position. */
  readonly fingerprints: Int32Array;
}

const flags = (features: readonly Features[], test: (one: Features) => boolean): Uint8Array =>
  Uint8Array.from(features, (one) => (test(one) ? 1 : 0));

/** Numbers equal strings alike; null is -1. */
const numbered = (values: readonly (string | null)[]): Int32Array => {
  const numbers = new Map<string, number>();
  return Int32Array.from(values, (value) => {
    if (value === null) return -1;
    const number = numbers.get(value) ?? numbers.size;
    numbers.set(value, number);
    return number;
  });
};

const fingerprintsOf = (features: readonly Features[]): Int32Array => {
  const all = new Int32Array(features.length * FINGERPRINT_WORDS);
  features.forEach(({ prepared }, i) => {
    all.set(prepared.fingerprint, i * FINGERPRINT_WORDS);
  });
  return all;
};

/** Flat columns of a pool. */
export const columnsOf = (features: readonly Features[]): Columns => ({
  mayTakePart: flags(features, (one) => one.mayTakePart),
  country: numbered(features.map(({ prepared }) => prepared.profile.country)),
  group: numbered(features.map(({ prepared }) => prepared.profile.group)),
  reach: Int32Array.from(features, ({ reach }) => reach),
  asksWords: flags(features, ({ prepared }) => prepared.need.length > 0),
  answersWords: flags(features, ({ prepared }) => prepared.offer.length > 0),
  asksTerms: flags(features, ({ prepared }) => prepared.needTerms.length > 0),
  answersTerms: flags(features, ({ prepared }) => prepared.offerTerms.length > 0),
  standsIn: flags(features, ({ prepared }) => prepared.standsIn),
  fingerprints: fingerprintsOf(features),
});

/** For each position those that one of the two refuses: conflicts of interest and 'not for me', both ways. */
export const barredBy = ({ features, positions }: Pool): ReadonlyMap<number, readonly number[]> => {
  const barred = new Map<number, number[]>();
  const bar = (one: number, other: number): void => {
    const list = barred.get(one);
    if (list) list.push(other);
    else barred.set(one, [other]);
  };
  features.forEach(({ prepared: { profile } }, own) => {
    for (const id of [...profile.conflicts, ...profile.declined]) {
      const other = positions.get(id);
      if (other === undefined) continue;
      bar(own, other);
      bar(other, own);
    }
  });
  return barred;
};
