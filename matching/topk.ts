/** Lists as flat arrays: entries of list i from place i x length on, `counts[i]` of them. */
export interface FoundLists {
  readonly positions: Int32Array;
  readonly scores: Int32Array;
  readonly counts: Int32Array;
}

/** What one list holds, best first. */
export interface ListEntries {
  readonly positions: Int32Array;
  readonly scores: Int32Array;
}

/** Lists that stand together: so many share two arrays. */
const PAGE_BITS = 7;
const PAGE = 2 ** PAGE_BITS;

/** Entries of the lists of a page: those of its list i from place i x length on, best first. */
interface Page {
  readonly positions: Int32Array;
  readonly scores: Int32Array;
}

function emptyPages(lists: number, length: number): Page[] {
  const ofPage = PAGE * length;
  const positions = new Int32Array(Math.ceil(lists / PAGE) * ofPage);
  const scores = new Int32Array(positions.length);
  return Array.from({ length: positions.length / ofPage }, (_, page) => ({
    positions: positions.subarray(page * ofPage, (page + 1) * ofPage),
    scores: scores.subarray(page * ofPage, (page + 1) * ofPage),
  }));
}

/**
 * The K best positions by score of many lists at once; among equals the lower position, which is the lower id (pools are sorted by id). A
 * copy shares the pages of lists that were not written to since: one change of ten thousand lists touches a few.
 */
export class TopLists {
  readonly length: number;
  readonly pages: Page[];
  /** By page: 1 where nobody else has it. */
  readonly #owned: Uint8Array;
  /** How many entries each list has. */
  readonly counts: Int32Array;
  /** Score of the last entry of each full list, -1 where a list has room: what a candidate has to reach at least. */
  readonly floors: Int32Array;

  /** `from`: lists of as many and the same length to start with. [empty ones] */
  constructor(lists: number, length: number, from?: TopLists) {
    this.length = length;
    this.pages = from ? from.pages.slice() : emptyPages(lists, length);
    this.#owned = new Uint8Array(this.pages.length).fill(from ? 0 : 1);
    this.counts = from ? from.counts.slice() : new Int32Array(lists);
    this.floors = from ? from.floors.slice() : new Int32Array(lists).fill(-1);
    if (from) from.#owned.fill(0);
  }

  /** The page of a list, to be written to. */
  #toWrite(list: number): Page {
    const number = list >> PAGE_BITS;
    const page = this.pages[number];
    if (this.#owned[number] === 1) return page;
    const own = { positions: page.positions.slice(), scores: page.scores.slice() };
    this.pages[number] = own;
    this.#owned[number] = 1;
    return own;
  }

  #firstOf(list: number): number {
    return (list & (PAGE - 1)) * this.length;
  }

  /** Offers one candidate to a list; each position at most once. @returns whether it was taken in */
  offer(list: number, position: number, score: number): boolean {
    const { length } = this;
    const count = this.counts[list];
    // most who come to a full list are below its end
    if (count === length && score < this.floors[list]) return false;
    const first = this.#firstOf(list);
    const { positions, scores } = this.#toWrite(list);
    let at = first + count;
    if (count === length) {
      if (!ahead(score, position, scores[at - 1], positions[at - 1])) return false;
      at -= 1;
    } else this.counts[list] = count + 1;
    while (at > first && ahead(score, position, scores[at - 1], positions[at - 1])) {
      scores[at] = scores[at - 1];
      positions[at] = positions[at - 1];
      at -= 1;
    }
    scores[at] = score;
    positions[at] = position;
    if (this.counts[list] === length) this.floors[list] = scores[first + length - 1];
    return true;
  }

  /** Puts a candidate at the end of a list that is known to come after all that are on it. */
  append(list: number, position: number, score: number): void {
    const { positions, scores } = this.#toWrite(list);
    const at = this.#firstOf(list) + this.counts[list];
    positions[at] = position;
    scores[at] = score;
    this.counts[list] += 1;
    if (this.counts[list] === this.length) this.floors[list] = score;
  }

  /** Offers all that other lists of the same length hold to the list of the same number; nobody may be on both. */
  offerAll({ positions, scores, counts }: FoundLists): void {
    for (let list = 0; list < counts.length; list += 1) {
      const first = list * this.length;
      for (let at = first; at < first + counts[list]; at += 1) this.offer(list, positions[at], scores[at]);
    }
  }

  /** Writes all lists to flat arrays. */
  writeTo({ positions, scores, counts }: FoundLists): void {
    const ofPage = PAGE * this.length;
    for (const [number, page] of this.pages.entries()) {
      const room = positions.length - number * ofPage;
      positions.set(page.positions.subarray(0, room), number * ofPage);
      scores.set(page.scores.subarray(0, room), number * ofPage);
    }
    counts.set(this.counts);
  }

  /** A copy of its own. */
  copy(): TopLists {
    return new TopLists(this.counts.length, this.length, this);
  }

  /** A copy of what a list holds, for `restore`. */
  entriesOf(list: number): ListEntries {
    return { positions: this.of(list).slice(), scores: this.scoresOf(list).slice() };
  }

  /** Makes a list what it was. */
  restore(list: number, { positions, scores }: ListEntries): void {
    this.clear(list);
    for (let at = 0; at < positions.length; at += 1) this.append(list, positions[at], scores[at]);
  }

  /** Empties a list. */
  clear(list: number): void {
    this.counts[list] = 0;
    this.floors[list] = -1;
  }

  /** Positions of a list, best first. */
  of(list: number): Int32Array {
    const first = this.#firstOf(list);
    return this.pages[list >> PAGE_BITS].positions.subarray(first, first + this.counts[list]);
  }

  /** Scores of a list, beside its positions. */
  scoresOf(list: number): Int32Array {
    const first = this.#firstOf(list);
    return this.pages[list >> PAGE_BITS].scores.subarray(first, first + this.counts[list]);
  }

  /** One entry of a list, from 0 on; what it was last where the list has fewer. */
  positionAt(list: number, at: number): number {
    return this.pages[list >> PAGE_BITS].positions[this.#firstOf(list) + at];
  }

  scoreAt(list: number, at: number): number {
    return this.pages[list >> PAGE_BITS].scores[this.#firstOf(list) + at];
  }
}

/** Whether the first candidate comes before the second. */
export const ahead = (score: number, position: number, otherScore: number, otherPosition: number): boolean =>
  score > otherScore || (score === otherScore && position < otherPosition);
