import {
  CAPABILITY_NEUTRAL,
  capabilityValue,
  covered,
  inTerms,
  softJaccard,
  toldInTerms,
} from '../factors/capability.ts';
import { CHALLENGE_NEUTRAL, togetherValue } from '../factors/challenge.ts';
import { domainMean, domainValue, freshnessOf, shareProject } from '../factors/domain.ts';
import { answered, answeredStandIn, TEXT_NEUTRAL, textValue } from '../factors/text.ts';
import { ones, scaled } from '../fixed.ts';
import { cosine } from '../text/weighing.ts';
import { SCALE } from '../types.ts';
import { KIND, termsTold, TOLD } from './bounds.ts';
import type { FlatTables } from './flat.ts';
import type { Kernels } from './memory.ts';
import { NOBODY, type Side } from './side.ts';
import { SEEK_SHIFT, TIMES_MASK } from './stem-reader.ts';
import { STEM_SHIFT } from './texts.ts';
import type { WeightedTables } from './weighted.ts';

/** Both weights of a stem in one number, as the kernels read it. */
const laidOut = (information: number, sought: number, offered: number): number =>
  ((information * sought) << 16) | (information * offered);

/** Exact scores of one side with the slots of flat tables: the numbers of score.ts. One side at a time: `open`, ask, `close`. */
export class PairScores {
  /** Closeness of each term to the nearest that the own side seeks, and to all of these added up. */
  readonly nearNeed: Uint8Array;
  readonly farNeed: Int32Array;
  readonly #nearOffer: Uint8Array;
  readonly #tables: FlatTables;
  readonly #weighted: WeightedTables;
  readonly #kernels: Kernels;
  /** The own text laid out by stem, where the kernels read it. */
  readonly #weights: Int32Array;
  #side: Side;
  /** The kernels hold the sums of the row of this side; its text is laid out. */
  #hasSums = false;
  #isLaid = false;

  constructor(tables: FlatTables, weighted: WeightedTables, kernels: Kernels) {
    const { terms } = tables;
    this.#tables = tables;
    this.#weighted = weighted;
    this.#kernels = kernels;
    this.nearNeed = new Uint8Array(terms.size);
    this.farNeed = new Int32Array(terms.size);
    this.#nearOffer = new Uint8Array(terms.size);
    this.#weights = kernels.laid;
    this.#side = NOBODY;
  }

  /** The side that was read. */
  get side(): Side {
    return this.#side;
  }

