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

/**
 * The K best positions by score of many lists at once, in flat arrays; among equals the lower position, which is the lower id (pools
 * are sorted by id).
 */
export class TopLists implements FoundLists {
  readonly length: number;
  /** Entries of list i: from place i x length on, `counts[i]` of them, best first. */
  readonly positions: Int32Array;
  readonly scores: Int32Array;
  readonly counts: Int32Array;
  /** Score of the last entry of each full list, -1 where a list has room: what a candidate has to reach at least. */
  readonly floors: Int32Array;

  /** `from`: lists of as many and the same length to start with. [empty ones] */
  constructor(lists: number, length: number, from?: TopLists) {
    this.length = length;
    this.positions = from ? from.positions.slice() : new Int32Array(lists * length);
    this.scores = from ? from.scores.slice() : new Int32Array(lists * length);
    this.counts = from ? from.counts.slice() : new Int32Array(lists);
    this.floors = from ? from.floors.slice() : new Int32Array(lists).fill(-1);
  }

  /** Offers one candidate to a list; each position at most once. @returns whether it was taken in */
  offer(list: number, position: number, score: number): boolean {
    const { positions, scores, length } = this;
    const first = list * length;
    const count = this.counts[list];
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
    const at = list * this.length + this.counts[list];
    this.positions[at] = position;
    this.scores[at] = score;
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

  /** A copy of its own. */
  copy(): TopLists {
    return new TopLists(this.counts.length, this.length, this);
  }

  /** A copy of what a list holds, for `restore`. */
  entriesOf(list: number): ListEntries {
    const first = list * this.length;
    const end = first + this.counts[list];
    return { positions: this.positions.slice(first, end), scores: this.scores.slice(first, end) };
  }

  /** Makes a list what it was. */
  restore(list: number, { positions, scores }: ListEntries): void {
    this.clear(list);
    for (let at = 0; at < positions.length; at += 1) this.append(list, positions[at], scores[at]);
  }

  /** Empties a list. */
  clear(list: number): void {
    this.cut(list, 0);
  }

  /** Leaves the first entries of a list, fewer than it may have. */
  cut(list: number, count: number): void {
    this.counts[list] = count;
    this.floors[list] = -1;
  }

  /** Positions of a list, best first. */
  of(list: number): Int32Array {
    const first = list * this.length;
    return this.positions.subarray(first, first + this.counts[list]);
  }
}

/** Whether the first candidate comes before the second. */
export const ahead = (score: number, position: number, otherScore: number, otherPosition: number): boolean =>
  score > otherScore || (score === otherScore && position < otherPosition);
