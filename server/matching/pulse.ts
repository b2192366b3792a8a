const BEATS = 0;
const CALL = 1;

/**
 * The pulse of a worker thread, in memory that both sides see: the thread beats before each step of its work, and names the call that the
 * step belongs to. No message is needed, so the other side sees a thread hang although its event loop stands still.
 */
export class Pulse {
  readonly memory: SharedArrayBuffer;
  readonly #cells: Int32Array;

  /** @param memory that of the other side's pulse; absent: a new one */
  constructor(memory = new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cells = new Int32Array(memory);
  }

  /** Says that the thread lives, and works on this call from now on. */
  beat(call: number): void {
    Atomics.store(this.#cells, CALL, call);
    Atomics.add(this.#cells, BEATS, 1);
  }

  /** How many beats there were, modulo 2^32; 0: the thread has not begun yet. */
  get beats(): number {
    return Atomics.load(this.#cells, BEATS);
  }

  /** The call that the last beat was for. */
  get call(): number {
    return Atomics.load(this.#cells, CALL);
  }
}
