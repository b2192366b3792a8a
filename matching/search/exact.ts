import {
  CAPABILITY_NEUTRAL,
  capabilityValue,
  covered,
  coveredStandIn,
  softJaccard,
} from '../factors/capability.ts';
import { CHALLENGE_NEUTRAL, togetherValue } from '../factors/challenge.ts';
import { domainMean, domainValue, freshnessOf } from '../factors/domain.ts';
import { answered, answeredStandIn, TEXT_NEUTRAL, textValue } from '../factors/text.ts';
import { ones, scaled } from '../fixed.ts';
import { cosine, FINGERPRINT_WORDS, mayBeCopies } from '../text/copies.ts';
import { SCALE } from '../types.ts';
import { KIND } from './bounds.ts';
import type { FlatTables } from './flat.ts';
import type { Kernels } from './memory.ts';
import type { Contributions, WeightedTables } from './weighted.ts';

/** One side of exact scores: what stands in the tables of one SME, or was read of one that is newer than these. */
export interface Side {
  readonly kind: number;
  /** By class of the other: contributions, and values of the parts of the factor domain. */
  readonly trl: Int32Array;
  readonly practical: Int32Array;
  readonly reach: Int32Array;
  readonly role: Int32Array;
  readonly field: Int32Array;
  readonly sector: Int32Array;
  /** Masks of the terms of each challenge that it covers, how many these are, and whether anything is known. */
  readonly covers: Int32Array;
  readonly coverCounts: Int32Array;
  readonly coversKnown: boolean;
  readonly needs: Int16Array;
  readonly offers: Int16Array;
  readonly fingerprint: Int32Array;
  readonly squares: number;
  /** Text: stems by their number in the tables, weights as in the tables, counts of the offer. */
  readonly stems: Int32Array;
  readonly weights: Int32Array;
  readonly counts: Int32Array;
}

/** What stands in the tables of one slot. */
export function sideOf(slot: number, tables: FlatTables, weighted: WeightedTables): Side {
  const { columns, terms, texts, matrices } = tables;
  const { challenge } = matrices;
  const row = ({ values, size }: Contributions, number: number): Int32Array =>
    values.subarray(number * size, (number + 1) * size);
  const cover = columns.challenge[slot];
  const parts = challenge.parts.length;
  const [first, end] = [texts.starts[slot], texts.ends[slot]];
  return {
    kind: columns.kind[slot],
    trl: row(weighted.trl, columns.trl[slot]),
    practical: row(weighted.practical, columns.practical[slot]),
    reach: row(weighted.reach, columns.reach[slot]),
    role: row(weighted.role, columns.role[slot]),
    field: row(weighted.field, columns.field[slot]),
    sector: row(weighted.sector, columns.sector[slot]),
    covers: challenge.masks.subarray(cover * challenge.perClass, (cover + 1) * challenge.perClass),
    coverCounts: challenge.counts.subarray(cover * parts, (cover + 1) * parts),
    coversKnown: challenge.known[cover] === 1,
    needs: terms.needs.subarray(terms.needStarts[slot], terms.needStarts[slot + 1]),
    offers: terms.offers.subarray(terms.offerStarts[slot], terms.offerStarts[slot + 1]),
    fingerprint: columns.fingerprint.subarray(slot * FINGERPRINT_WORDS, (slot + 1) * FINGERPRINT_WORDS),
    squares: columns.squares[slot],
    stems: texts.stems.subarray(first, end),
    weights: texts.weights.subarray(first, end),
    counts: texts.counts.subarray(first, end),
  };
}

/** Exact scores of one side with the slots of flat tables: the numbers of score.ts. One side at a time: `open`, ask, `close`. */
export class PairScores {
  /** Closeness of each term to the nearest that the own side seeks, and to all of these added up. */
  readonly nearNeed: Uint8Array;
  readonly farNeed: Int32Array;
  readonly #nearOffer: Uint8Array;
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #kernels: Kernels;
  /** The own text laid out by stem: weights where the kernels read them, and counts. */
  readonly #weights: Int32Array;
  readonly #counts: Int32Array;
  #side: Side;

