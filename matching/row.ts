import { CAPABILITY_NEUTRAL, capabilityValue } from './factors/capability.ts';
import { challengeValue } from './factors/challenge.ts';
import { domainBase, domainKey, domainValue, freshness } from './factors/domain.ts';
import { practicalKey, practicalValue } from './factors/practical.ts';
import { reachValue } from './factors/reach.ts';
import { TEXT_NEUTRAL, answered, answeredStandIn, textValue } from './factors/text.ts';
import { trlKey, trlValue } from './factors/trl.ts';
import { Classes } from './classes.ts';
import type { Features } from './features.ts';
import { scaled } from './fixed.ts';
import type { Model } from './model.ts';
import type { Pool } from './pool.ts';
import type { Prepared } from './prepare.ts';
import { invert, scatter, type Postings } from './postings.ts';
import { capabilityFor } from './score.ts';
import { mayBeCopies } from './text/copies.ts';
import { SCALE } from './types.ts';

/*
 * Problem: scores of one SME with all others, exactly those of score.ts, fast.
 * Method: text by inverted lists and an accumulator; trl, domain, challenge and practical by tables over classes of profiles
 * that do the same; the rest from flat columns. Complexity of a row: the length of the lists of its stems, plus the pool.
 */

/** Stands for a refused pair in a row of scores. */
export const REFUSED = -1;

