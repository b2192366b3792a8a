/** Length in bytes of one page of memory. */
const PAGE = 2 ** 16;
const ALIGNED = 16;

/** Places in a memory that is laid out once: first all lengths are told, then the memory is made. */
export class Layout {
  #bytes = ALIGNED;

  /** Sets room aside. @returns its address */
  reserve(bytes: number): number {
    const address = this.#bytes;
    this.#bytes += Math.ceil(bytes / ALIGNED) * ALIGNED;
    return address;
  }

  /** A memory with room for all that was set aside. */
  memory(): WebAssembly.Memory {
    return new WebAssembly.Memory({ initial: Math.ceil(this.#bytes / PAGE) });
  }
}
