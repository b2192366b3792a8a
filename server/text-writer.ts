/** What most texts have room in; taken and given back, as fresh memory is dear. */
const ROOM = 64 * 1024;
/** A larger one is not kept. */
const KEPT_MOST = 1024 * 1024;
let free: Buffer | null = null;

/** Puts one text together of ASCII parts, some of which are bytes already; it is never a string as a whole. */
export class TextWriter {
  #room = free ?? Buffer.allocUnsafeSlow(ROOM);
  #length = 0;

  constructor() {
    free = null;
  }

  /** ASCII letters alone. */
  text(part: string): this {
    this.#makeRoom(part.length);
    this.#length += this.#room.write(part, this.#length, 'latin1');
    return this;
  }

  bytes(part: Uint8Array): this {
    this.#makeRoom(part.length);
    this.#room.set(part, this.#length);
    this.#length += part.length;
    return this;
  }

  /** All that was written; the writer is not used any more. */
  take(): Buffer {
    const all = Buffer.allocUnsafe(this.#length);
    this.#room.copy(all, 0, 0, this.#length);
    if (this.#room.length <= KEPT_MOST) free = this.#room;
    this.#room = all;
    return all;
  }

  #makeRoom(more: number): void {
    if (this.#length + more <= this.#room.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.#room.length, this.#length + more));
    this.#room.copy(larger, 0, 0, this.#length);
    this.#room = larger;
  }
}
