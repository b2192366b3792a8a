/** Rooms are large, as each new one is dear; many texts lie in one. Once all of these are gone, which is soon, it goes too. */
const ROOM = 256 * 1024;
/** A room with less left is not begun on. */
const LEAST = 32 * 1024;

interface Room {
  readonly bytes: Buffer;
  /** What lies before is taken. */
  readonly from: number;
}

const newRoom = (length: number): Room => ({ bytes: Buffer.allocUnsafeSlow(length), from: 0 });

/** The rest of the room that was written in last; null while somebody writes in it. */
let free: Room | null = null;

/**
 * Puts one text together of ASCII parts, some of which are bytes already; it is never a string as a whole. What comes out is for messages that
 * are on their way: kept, each would keep its whole room.
 */
export class TextWriter {
  #room: Room = free ?? newRoom(ROOM);
  #length = 0;

  constructor() {
    free = null;
  }

  /** ASCII letters alone. */
  text(part: string): this {
    const at = this.#placeFor(part.length);
    this.#room.bytes.write(part, at, 'latin1');
    return this;
  }

  bytes(part: Uint8Array): this {
    const at = this.#placeFor(part.length);
    this.#room.bytes.set(part, at);
    return this;
  }

  /** All that was written; the writer is not used any more. */
  take(): Buffer {
    const { bytes, from } = this.#room;
    const end = from + this.#length;
    if (bytes.length - end >= LEAST) free = { bytes, from: end };
    return bytes.subarray(from, end);
  }

  /** Where so many bytes more are to be written. */
  #placeFor(more: number): number {
    const { bytes, from } = this.#room;
    const length = this.#length + more;
    if (from + length > bytes.length) {
      const larger = newRoom(Math.max(ROOM, 2 * length));
      bytes.copy(larger.bytes, 0, from, from + this.#length);
      this.#room = larger;
    }
    const at = this.#room.from + this.#length;
    this.#length = length;
    return at;
  }
}
