/*
 * Problem: what all threads read of the words of a pool, and what each of them works with, has to stand in one memory, as a kernel reads no
 * other; copies for each thread would take as much again as the tables do.
 * Method: one shared memory for the tables of a pool. It begins with a register of regions and the words; whoever searches claims a region
 * for itself: one that was given back and is long enough, or a new one at the end. Regions are given back when whoever claimed them
 * is collected as garbage.
 */

/** Length in bytes of one page of memory. */
const PAGE = 2 ** 16;
/** Memories reserve no more than addresses for pages that they do not have yet. */
export const MOST_PAGES = 2 ** 16;
/** A line of the processor's cache: what is read line by line is read from whole ones. */
const ALIGNED = 64;
const NUMBER = 4;

/** Regions that can be given back; those beyond are not used again. */
const MOST_REGIONS = 128;
/** Places of the register: how many regions there are, then an entry for each. */
const COUNT = 0;
const FIRST = 1;
const ENTRY = { address: 0, bytes: 1, state: 2 } as const;
const ENTRY_NUMBERS = 3;
const REGISTER_NUMBERS = FIRST + MOST_REGIONS * ENTRY_NUMBERS;
/** State of an entry: 0 until it is written. */
const FREE = 1;
const TAKEN = 2;

const aligned = (bytes: number): number => Math.ceil(bytes / ALIGNED) * ALIGNED;

/** Places in a memory, one after the other. */
export class Layout {
  /** The address after all that was set aside. */
  end: number;

  constructor(from = 0) {
    this.end = from;
  }

  /** Sets room aside. @returns its address */
  reserve(bytes: number): number {
    const address = this.end;
    this.end += aligned(bytes);
    return address;
  }
}

/** Places for tables, behind the register. */
export const tableLayout = (): Layout => new Layout(aligned(REGISTER_NUMBERS * NUMBER));

/**
 * Buffers that nobody reads or writes, so that they take addresses and no memory. The engine does not count shared memory when it decides
 * whether collecting garbage is worth its time: without these, tables that were replaced stayed for hundreds of megabytes.
 */
const counted = new WeakMap<object, ArrayBuffer>();

/** A memory with room for all that was set aside in a layout of tables. */
export function memoryFor(tables: Layout): WebAssembly.Memory {
  const pages = Math.ceil(tables.end / PAGE);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: MOST_PAGES, shared: true });
  counted.set(memory, new ArrayBuffer(pages * PAGE));
  return memory;
}

const registerOf = (memory: WebAssembly.Memory): Int32Array =>
  new Int32Array(memory.buffer, 0, REGISTER_NUMBERS);

interface Entry {
  readonly register: Int32Array;
  readonly at: number;
}

const abandoned = new FinalizationRegistry<Entry>(({ register, at }) => {
  Atomics.store(register, at + ENTRY.state, FREE);
});

/**
 * Claims a region of zeros for somebody of this thread, until that is collected.
 *
 * @returns its address
 */
export function claimRegion(memory: WebAssembly.Memory, bytes: number, owner: object): number {
  const register = registerOf(memory);
  const known = Math.min(MOST_REGIONS, Atomics.load(register, COUNT));
  for (let number = 0; number < known; number += 1) {
    const at = FIRST + number * ENTRY_NUMBERS;
    if (register[at + ENTRY.bytes] < bytes) continue;
    if (Atomics.compareExchange(register, at + ENTRY.state, FREE, TAKEN) !== FREE) continue;
    const address = register[at + ENTRY.address];
    new Uint8Array(memory.buffer, address, bytes).fill(0);
    abandoned.register(owner, { register, at });
    counted.set(owner, new ArrayBuffer(bytes));
    return address;
  }
  const pages = Math.ceil(bytes / PAGE);
  const address = memory.grow(pages) * PAGE;
  const number = Atomics.add(register, COUNT, 1);
  counted.set(owner, new ArrayBuffer(bytes));
  if (number < MOST_REGIONS) {
    const at = FIRST + number * ENTRY_NUMBERS;
    register[at + ENTRY.address] = address;
    register[at + ENTRY.bytes] = pages * PAGE;
    Atomics.store(register, at + ENTRY.state, TAKEN);
    abandoned.register(owner, { register, at });
  }
  return address;
}
