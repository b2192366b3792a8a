import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { graphFrom, type Graph } from '../../matching/assignment/graph.ts';

/*
 * Graphs as plain text that any solver reads: `n m`, then one line `u v w` for each edge, vertices from 0. Written and read in pieces, so
 * that the text of a large graph is never in memory as a whole.
 */

const PIECE = 2 ** 16;
const ZERO = 48;
const NINE = 57;
/** In place of a byte behind the last one. */
const END = -1;

/** Writes a graph into a file. */
export function writeGraph(path: string, { size, ends, weights }: Graph): void {
  const file = openSync(path, 'w');
  let text = `${size} ${weights.length}\n`;
  weights.forEach((weight, edge) => {
    text += `${ends[2 * edge] ?? 0} ${ends[2 * edge + 1] ?? 0} ${weight}\n`;
    if (text.length < PIECE) return;
    writeSync(file, text);
    text = '';
  });
  writeSync(file, text);
  closeSync(file);
}

/** Reads a graph that `writeGraph` wrote. */
export function readGraph(path: string): Graph {
  const file = openSync(path, 'r');
  const numbers = new Numbers(file);
  const size = numbers.next();
  const count = numbers.next();
  const ends = new Int32Array(2 * count);
  const weights = new Int32Array(count);
  for (let edge = 0; edge < count; edge += 1) {
    ends[2 * edge] = numbers.next();
    ends[2 * edge + 1] = numbers.next();
    weights[edge] = numbers.next();
  }
  closeSync(file);
  return graphFrom(size, ends, weights);
}

/** The whole numbers >= 0 in a file of digits and white space, one after another. */
class Numbers {
  readonly #file: number;
  readonly #piece = Buffer.alloc(PIECE);
  #length = 0;
  #at = 0;

  constructor(file: number) {
    this.#file = file;
  }

  /** The next number; 0 where there is none left. */
  next(): number {
    let byte = this.#byte();
    while (byte !== END && (byte < ZERO || byte > NINE)) byte = this.#byte();
    let number = 0;
    while (byte >= ZERO && byte <= NINE) {
      number = 10 * number + byte - ZERO;
      byte = this.#byte();
    }
    return number;
  }

  #byte(): number {
    if (this.#at === this.#length) {
      this.#length = readSync(this.#file, this.#piece);
      this.#at = 0;
    }
    const byte = this.#piece[this.#at] ?? END;
    this.#at += 1;
    return this.#length === 0 ? END : byte;
  }
}
