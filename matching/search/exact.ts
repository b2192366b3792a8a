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
import type { WeightedTables } from './weighted.ts';

/** A set of terms per slot. */
interface TermSets {
  readonly starts: Int32Array;
  readonly terms: Int16Array;
}

/** Exact scores of one SME with others from flat tables: the numbers of score.ts. Reads one SME at a time: `open`, ask, `close`. */
export class PairScores {
  /** Closeness of each term to the nearest that the own side seeks, and to all of these added up; and to the nearest that it offers. */
  readonly nearNeed: Uint8Array;
  readonly farNeed: Int32Array;
  readonly #nearOffer: Uint8Array;
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #needs: TermSets;
  readonly #offers: TermSets;
  /** The own text laid out by stem: weights where the kernels read them, and counts. */
  readonly #kernels: Kernels;
  readonly #weights: Int32Array;
  readonly #counts: Int32Array;
  #own = 0;
  #kind = 0;

  constructor(tables: FlatTables, weighted: WeightedTables, kernels: Kernels) {
    const { terms, vocabulary } = tables;
    this.#tables = tables;
    this.#weighted = weighted;
    this.#needs = { starts: terms.needStarts, terms: terms.needs };
    this.#offers = { starts: terms.offerStarts, terms: terms.offers };
    this.nearNeed = new Uint8Array(terms.size);
    this.farNeed = new Int32Array(terms.size);
    this.#nearOffer = new Uint8Array(terms.size);
    this.#kernels = kernels;
    this.#weights = kernels.laid;
    this.#counts = new Int32Array(vocabulary);
  }

