import type { ClassTable } from './classes.ts';
import { barredBy, columnsOf, newBooks, type Books, type Columns } from './columns.ts';
import {
  CAPABILITY_NEUTRAL,
  capabilityValue,
  covered,
  coveredStandIn,
  softJaccard,
} from './factors/capability.ts';
import { domainMean, domainValue, freshness } from './factors/domain.ts';
import { answered, answeredStandIn, mostAnswered, TEXT_NEUTRAL, textValue } from './factors/text.ts';
import type { Features } from './features.ts';
import { scaled } from './fixed.ts';
import type { Model } from './model.ts';
import { originsOf, positionsBefore, type Pool } from './pool.ts';
import { TextSums } from './sums.ts';
import { extend, tablesOf, type Tables } from './tables.ts';
import { FINGERPRINT_WORDS, mayBeCopies } from './text/copies.ts';
import type { TopLists } from './topk.ts';
import { FACTORS, SCALE, type Factor } from './types.ts';

/*
 * Problem: the best partners of one SME among all others by exactly the scores of score.ts, fast.
 * Method: text by inverted lists and an accumulator (sums.ts); trl, domain, challenge, practical and reach by tables over classes of
 * SMEs that do the same. From these an upper bound of each pair's score, in a few additions; only a pair whose bound reaches one of
 * the two lists is scored in full. Complexity of a row: the length of the lists of its stems, plus the pool.
 */

/** Stands for a refused pair in a row of scores, and for one that is known to be below what was asked for. */
export const REFUSED = -1;

/** Which part of a row of scores is wanted. */
export interface RowOptions {
  /** First position of interest. [0] */
  readonly from?: number;
  /** Scores that matter, by position: pairs below that of both sides may be left out. [all matter] */
  readonly floors?: Int32Array;
}

/** Which lists a row is offered to. */
export interface OfferOptions {
  readonly lists: TopLists;
  /** First position of interest. [0] */
  readonly from?: number;
  /** Positions that are passed over, marked by 1. [none] */
  readonly skip?: Uint8Array;
  /** Only the list of the SME itself is filled, not those of its partners. [false] */
  readonly alone?: boolean;
  /** No partner below this score is wanted on the SME's own list. [-1] */
  readonly least?: number;
  /** Told which list, other than its own, took the SME in. [nobody] */
  readonly entered?: (list: number) => void;
}

/** One way along a row. */
interface Walk {
  readonly from: number;
  readonly skip?: Uint8Array | undefined;
  /** What a pair has to reach for the SME itself, and for its partners (null: nothing is wanted for them). */
  readonly ownFloor: number;
  readonly floors: Int32Array | null;
  /** Takes a pair that may reach one of the two; returns the SME's own floor from then on. */
  readonly take: (other: number, score: number) => number;
}

/** What a scorer is made from. */
interface Parts {
  readonly pool: Pool;
  readonly model: Model;
  readonly books: Books;
  readonly tables: Tables;
  readonly columns: Columns;
  readonly sums: TextSums;
}

const place = (factor: Factor): number => FACTORS.indexOf(factor);
const CAPABILITY = place('capability');
const TEXT = place('text');
const DOMAIN = place('domain');

/** The class of no group. */
const NOBODY = -1;

/** Bounds are added up in floating point; this is more than that can be off. */
const SLACK = 1;

/** Value of a direction in words. Takes its numbers one by one: it is called often enough for an object to tell. */
function textAnswer(told: number, sum: number, standsIn: number, fresh: number): number {
  if (told === 0) return TEXT_NEUTRAL;
  return standsIn === 1 ? answeredStandIn(sum, fresh) : answered(sum);
}

/** Finds the best partners of the SMEs of one pool under one model. Never changed once made, but for what it works with. */
export class RowScorer {
  readonly #parts: Parts;
  readonly #features: readonly Features[];
  readonly #barred: ReadonlyMap<number, readonly number[]>;
  /** By `2 x words known + terms known`: the shares of capability and text. */
  readonly #capabilityShare: Float64Array;
  readonly #textShare: Float64Array;

  /** Use `RowScorer.build`. */
  private constructor(parts: Parts) {
    this.#parts = parts;
    this.#features = parts.pool.features;
    this.#barred = barredBy(parts.pool);
    this.#capabilityShare = Float64Array.from(parts.model.shares, (shares) => shares[CAPABILITY]);
    this.#textShare = Float64Array.from(parts.model.shares, (shares) => shares[TEXT]);
  }

