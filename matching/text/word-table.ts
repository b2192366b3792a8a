/** Share of the places that are taken at most. */
const FULL = 1 / 2;

/** Numbers written words. A word is looked up by its place in a text, so that one that is known costs no string. */
export class WordTable {
  readonly #words: string[] = [];
  /** By hash: number of a word + 1, 0 where the place is free. The length is a power of two. */
  #places = new Int32Array(1024);
  /** By number: hash, and where its code units start; the last entry is where they end. */
  #hashes = new Int32Array(512);
  #starts = new Int32Array(513);
  #units = new Uint16Array(4096);

  get size(): number {
    return this.#words.length;
  }

  /** The word with this number. */
  word(number: number): string {
    return this.#words[number];
  }

  /** Number of the word between two places of a text; a new one gets the next number. `hash`: any number that equal words share. */
  numberOf(text: string, from: number, to: number, hash: number): number {
    const mask = this.#places.length - 1;
    let place = spread(hash) & mask;
    for (;;) {
      const number = this.#places[place] - 1;
      if (number < 0) return this.#enter(text.slice(from, to), hash, place);
      if (this.#hashes[number] === hash && this.#isWord(number, text, from, to)) return number;
      place = (place + 1) & mask;
    }
  }

  #isWord(number: number, text: string, from: number, to: number): boolean {
    const start = this.#starts[number];
    const length = to - from;
    if (this.#starts[number + 1] - start !== length) return false;
    for (let at = 0; at < length; at += 1) {
      if (this.#units[start + at] !== text.charCodeAt(from + at)) return false;
    }
    return true;
  }

  #enter(word: string, hash: number, place: number): number {
    const number = this.#words.push(word) - 1;
    this.#places[place] = number + 1;
    if (number >= this.#hashes.length) {
      this.#hashes = longer(this.#hashes, 2 * number);
      this.#starts = longer(this.#starts, 2 * number + 1);
    }
    this.#hashes[number] = hash;
    const start = this.#starts[number];
    const end = start + word.length;
    if (end > this.#units.length) {
      const units = new Uint16Array(2 * end);
      units.set(this.#units);
      this.#units = units;
    }
    for (let at = start; at < end; at += 1) this.#units[at] = word.charCodeAt(at - start);
    this.#starts[number + 1] = end;
    if (this.#words.length > this.#places.length * FULL) this.#widen();
    return number;
  }

  #widen(): void {
    const mask = 2 * this.#places.length - 1;
    const places = new Int32Array(mask + 1);
    for (let number = 0; number < this.#words.length; number += 1) {
      let place = spread(this.#hashes[number]) & mask;
      while (places[place] !== 0) place = (place + 1) & mask;
      places[place] = number + 1;
    }
    this.#places = places;
  }
}

/** Brings what differs in the upper bits of a hash into the lower ones. */
const spread = (hash: number): number => hash ^ (hash >>> 15);

/** A longer copy. */
export function longer(array: Int32Array, length: number): Int32Array<ArrayBuffer> {
  const copy = new Int32Array(length);
  copy.set(array);
  return copy;
}
