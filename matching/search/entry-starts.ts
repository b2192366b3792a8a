import { ENTRY_SHIFT, type Words } from './words.ts';

/** Where the entries of each list of words start that belong to a slot or one after it. Quick for slots that rise. */
export class EntryStarts {
  readonly #words: Words;
  readonly #starts: Int32Array;
  #slot = 0;

  constructor(words: Words) {
    this.#words = words;
    this.#starts = words.starts.slice();
  }

  /** From here on entries of earlier slots are passed over. */
  goTo(slot: number): void {
    if (slot < this.#slot) this.#starts.set(this.#words.starts);
    this.#slot = slot;
  }

  /** Place of the first entry of a stem; that of the next stem where there is none. */
  of(stem: number): number {
    const { starts, entries } = this.#words;
    const end = starts[stem + 1];
    let at = this.#starts[stem];
    while (at < end && entries[at] >>> ENTRY_SHIFT < this.#slot) at += 1;
    this.#starts[stem] = at;
    return at;
  }
}