  /**
   * Builds columns, tables and inverted lists, or carries on those of an earlier pool where these still serve. `whole`: all rows are to come,
   * so that inverted lists in the order of the pool pay. A generator, so that the caller can pause it.
   */
  static *build(
    pool: Pool,
    model: Model,
    before: RowScorer | null = null,
    whole = true,
  ): Generator<undefined, RowScorer, void> {
    const old = before ? before.#parts : undefined;
    const books = old?.books ?? newBooks();
    const tables = old?.model.challenges === model.challenges ? old.tables : tablesOf(books, model);
    if (!old) {
      const columns = yield* columnsOf(pool.features, books);
      const sums = yield* TextSums.build(pool.features, pool.statistics);
      yield* extend(tables);
      return new RowScorer({ pool, model, books, tables, columns, sums });
    }
    if (old.pool === pool && (!whole || old.sums.aligned)) {
      yield* extend(tables);
      return new RowScorer({ ...old, model, tables });
    }
    const origins = originsOf(pool, old.pool);
    const columns = yield* columnsOf(pool.features, books, { columns: old.columns, origins });
    const followed = whole ? undefined : old.sums.follow(pool.features, positionsBefore(pool, old.pool));
    const sums = followed ?? (yield* TextSums.build(pool.features, pool.statistics));
    yield* extend(tables);
    return new RowScorer({ pool, model, books, tables, columns, sums });
  }