  constructor(tables: FlatTables, weighted: WeightedTables, kernels: Kernels) {
    const { terms, vocabulary } = tables;
    this.#tables = tables;
    this.#weighted = weighted;
    this.#kernels = kernels;
    this.nearNeed = new Uint8Array(terms.size);
    this.farNeed = new Int32Array(terms.size);
    this.#nearOffer = new Uint8Array(terms.size);
    this.#weights = kernels.laid;
    this.#counts = new Int32Array(vocabulary);
    this.#side = NOBODY;
  }

  /** Reads one side. */
  open(side: Side): void {
    this.#side = side;
    const { stems, weights, counts, kind, needs, offers } = side;
    for (let at = 0; at < stems.length; at += 1) {
      this.#weights[stems[at]] = weights[at];
      this.#counts[stems[at]] = counts[at];
    }
    if ((kind & (KIND.asksTerms | KIND.answersTerms)) === 0) return;
    this.#readNear(needs, this.nearNeed.fill(0), this.farNeed.fill(0));
    this.#readNear(offers, this.#nearOffer.fill(0), null);
  }

  #readNear(terms: Int16Array, near: Uint8Array, far: Int32Array | null): void {
    const { size, closeness } = this.#tables.terms;
    for (let at = 0; at < terms.length; at += 1) {
      const row = terms[at] * size;
      for (let term = 0; term < size; term += 1) {
        const close = closeness[row + term];
        if (close === 0) continue;
        if (far) far[term] += close;
        if (close > near[term]) near[term] = close;
      }
    }
  }

  /** Forgets the side that was read. */
  close(): void {
    const { stems } = this.#side;
    for (let at = 0; at < stems.length; at += 1) {
      this.#weights[stems[at]] = 0;
      this.#counts[stems[at]] = 0;
    }
    this.#side = NOBODY;
  }

  /** Contribution of challenge. */
  challenge(other: number): number {
    return scaled(this.#challenge(this.#tables.columns.challenge[other]), this.#weighted.challengeShare);
  }

  #challenge(other: number): number {
    const { parts, words, perClass, known, masks, counts } = this.#tables.matrices.challenge;
    const { covers, coverCounts, coversKnown } = this.#side;
    if (!coversKnown || known[other] === 0) return CHALLENGE_NEUTRAL;
    let value = 0;
    for (let place = 0; place < parts.length; place += 1) {
      let both = 0;
      for (let word = words[place]; word < words[place + 1]; word += 1) {
        both += ones(covers[word] | masks[other * perClass + word]);
      }
      const better = Math.max(coverCounts[place], counts[other * parts.length + place]);
      const found = togetherValue(both, better, parts[place]);
      if (found > value) value = found;
    }
    return value;
  }

  /** Contribution of capability, with everything new to both unless told otherwise. */
  capability(other: number, fresh = SCALE): number {
    const { kind, needs, offers } = this.#side;
    const { terms, columns } = this.#tables;
    const otherKind = columns.kind[other];
    const known = this.#weighted.known(kind, otherKind);
    const share = this.#weighted.capabilityShare[known];
    if ((known & 1) === 0) return scaled(CAPABILITY_NEUTRAL, share);
    const forOwn = this.#overlap(
      needs,
      this.nearNeed,
      terms.offers,
      terms.offerStarts[other],
      terms.offerStarts[other + 1],
    );
    const forOther = this.#overlap(
      offers,
      this.#nearOffer,
      terms.needs,
      terms.needStarts[other],
      terms.needStarts[other + 1],
    );
    const value = capabilityValue(
      termsAnswer(kind, otherKind, forOwn, fresh),
      termsAnswer(otherKind, kind, forOther, fresh),
    );
    return scaled(value, share);
  }

  /** Soft Jaccard of an own set with one of the other, `theirs` from `from` up to `to`; `near`: closeness of each term to the own set. */
  #overlap(mine: Int16Array, near: Uint8Array, theirs: Int16Array, from: number, to: number): number {
    const { size, closeness } = this.#tables.terms;
    let shared = 0;
    for (let at = from; at < to; at += 1) shared += near[theirs[at]];
    if (shared === 0 || mine.length === 0) return 0;
    for (let at = 0; at < mine.length; at += 1) {
      const row = mine[at] * size;
      let best = 0;
      for (let place = from; place < to; place += 1) {
        const close = closeness[row + theirs[place]];
        if (close > best) best = close;
      }
      shared += best;
    }
    return softJaccard(shared, to - from + mine.length);
  }

  /** The score. */
  score(other: number): number {
    const { columns } = this.#tables;
    const { fingerprint, kind, trl, practical, reach } = this.#side;
    const weighted = this.#weighted;
    const fresh = mayBeCopies(fingerprint, columns.fingerprint, 0, other * FINGERPRINT_WORDS)
      ? this.#freshness(other)
      : SCALE;
    return (
      trl[columns.trl[other]] +
      practical[columns.practical[other]] +
      reach[columns.reach[other]] +
      this.challenge(other) +
      this.#domain(other, fresh) +
      this.capability(other, fresh) +
      scaled(this.#text(other, fresh), weighted.textShare[weighted.known(kind, columns.kind[other])])
    );
  }

  #domain(other: number, fresh: number): number {
    const { columns } = this.#tables;
    const { role, field, sector } = this.#side;
    const sum = role[columns.role[other]] + field[columns.field[other]] + sector[columns.sector[other]];
    return scaled(domainValue(domainMean(sum), fresh), this.#weighted.domainShare);
  }

  #freshness(other: number): number {
    const { texts, columns } = this.#tables;
    const [mine, theirs] = [this.#side.squares, columns.squares[other]];
    if (mine === 0 || theirs === 0) return SCALE;
    let product = 0;
    for (let at = texts.starts[other]; at < texts.ends[other]; at += 1) {
      product += this.#counts[texts.stems[at]] * texts.counts[at];
    }
    return freshnessOf(cosine(product, mine, theirs));
  }

  #text(other: number, fresh: number): number {
    const { kind } = this.#side;
    const otherKind = this.#tables.columns.kind[other];
    this.#kernels.match(other);
    const [given, taken] = [this.#kernels.matched[0], this.#kernels.matched[1]];
    return textValue(wordsAnswer(kind, otherKind, given, fresh), wordsAnswer(otherKind, kind, taken, fresh));
  }
}

