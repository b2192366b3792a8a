import { CHALLENGE_NEUTRAL } from '../factors/challenge.ts';
import { ones, scaled } from '../fixed.ts';
import { SCALE } from '../types.ts';
import type { FlatTables } from './flat.ts';
import { OVERRUN } from './kernels.ts';
import type { Layout } from './space.ts';
import type { Kernel } from './sums.ts';
import type { WeightedTables } from './weighted.ts';

/*
 * What challenges bring, by slot, one byte each, rounded up: sixteen slots at once from what each of them covers. Two thousand combinations
 * of terms are usual, so that rows by own class, as others have them (class-rows.ts), would take more room than all texts.
 */

/** What is covered of a challenge stands in one byte. */
const MOST_PARTS = 8;
/** Bytes that are looked up at once, and so how many values a challenge may have. */
const VECTOR = 16;

/** What one side covers: a mask for each challenge, and whether anything is known of that. */
interface Covered {
  readonly coversKnown: boolean;
  readonly covers: Int32Array;
}

/** Bytes of what slots cover of challenges, in the memory of the kernels. */
export class ChallengeRows {
  /** The most that any challenge brings. */
  readonly most: number;
  readonly #tables: FlatTables;
  readonly #share: number;
  readonly #stride: number;
  /** All challenges are small enough. */
  readonly #fits: boolean;
  /** By challenge and slot: which terms it covers, and how many; by slot: whether anything is known of it. */
  readonly #at: Readonly<Record<'masks' | 'counts' | 'known' | 'own' | 'values' | 'neutral', number>>;
  #bytes: Uint8Array = new Uint8Array(0);
  #run: Kernel = () => 0;

  /** Sets room aside. `connect` comes next. */
  constructor(tables: FlatTables, weighted: WeightedTables, layout: Layout) {
    const { parts } = tables.matrices.challenge;
    this.#tables = tables;
    this.#share = weighted.challengeShare;
    this.#fits = parts.length > 0 && this.#share > 0 && parts.every((count) => count <= MOST_PARTS);
    this.most = this.#fits ? this.#share + 1 : 0;
    this.#stride = this.#fits ? Math.ceil((tables.size + OVERRUN) / VECTOR) * VECTOR : 0;
    this.#at = {
      masks: layout.reserve(parts.length * this.#stride),
      counts: layout.reserve(parts.length * this.#stride),
      known: layout.reserve(this.#stride),
      own: layout.reserve(2 * parts.length * VECTOR),
      values: layout.reserve(parts.length * VECTOR),
      neutral: layout.reserve(VECTOR),
    };
  }

  /** Fills the room that was set aside; `unit`: what one of the bytes stands for. */
  connect(memory: WebAssembly.Memory, run: Kernel, unit: number): void {
    this.#run = run;
    this.#bytes = new Uint8Array(memory.buffer);
    if (!this.#fits) return;
    const bytes = this.#bytes;
    const { parts } = this.#tables.matrices.challenge;
    // whole parts lose up to one
    const inUnits = (value: number): number => Math.ceil((scaled(value, this.#share) + 1) / unit);
    parts.forEach((count, place) => {
      const most = 3 * count - 2 * Math.ceil(count / 2);
      for (let at = 0; at < VECTOR; at += 1) {
        // the last one stands for all above
        const reached = at === VECTOR - 1 ? Math.max(at, most) : at;
        const value = Math.min(SCALE, Math.ceil((reached * SCALE) / (2 * count)));
        bytes[this.#at.values + place * VECTOR + at] = inUnits(value);
      }
    });
    bytes.fill(inUnits(CHALLENGE_NEUTRAL), this.#at.neutral, this.#at.neutral + VECTOR);
    this.#fill();
  }

  #fill(): void {
    const { size, columns, matrices } = this.#tables;
    const { known, masks, counts, perClass } = matrices.challenge;
    const bytes = this.#bytes;
    const at = this.#at;
    for (let slot = 0; slot < size; slot += 1) {
      const number = columns.challenge[slot];
      bytes[at.known + slot] = known[number] === 0 ? 0 : 2 ** 8 - 1;
      for (let place = 0; place < perClass; place += 1) {
        bytes[at.masks + place * this.#stride + slot] = masks[number * perClass + place];
        bytes[at.counts + place * this.#stride + slot] = counts[number * perClass + place];
      }
    }
  }

  /** Adds what challenges bring to a side to the bytes of the slots from one on. @returns whether that could be told */
  add({ coversKnown, covers }: Covered, from: number, sumsAt: number): boolean {
    if (!this.#fits || !coversKnown) return false;
    const { masks, counts, known, own, values, neutral } = this.#at;
    const { size } = this.#tables;
    for (let place = 0; place < covers.length; place += 1) {
      const first = own + 2 * place * VECTOR;
      this.#bytes.fill(covers[place], first, first + VECTOR);
      this.#bytes.fill(ones(covers[place]), first + VECTOR, first + 2 * VECTOR);
    }
    const end = own + 2 * covers.length * VECTOR;
    this.#run(
      from - (from % VECTOR),
      size,
      masks,
      counts,
      known,
      this.#stride,
      own,
      end,
      values,
      neutral,
      sumsAt,
    );
    return true;
  }
}