/** Columns by position. */
interface Columns {
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

const columnsOf = (features: readonly Features[]): Columns => ({
  mayTakePart: flags(features, (one) => one.mayTakePart),
  country: numbered(features.map(({ prepared }) => prepared.profile.country)),
  group: numbered(features.map(({ prepared }) => prepared.profile.group)),
  reach: Int32Array.from(features, ({ reach }) => reach),
  asksWords: flags(features, ({ prepared }) => prepared.need.length > 0),
  answersWords: flags(features, ({ prepared }) => prepared.offer.length > 0),
  asksTerms: flags(features, ({ prepared }) => prepared.needTerms.length > 0),
  answersTerms: flags(features, ({ prepared }) => prepared.offerTerms.length > 0),
});

/** For each position those that one of the two refuses: conflicts of interest and 'not for me', both ways. */
const barredBy = ({ features, positions }: Pool): ReadonlyMap<number, readonly number[]> => {
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

/** Value of a direction in words from its sum. */
const textAnswer = (sum: number, { standsIn }: Prepared, fresh: number): number =>
  standsIn ? answeredStandIn(sum, fresh) : answered(sum);

/** Scores one SME of a pool with all others. Made once per pool and model. */
export class RowScorer {
  readonly #pool: Pool;
  readonly #model: Model;
  readonly #columns: Columns;
  readonly #barred: ReadonlyMap<number, readonly number[]>;
  readonly #trl: Classes;
  readonly #domain: Classes;
  readonly #challenge: Classes;
  readonly #practical: Classes;
  readonly #offers: Postings;
  readonly #needs: Postings;
  /** What the row's need gets from each offer, and what each need gets from the row's offer. */
  readonly #given: Int32Array;
  readonly #taken: Int32Array;
  readonly #scores: Int32Array;

  /** Use `RowScorer.build`. */
  private constructor(pool: Pool, model: Model, offers: Postings, needs: Postings) {
    const { features } = pool;
    this.#pool = pool;
    this.#model = model;
    this.#offers = offers;
    this.#needs = needs;
    this.#columns = columnsOf(features);
    this.#barred = barredBy(pool);
    const shares = model.shares[3];
    this.#trl = new Classes(
      features,
      (one) => trlKey(one.prepared),
      (a, b) => scaled(trlValue(a.prepared, b.prepared, model.call).value, shares[2]),
    );
    this.#domain = new Classes(
      features,
      (one) => domainKey(one.prepared),
      (a, b) => domainBase(a.prepared, b.prepared).value,
    );
    this.#challenge = new Classes(
      features,
      (one) => one.cover.join(),
      (a, b) => scaled(challengeValue(a.cover, b.cover, model.challenges).value, shares[4]),
    );
    this.#practical = new Classes(
      features,
      (one) => practicalKey(one.prepared),
      (a, b) => scaled(practicalValue(a.prepared, b.prepared).value, shares[6]),
    );
    this.#given = new Int32Array(features.length);
    this.#taken = new Int32Array(features.length);
    this.#scores = new Int32Array(features.length);
  }

  /** Builds the inverted lists and tables; a generator, so that the caller can pause it. */
  static *build(pool: Pool, model: Model): Generator<undefined, RowScorer, void> {
    const { information } = pool.statistics;
    const says = (stem: number): boolean => information[stem] > 0;
    const { features } = pool;
    const offers = yield* invert(
      features.map(({ answer }) => answer),
      information.length,
      says,
    );
    const needs = yield* invert(
      features.map(({ query }) => query),
      information.length,
      says,
    );
    return new RowScorer(pool, model, offers, needs);
  }

  /** Scores by position, REFUSED where a hard rule forbids the pair. The array is reused by the next call. */
  row(own: number): Int32Array {
    const scores = this.#scores.fill(REFUSED);
    const { mayTakePart, country, group } = this.#columns;
    if (mayTakePart[own] === 0) return scores;
    const one = this.#pool.features[own];
    scatter(one.query, this.#offers, this.#given.fill(0));
    scatter(one.answer, this.#needs, this.#taken.fill(0));
    const score = this.#scorer(own, one);
    for (let other = 0; other < scores.length; other += 1) {
      if (mayTakePart[other] === 0 || country[other] === country[own]) continue;
      if (group[own] >= 0 && group[other] === group[own]) continue;
      scores[other] = score(other);
    }
    for (const other of this.#barred.get(own) ?? []) scores[other] = REFUSED;
    return scores;
  }

  /** The score of one SME with each other, with all that stays the same along the row taken out of the loop. */
  #scorer(own: number, one: Features): (other: number) => number {
    const { features } = this.#pool;
    const model = this.#model;
    const { shares } = model;
    const { reach, asksWords, answersWords, asksTerms, answersTerms } = this.#columns;
    const [trl, domain] = [this.#trl.row(own), this.#domain.row(own)];
    const [challenge, practical] = [this.#challenge.row(own), this.#practical.row(own)];
    const [trlOf, domainOf, challengeOf, practicalOf] = [
      this.#trl.of,
      this.#domain.of,
      this.#challenge.of,
      this.#practical.of,
    ];
    const [given, taken] = [this.#given, this.#taken];
    const { prepared } = one;
    return (at) => {
      const other = features[at];
      const fresh = mayBeCopies(prepared.fingerprint, other.prepared.fingerprint)
        ? freshness(prepared, other.prepared)
        : SCALE;
      const getsTerms = (asksTerms[own] & answersTerms[at]) === 1;
      const givesTerms = (asksTerms[at] & answersTerms[own]) === 1;
      const getsWords = (asksWords[own] & answersWords[at]) === 1;
      const givesWords = (asksWords[at] & answersWords[own]) === 1;
      const share = shares[(getsTerms || givesTerms ? 1 : 0) + (getsWords || givesWords ? 2 : 0)];
      const skills =
        getsTerms || givesTerms
          ? capabilityValue(capabilityFor(one, other, fresh, model), capabilityFor(other, one, fresh, model))
          : CAPABILITY_NEUTRAL;
      const words = textValue(
        getsWords ? textAnswer(given[at], prepared, fresh) : TEXT_NEUTRAL,
        givesWords ? textAnswer(taken[at], other.prepared, fresh) : TEXT_NEUTRAL,
      );
      return (
        scaled(skills, share[0]) +
        scaled(words, share[1]) +
        trl[trlOf[at]] +
        scaled(domainValue(domain[domainOf[at]], fresh), share[3]) +
        challenge[challengeOf[at]] +
        scaled(reachValue(reach[own], reach[at]), share[5]) +
        practical[practicalOf[at]]
      );
    };
  }
}