const EMPTY = new Int32Array(0);
/** Stands where no side was read. */
const NOBODY: Side = {
  kind: 0,
  trl: EMPTY,
  practical: EMPTY,
  reach: EMPTY,
  role: EMPTY,
  field: EMPTY,
  sector: EMPTY,
  covers: EMPTY,
  coverCounts: EMPTY,
  coversKnown: false,
  needs: new Int16Array(0),
  offers: new Int16Array(0),
  fingerprint: EMPTY,
  squares: 0,
  stems: EMPTY,
  weights: EMPTY,
  counts: EMPTY,
};

/** Value of a direction in words. */
function wordsAnswer(asker: number, giver: number, sum: number, fresh: number): number {
  if ((asker & KIND.asksWords) === 0 || (giver & KIND.answersWords) === 0) return TEXT_NEUTRAL;
  return (asker & KIND.standsIn) !== 0 ? answeredStandIn(sum, fresh) : answered(sum);
}

/** Value of a direction in terms. */
function termsAnswer(asker: number, giver: number, share: number, fresh: number): number {
  if ((asker & KIND.asksTerms) === 0 || (giver & KIND.answersTerms) === 0) return CAPABILITY_NEUTRAL;
  return (asker & KIND.standsIn) !== 0 ? coveredStandIn(share, fresh) : covered(share);
}