  /** Reads one slot. */
  open(own: number): void {
    const { texts, columns } = this.#tables;
    this.#own = own;
    this.#kind = columns.kind[own];
    for (let at = texts.starts[own]; at < texts.ends[own]; at += 1) {
      this.#weights[texts.stems[at]] = texts.weights[at];
      this.#counts[texts.stems[at]] = texts.counts[at];
    }
    if ((this.#kind & (KIND.asksTerms | KIND.answersTerms)) === 0) return;
    this.farNeed.fill(0);
    this.#readNear(this.#needs, this.nearNeed.fill(0), this.farNeed);
    this.#readNear(this.#offers, this.#nearOffer.fill(0), null);
  }

  #readNear({ starts, terms }: TermSets, near: Uint8Array, far: Int32Array | null): void {
    const { size, closeness } = this.#tables.terms;
    for (let at = starts[this.#own]; at < starts[this.#own + 1]; at += 1) {
      const row = terms[at] * size;
      for (let term = 0; term < size; term += 1) {
        const close = closeness[row + term];
        if (close === 0) continue;
        if (far) far[term] += close;
        if (close > near[term]) near[term] = close;
      }
    }
  }

  /** Forgets the slot that was read. */
  close(): void {
    const { starts, ends, stems } = this.#tables.texts;
    for (let at = starts[this.#own]; at < ends[this.#own]; at += 1) {
      this.#weights[stems[at]] = 0;
      this.#counts[stems[at]] = 0;
    }
  }

  /** Contribution of challenge. */
  challenge(other: number): number {
    const { challenge } = this.#tables.columns;
    return scaled(this.#challenge(challenge[this.#own], challenge[other]), this.#weighted.challengeShare);
  }

  /** Contributions of trl, practical, reach and challenge. */
  #settled(other: number): number {
    const { trl, practical, reach } = this.#tables.columns;
    const { trl: trls, practical: practicals, reach: reaches } = this.#weighted;
    const own = this.#own;
    return (
      trls.values[trl[own] * trls.size + trl[other]] +
      practicals.values[practical[own] * practicals.size + practical[other]] +
      reaches.values[reach[own] * reaches.size + reach[other]] +
      this.challenge(other)
    );
  }

  #challenge(one: number, other: number): number {
    const { parts, words, perClass, known, masks, counts } = this.#tables.matrices.challenge;
    if (known[one] === 0 || known[other] === 0) return CHALLENGE_NEUTRAL;
    let value = 0;
    for (let place = 0; place < parts.length; place += 1) {
      let both = 0;
      for (let word = words[place]; word < words[place + 1]; word += 1) {
        both += ones(masks[one * perClass + word] | masks[other * perClass + word]);
      }
      const better = Math.max(counts[one * parts.length + place], counts[other * parts.length + place]);
      const found = togetherValue(both, better, parts[place]);
      if (found > value) value = found;
    }
    return value;
  }

  #domain(other: number, fresh: number): number {
    const { columns } = this.#tables;
    const { role, field, sector, domainShare } = this.#weighted;
    const own = this.#own;
    const sum =
      role.values[columns.role[own] * role.size + columns.role[other]] +
      field.values[columns.field[own] * field.size + columns.field[other]] +
      sector.values[columns.sector[own] * sector.size + columns.sector[other]];
    return scaled(domainValue(domainMean(sum), fresh), domainShare);
  }

  /** Contribution of capability, with everything new to both unless told otherwise. */
  capability(other: number, fresh = SCALE): number {
    const kind = this.#tables.columns.kind[other];
    const known = this.#weighted.known(this.#kind, kind);
    const share = this.#weighted.capabilityShare[known];
    if ((known & 1) === 0) return scaled(CAPABILITY_NEUTRAL, share);
    const forOwn = this.#overlap(other, this.#needs, this.nearNeed, this.#offers);
    const forOther = this.#overlap(other, this.#offers, this.#nearOffer, this.#needs);
    const value = capabilityValue(
      termsAnswer(this.#kind, kind, forOwn, fresh),
      termsAnswer(kind, this.#kind, forOther, fresh),
    );
    return scaled(value, share);
  }

  /** Soft Jaccard of a set of the own side with one of the other; `near`: closeness of each term to the own set. */
  #overlap(other: number, mine: TermSets, near: Uint8Array, theirs: TermSets): number {
    const { size, closeness } = this.#tables.terms;
    const [from, to] = [theirs.starts[other], theirs.starts[other + 1]];
    const [first, end] = [mine.starts[this.#own], mine.starts[this.#own + 1]];
    let shared = 0;
    for (let at = from; at < to; at += 1) shared += near[theirs.terms[at]];
    if (shared === 0) return 0;
    for (let at = first; at < end; at += 1) {
      const row = mine.terms[at] * size;
      let best = 0;
      for (let place = from; place < to; place += 1) {
        const close = closeness[row + theirs.terms[place]];
        if (close > best) best = close;
      }
      shared += best;
    }
    return softJaccard(shared, to - from + end - first);
  }

  /** The score. */
  score(other: number): number {
    const { fingerprint, kind } = this.#tables.columns;
    const [mine, theirs] = [this.#own * FINGERPRINT_WORDS, other * FINGERPRINT_WORDS];
    const fresh = mayBeCopies(fingerprint, fingerprint, mine, theirs) ? this.#freshness(other) : SCALE;
    const share = this.#weighted.textShare[this.#weighted.known(this.#kind, kind[other])];
    return (
      this.#settled(other) +
      this.#domain(other, fresh) +
      this.capability(other, fresh) +
      scaled(this.#text(other, fresh), share)
    );
  }

  #freshness(other: number): number {
    const { texts, columns } = this.#tables;
    const { squares } = columns;
    if (squares[this.#own] === 0 || squares[other] === 0) return SCALE;
    let product = 0;
    for (let at = texts.starts[other]; at < texts.ends[other]; at += 1) {
      product += this.#counts[texts.stems[at]] * texts.counts[at];
    }
    return freshnessOf(cosine(product, squares[this.#own], squares[other]));
  }

  #text(other: number, fresh: number): number {
    const { columns } = this.#tables;
    this.#kernels.match(other);
    const [given, taken] = [this.#kernels.matched[0], this.#kernels.matched[1]];
    const kind = columns.kind[other];
    return textValue(
      wordsAnswer(this.#kind, kind, given, fresh),
      wordsAnswer(kind, this.#kind, taken, fresh),
    );
  }
}

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
