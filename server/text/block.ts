/**
 * ASCII texts one behind the other in one block of memory, which passes from thread to thread as it is. As strings each of them would be copied
 * on either side, and again by each collection of garbage that it lives through.
 */
export interface TextBlock {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Where each text ends, by place; one that is not there ends where it begins. */
  readonly ends: Uint32Array<ArrayBuffer>;
}

/** Texts of ASCII letters alone (`ascii-json.ts`); null: not there. */
export function textBlock(texts: readonly (string | null)[]): TextBlock {
  const ends = new Uint32Array(texts.length);
  let length = 0;
  texts.forEach((text, place) => {
    length += text?.length ?? 0;
    ends[place] = length;
  });
  // Not of the pool of buffers: the whole memory goes to the other thread.
  const bytes = Buffer.allocUnsafeSlow(length);
  let at = 0;
  for (const text of texts) if (text !== null) at += bytes.write(text, at, 'latin1');
  return { bytes, ends };
}

/** Texts that lie beside each other in a block. */
export class TextRow {
  readonly #block: TextBlock;
  readonly #first: number;

  /** @param first place of the row's first text in the block */
  constructor(block: TextBlock, first: number) {
    this.#block = block;
    this.#first = first;
  }

  /** The bytes of a text by its place in the row; null where it is not there. */
  at(place: number): Uint8Array | null {
    const { bytes, ends } = this.#block;
    const [from, to] = [ends[this.#first + place - 1] ?? 0, ends[this.#first + place] ?? 0];
    return to > from ? bytes.subarray(from, to) : null;
  }
}
