import { SortedEntries, type Entry } from '../../server/storage/embedded/sorted-entries.ts';
import { seededRandom } from '../demo/random.ts';
import type { BenchResult, BenchRow } from './result.ts';

const SIZES = [10_000, 100_000, 1_000_000];
/** Entries that are added, and taken out again. */
const TIMES = 2_000;

/** The plain way: one array, in which every new entry moves all those behind it. */
class OneArray {
  entries: Entry[] = [];

  fill(entries: Entry[]): void {
    this.entries = entries.sort(compare);
  }

  add(entry: Entry): void {
    this.entries.splice(this.#place(entry), 0, entry);
  }

  remove(entry: Entry): void {
    this.entries.splice(this.#place(entry), 1);
  }

  #place(wanted: Entry): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.entries[middle];
      if (entry && compare(entry, wanted) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

const compare = (a: Entry, b: Entry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row);

/** Seconds for one step. */
function timed(items: readonly Entry[], step: (item: Entry) => void): number {
  const began = performance.now();
  for (const item of items) step(item);
  return (performance.now() - began) / 1000 / items.length;
}

/** One key more and one fewer in an index of the embedded database, at random places. */
export function benchIndexes(sizes: readonly number[] = SIZES): BenchResult {
  const rows = sizes.flatMap((size): BenchRow[] => {
    const random = seededRandom(size);
    const key = (): string => Math.floor(random() * 2 ** 48).toString(36);
    const held = Array.from({ length: size }, (_, row) => ({ key: key(), row }));
    const more = Array.from({ length: TIMES }, (_, row) => ({ key: key(), row: size + row }));
    const [ours, peer] = [new SortedEntries(), new OneArray()];
    ours.fill([...held]);
    peer.fill([...held]);
    // Once before, for the code to be compiled.
    for (const one of [ours, peer]) {
      for (const entry of more) one.add(entry);
      for (const entry of more) one.remove(entry);
    }
    const added = {
      ours: timed(more, (one) => {
        ours.add(one);
      }),
      peer: timed(more, (one) => {
        peer.add(one);
      }),
    };
    const all = [...ours.rows({ from: '', to: '~' }, false)];
    const sameResult = all.join() === peer.entries.map(({ row }) => row).join();
    const removed = {
      ours: timed(more, (one) => {
        ours.remove(one);
      }),
      peer: timed(more, (one) => {
        peer.remove(one);
      }),
    };
    return [
      {
        what: `one more among ${size} entries`,
        oursSeconds: added.ours,
        peerSeconds: added.peer,
        peerIs: 'measured',
        sameResult,
      },
      {
        what: `one fewer among ${size} entries`,
        oursSeconds: removed.ours,
        peerSeconds: removed.peer,
        peerIs: 'measured',
        sameResult: null,
      },
    ];
  });
  return {
    name: 'indexes',
    peer: 'one sorted array',
    rows,
    notes: [`Each is done ${TIMES} times, one after the other, at random places.`],
  };
}
