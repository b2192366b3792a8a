import { CAPABILITY_NEUTRAL, capabilityValue } from './factors/capability.ts';
import { challengeValue } from './factors/challenge.ts';
import { domainBase, domainKey, domainValue, freshness } from './factors/domain.ts';
import { practicalKey, practicalValue } from './factors/practical.ts';
import { reachValue } from './factors/reach.ts';
import { TEXT_NEUTRAL, answered, answeredStandIn, textValue } from './factors/text.ts';
import { trlKey, trlValue } from './factors/trl.ts';
import { Classes } from './classes.ts';
import { barredBy, columnsOf, type Columns } from './columns.ts';
import type { Features } from './features.ts';
import { scaled } from './fixed.ts';
import type { Model } from './model.ts';
import type { Pool } from './pool.ts';
import { invert, scatter, type Postings } from './postings.ts';
import { capabilityFor } from './score.ts';
import { FINGERPRINT_WORDS, mayBeCopies } from './text/copies.ts';
import { FACTORS, SCALE, type Factor } from './types.ts';

/*
 * Problem: scores of one SME with all others, exactly those of score.ts, fast.
 * Method: text by inverted lists and an accumulator; trl, domain, challenge and practical by tables over classes of profiles
 * that do the same; the rest from flat columns. What is dear (capability, near-copies) is worked out only where the pair could
 * still enter a list. Complexity of a row: the length of the lists of its stems, plus the pool.
 */

/** Stands for a refused pair in a row of scores, and for one that is known to be below what was asked for. */
export const REFUSED = -1;

/** Which part of a row is wanted. */
export interface RowOptions {
  /** First position of interest. [0] */
  readonly from?: number;
  /** Scores that matter, by position: pairs below that of both sides may be left out. [all matter] */
  readonly floors?: Int32Array;
}

const place = (factor: Factor): number => FACTORS.indexOf(factor);
const CAPABILITY = place('capability');
const TEXT = place('text');
const DOMAIN = place('domain');
const REACH = place('reach');

/** Stands for the sum of a direction that cannot be told. */
const UNTOLD = -1;

/** Value of a direction in words from its sum. */
function textAnswer(sum: number, standsIn: number, fresh: number): number {
  if (sum === UNTOLD) return TEXT_NEUTRAL;
  return standsIn === 1 ? answeredStandIn(sum, fresh) : answered(sum);
}

/** Value of a pair in words. Takes its five numbers one by one: it is called for every pair, where an object each would tell. */
function textPair(
  forOne: number,
  oneStandsIn: number,
  forOther: number,
  otherStandsIn: number,
  fresh: number,
): number {
  return textValue(textAnswer(forOne, oneStandsIn, fresh), textAnswer(forOther, otherStandsIn, fresh));
}

