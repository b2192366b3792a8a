/** Bytes that are set aside at once. Some texts share them: memory of its own for each would cost more than reading it. */
const AT_ONCE = 2 ** 15;
const NUMBER = Int32Array.BYTES_PER_ELEMENT;

/** Room for small arrays that live about as long as each other. */
export class Store {
  #buffer = new ArrayBuffer(0);
  #taken = 0;

  /** Zeros. */
  numbers(count: number): Int32Array {
    const from = this.#take(count * NUMBER);
    return new Int32Array(this.#buffer, from, count);
  }

  /** The same, one byte each. */
  bytes(count: number): Uint8Array {
    const from = this.#take(count);
    return new Uint8Array(this.#buffer, from, count);
  }

  /** @returns the first byte of the room, which is aligned */
  #take(bytes: number): number {
    if (this.#taken + bytes > this.#buffer.byteLength) {
      this.#buffer = new ArrayBuffer(Math.max(AT_ONCE, bytes));
      this.#taken = 0;
    }
    const from = this.#taken;
    this.#taken += Math.ceil(bytes / NUMBER) * NUMBER;
    return from;
  }
}