  /** Reads one side. */
  open(side: Side): void {
    this.#side = side;
    const { kind, needs, offers } = side;
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

  /** From here on the kernels hold the sums of the row of the side that was read. */
  useSums(): void {
    this.#hasSums = this.#kernels.sumsHold;
  }

  /** Forgets the side that was read. */
  close(): void {
    this.#hasSums = false;
    if (this.#isLaid) {
      for (const entry of this.#side.entries) this.#weights[entry >>> STEM_SHIFT] = 0;
    }
    this.#isLaid = false;
    this.#side = NOBODY;
  }

  /** Lays the own text out by stem: few rows need that. */
  #layOut(): void {
    if (this.#isLaid) return;
    this.#isLaid = true;
    const { information } = this.#tables.texts;
    for (const entry of this.#side.entries) {
      const stem = entry >>> STEM_SHIFT;
      const sought = (entry >>> SEEK_SHIFT) & TIMES_MASK;
      this.#weights[stem] = laidOut(information[stem], sought, entry & TIMES_MASK);
    }
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

  /** Value of capability; `words`: the value of text. */
  #capability(other: number, words: number): number {
    const { kind, needs, offers } = this.#side;
    const { terms, columns } = this.#tables;
    const told = termsTold(kind, columns.kind[other]);
    if (told === 0) return CAPABILITY_NEUTRAL;
    const [offersFrom, offersTo] = [terms.offerStarts[other], terms.offerStarts[other + 1]];
    const [needsFrom, needsTo] = [terms.needStarts[other], terms.needStarts[other + 1]];
    const forOwn = (told & TOLD.termsForOwn) !== 0;
    const forOther = (told & TOLD.termsForOther) !== 0;
    const value = inTerms(
      forOwn
        ? covered(this.#overlap(needs, this.nearNeed, terms.offers, offersFrom, offersTo))
        : CAPABILITY_NEUTRAL,
      forOther
        ? covered(this.#overlap(offers, this.#nearOffer, terms.needs, needsFrom, needsTo))
        : CAPABILITY_NEUTRAL,
    );
    const met = toldInTerms(
      forOwn ? needs.length + offersTo - offersFrom : 0,
      forOther ? offers.length + needsTo - needsFrom : 0,
    );
    return capabilityValue(value, met, words);
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
    const { trl, practical, reach } = this.#side;
    this.#match(other);
    const fresh = this.#freshness(other);
    return (
      trl[columns.trl[other]] +
      practical[columns.practical[other]] +
      reach[columns.reach[other]] +
      this.challenge(other) +
      this.#domain(other, fresh) +
      this.answers(other, this.#text(other, fresh))
    );
  }

  /** Value of text with everything new to both: what it is at most. */
  mostText(other: number): number {
    if (this.#hasSums) this.#kernels.matchByRow(other, this.#side.kind);
    else this.#match(other);
    return this.#text(other, SCALE);
  }

  /** Contributions of capability and text; `words`: the value of text. */
  answers(other: number, words: number): number {
    const { capabilityShare, textShare } = this.#weighted;
    const known = this.#weighted.known(this.#side.kind, this.#tables.columns.kind[other]);
    return scaled(this.#capability(other, words), capabilityShare[known]) + scaled(words, textShare[known]);
  }

  /** Tells the kernels to find what both texts have in common, each way. */
  #match(other: number): void {
    if (this.#hasSums && this.#kernels.matchByRow(other, this.#side.kind)) return;
    this.#layOut();
    this.#kernels.match(other);
  }

  #domain(other: number, fresh: number): number {
    const { columns } = this.#tables;
    const { role, field, sector } = this.#side;
    const sum = role[columns.role[other]] + field[columns.field[other]] + sector[columns.sector[other]];
    return scaled(domainValue(domainMean(sum), fresh), this.#weighted.domainShare);
  }

  #freshness(other: number): number {
    const { columns, projects } = this.#tables;
    const { squares, projects: own } = this.#side;
    const fresh = freshnessOf(cosine(this.#kernels.matched[2], squares, columns.squares[other]));
    if (fresh === SCALE || own.length === 0) return fresh;
    const theirs = projects.numbers.subarray(projects.starts[other], projects.starts[other + 1]);
    return shareProject(own, theirs) ? SCALE : fresh;
  }

  #text(other: number, fresh: number): number {
    const { kind, seekLength, offerLength } = this.#side;
    const { columns } = this.#tables;
    const { matched } = this.#kernels;
    const otherKind = columns.kind[other];
    return textValue(
      wordsAnswer(kind, otherKind, {
        sum: matched[0],
        lengths: seekLength * columns.offerLength[other],
        fresh,
      }),
      wordsAnswer(otherKind, kind, {
        sum: matched[1],
        lengths: offerLength * columns.seekLength[other],
        fresh,
      }),
    );
  }
}

/** What two texts have in common, one way. */
interface Match {
  readonly sum: number;
  readonly lengths: number;
  readonly fresh: number;
}

/** Value of a direction in words. */
function wordsAnswer(asker: number, giver: number, { sum, lengths, fresh }: Match): number {
  if ((asker & KIND.asksWords) === 0 || (giver & KIND.answersWords) === 0) return TEXT_NEUTRAL;
  return (asker & KIND.standsIn) !== 0 ? answeredStandIn(sum, lengths, fresh) : answered(sum, lengths);
}