/** Scores one SME of a pool with all others. Made once per pool and model. */
export class RowScorer {
  readonly #features: readonly Features[];
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
    this.#features = features;
    this.#model = model;
    this.#offers = offers;
    this.#needs = needs;
    this.#columns = columnsOf(features);
    this.#barred = barredBy(pool);
    // the shares of these factors are the same whatever is known of a pair
    const share = (factor: Factor): number => model.shares[0][place(factor)];
    this.#trl = new Classes(
      features,
      ({ prepared }) => trlKey(prepared),
      (a, b) => scaled(trlValue(a.prepared, b.prepared, model.call).value, share('trl')),
    );
    this.#domain = new Classes(
      features,
      ({ prepared }) => domainKey(prepared),
      (a, b) => domainBase(a.prepared, b.prepared).value,
    );
    this.#challenge = new Classes(
      features,
      ({ cover }) => cover.join(),
      (a, b) => scaled(challengeValue(a.cover, b.cover, model.challenges).value, share('challenge')),
    );
    this.#practical = new Classes(
      features,
      ({ prepared }) => practicalKey(prepared),
      (a, b) => scaled(practicalValue(a.prepared, b.prepared).value, share('practical')),
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
  row(own: number, { from = 0, floors }: RowOptions = {}): Int32Array {
    const scores = this.#scores.fill(REFUSED, from);
    if (this.#columns.mayTakePart[own] === 0) return scores;
    const one = this.#features[own];
    scatter(one.query, this.#offers, this.#given.fill(0, from), from);
    scatter(one.answer, this.#needs, this.#taken.fill(0, from), from);
    this.#score(own, from, floors);
    for (const other of this.#barred.get(own) ?? []) scores[other] = REFUSED;
    return scores;
  }

  /**
   * The loop of a row: one long function, as everything that stays the same along the row is held in locals. No function is made inside of
   * it: naming it would cost more than the arithmetic.
   */
  #score(own: number, from: number, floors: Int32Array | undefined): void {
    const {
      mayTakePart,
      country,
      group,
      reach,
      asksWords,
      answersWords,
      asksTerms,
      answersTerms,
      standsIn,
      fingerprints,
    } = this.#columns;
    const { shares } = this.#model;
    const [scores, given, taken] = [this.#scores, this.#given, this.#taken];
    const [trl, domain] = [this.#trl.row(own), this.#domain.row(own)];
    const [challenge, practical] = [this.#challenge.row(own), this.#practical.row(own)];
    const [trlOf, domainOf, challengeOf, practicalOf] = [
      this.#trl.of,
      this.#domain.of,
      this.#challenge.of,
      this.#practical.of,
    ];
    const reachShare = shares[0][REACH];
    const domainShare = shares[0][DOMAIN];

    for (let other = from; other < scores.length; other += 1) {
      if (mayTakePart[other] === 0 || country[other] === country[own]) continue;
      if (group[own] >= 0 && group[other] === group[own]) continue;
      const getsWords = asksWords[own] & answersWords[other];
      const givesWords = asksWords[other] & answersWords[own];
      const terms = (asksTerms[own] & answersTerms[other]) | (asksTerms[other] & answersTerms[own]);
      const share = shares[terms + 2 * (getsWords | givesWords)];
      const settled =
        trl[trlOf[other]] +
        challenge[challengeOf[other]] +
        practical[practicalOf[other]] +
        scaled(reachValue(reach[own], reach[other]), reachShare);
      const forOwn = getsWords === 1 ? given[other] : UNTOLD;
      const forOther = givesWords === 1 ? taken[other] : UNTOLD;
      const base = domain[domainOf[other]];
      const newWords = scaled(textPair(forOwn, standsIn[own], forOther, standsIn[other], SCALE), share[TEXT]);
      if (floors) {
        // with everything new to both, and capability at its best, no score is above this
        const most =
          settled +
          newWords +
          scaled(base, domainShare) +
          scaled(terms === 1 ? SCALE : CAPABILITY_NEUTRAL, share[CAPABILITY]);
        if (most < floors[own] && most < floors[other]) continue;
      }
      const alike = mayBeCopies(
        fingerprints,
        fingerprints,
        own * FINGERPRINT_WORDS,
        other * FINGERPRINT_WORDS,
      );
      const fresh = alike ? freshness(this.#features[own].prepared, this.#features[other].prepared) : SCALE;
      scores[other] =
        settled +
        scaled(terms === 1 ? this.#capability(own, other, fresh) : CAPABILITY_NEUTRAL, share[CAPABILITY]) +
        (fresh === SCALE
          ? newWords
          : scaled(textPair(forOwn, standsIn[own], forOther, standsIn[other], fresh), share[TEXT])) +
        scaled(domainValue(base, fresh), domainShare);
    }
  }

  #capability(own: number, other: number, fresh: number): number {
    const [one, two] = [this.#features[own], this.#features[other]];
    return capabilityValue(
      capabilityFor(one, two, fresh, this.#model),
      capabilityFor(two, one, fresh, this.#model),
    );
  }
}