  /** Scores by position, REFUSED where a hard rule forbids the pair. A new array each time. */
  row(own: number, { from = 0, floors }: RowOptions = {}): Int32Array {
    const scores = new Int32Array(this.#features.length).fill(REFUSED);
    const ownFloor = floors ? floors[own] : REFUSED;
    const take = (other: number, score: number): number => {
      scores[other] = score;
      return ownFloor;
    };
    this.#walk(own, { from, ownFloor, floors: floors ?? new Int32Array(scores.length).fill(REFUSED), take });
    return scores;
  }

  /** Scores one SME with all others and offers each pair to the lists of both; those that cannot enter one are passed over. */
  offer(own: number, { lists, from = 0, skip, alone = false, least = REFUSED, entered }: OfferOptions): void {
    const { floors } = lists;
    const take = (other: number, score: number): number => {
      lists.offer(own, other, score);
      if (!alone && lists.offer(other, own, score)) entered?.(other);
      return Math.max(least, floors[own]);
    };
    this.#walk(own, {
      from,
      skip,
      ownFloor: Math.max(least, floors[own]),
      floors: alone ? null : floors,
      take,
    });
  }

  /**
   * The loop of a row: one long function, as everything that stays the same along the row is held in locals. No function is made inside of
   * it: naming it would cost more than the arithmetic.
   */
  #walk(own: number, { from, ownFloor: firstFloor, floors, skip, take }: Walk): void {
    const { columns, tables, sums } = this.#parts;
    if (columns.mayTakePart[own] === 0) return;
    sums.read(own, from);
    let ownFloor = firstFloor;
    const { mayTakePart, country, group, asksWords, answersWords, asksTerms, answersTerms, standsIn } =
      columns;
    const { trl: trlOf, challenge: challengeOf, practical: practicalOf, reach: reachOf } = columns;
    const { role: roleOf, field: fieldOf, sector: sectorOf } = columns;
    const [capabilityShare, textShare] = [this.#capabilityShare, this.#textShare];
    const ownCountry = country[own];
    const ownGroup = this.#features[own].prepared.profile.group === null ? NOBODY : group[own];
    const barred = this.#barred.get(own);
    const { given, taken } = sums;
    const trl = this.#shared(tables.trl, columns.trl[own], 'trl');
    const challenge = this.#shared(tables.challenge, columns.challenge[own], 'challenge');
    const practical = this.#shared(tables.practical, columns.practical[own], 'practical');
    const reach = this.#shared(tables.reach, columns.reach[own], 'reach');
    const role = tables.role.row(columns.role[own]);
    const field = tables.field.row(columns.field[own]);
    const sector = tables.sector.row(columns.sector[own]);
    const domainShare = this.#parts.model.shares[0][DOMAIN];

    for (let other = from; other < mayTakePart.length; other += 1) {
      if (mayTakePart[other] === 0 || country[other] === ownCountry || group[other] === ownGroup) continue;
      const settled =
        trl[trlOf[other]] +
        challenge[challengeOf[other]] +
        practical[practicalOf[other]] +
        reach[reachOf[other]];
      const domain = role[roleOf[other]] + field[fieldOf[other]] + sector[sectorOf[other]];
      const getsWords = asksWords[own] & answersWords[other];
      const givesWords = asksWords[other] & answersWords[own];
      const terms = (asksTerms[own] & answersTerms[other]) | (asksTerms[other] & answersTerms[own]);
      const known = terms + 2 * (getsWords | givesWords);
      // with everything new to both, no score is above this: a harmonic mean is neither above the mean nor above twice the lower
      const forOwn = getsWords === 1 ? mostAnswered(given[other], standsIn[own]) : TEXT_NEUTRAL;
      const forOther = givesWords === 1 ? mostAnswered(taken[other], standsIn[other]) : TEXT_NEUTRAL;
      const text = Math.min((forOwn + forOther) / 2, 2 * forOwn, 2 * forOther);
      const otherFloor = floors === null ? Infinity : floors[other];
      const most = settled + (text * textShare[known] + (domain * domainShare) / 6) / SCALE + SLACK;
      const share = capabilityShare[known];
      const mostCapability = terms === 1 ? share : scaled(CAPABILITY_NEUTRAL, share);
      if (most + mostCapability < ownFloor && most + mostCapability < otherFloor) continue;
      if (terms === 1) {
        // a harmonic mean is not above twice either side
        const forOwnTerms = this.#capabilityFor(own, other, SCALE);
        const atMost = most + scaled(2 * forOwnTerms, share);
        if (atMost < ownFloor && atMost < otherFloor) continue;
        const better =
          most + scaled(capabilityValue(forOwnTerms, this.#capabilityFor(other, own, SCALE)), share);
        if (better < ownFloor && better < otherFloor) continue;
      }
      if (skip?.[other] === 1 || other === own || barred?.includes(other)) continue;
      const score = this.#score(own, other, settled, domainMean(domain), known);
      if (score >= ownFloor || score >= otherFloor) ownFloor = take(other, score);
    }
  }

  /** Contributions of a factor for one class against every class. */
  #shared(table: ClassTable, own: number, factor: Factor): Int32Array {
    const share = this.#parts.model.shares[0][place(factor)];
    return table.row(own).map((value) => scaled(value, share));
  }

  /** Exact score of a pair; `sums` must have been read for `own`. */
  #score(own: number, other: number, settled: number, base: number, known: number): number {
    const { columns, model } = this.#parts;
    const { fingerprints } = columns;
    const [one, two] = [own * FINGERPRINT_WORDS, other * FINGERPRINT_WORDS];
    const fresh = mayBeCopies(fingerprints, fingerprints, one, two)
      ? freshness(this.#features[own].prepared, this.#features[other].prepared)
      : SCALE;
    const capability = (known & 1) === 1 ? this.#capability(own, other, fresh) : CAPABILITY_NEUTRAL;
    return (
      settled +
      scaled(capability, this.#capabilityShare[known]) +
      scaled(this.#text(own, other, fresh), this.#textShare[known]) +
      scaled(domainValue(base, fresh), model.shares[0][DOMAIN])
    );
  }

  #text(own: number, other: number, fresh: number): number {
    const { columns, sums } = this.#parts;
    const { asksWords, answersWords, standsIn } = columns;
    const getsWords = asksWords[own] & answersWords[other];
    const givesWords = asksWords[other] & answersWords[own];
    return textValue(
      textAnswer(getsWords, sums.given[other], standsIn[own], fresh),
      textAnswer(givesWords, sums.taken[other], standsIn[other], fresh),
    );
  }

  #capability(own: number, other: number, fresh: number): number {
    return capabilityValue(this.#capabilityFor(own, other, fresh), this.#capabilityFor(other, own, fresh));
  }

  /** What `asker` gets from `giver` in terms, as in score.ts, but with the nearest terms looked up instead of searched. */
  #capabilityFor(asker: number, giver: number, fresh: number): number {
    const { columns, tables } = this.#parts;
    if (columns.asksTerms[asker] === 0 || columns.answersTerms[giver] === 0) return CAPABILITY_NEUTRAL;
    const { needs, offers } = tables;
    const [need, offer] = [columns.needTerms[asker], columns.offerTerms[giver]];
    const shared = offers.sum(need, needs, offer) + needs.sum(offer, offers, need);
    const share = softJaccard(shared, needs.size(need) + offers.size(offer));
    return columns.standsIn[asker] === 1 ? coveredStandIn(share, fresh) : covered(share);
  }
}
