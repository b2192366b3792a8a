import { expect } from 'chai';
import fc from 'fast-check';
import { SortedEntries, type Entry } from '../../../../server/storage/embedded/sorted-entries.ts';

/** Keys of which some repeat, some sort last, and which fill many blocks when there are thousands. */
const keyOf = (number: number): string => number.toString(36).padStart(3, '0');
const entry = fc.record({ key: fc.nat(20_000).map(keyOf), row: fc.integer({ min: 1, max: 5 }) });

const compare = (a: Entry, b: Entry): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.row - b.row);

/** The same, kept the plain way. */
class Plain {
  entries: Entry[] = [];

  remove(one: Entry): void {
    const at = this.entries.findIndex((other) => compare(one, other) === 0);
    if (at >= 0) this.entries.splice(at, 1);
  }

  within(from: string, to: string): Entry[] {
    return this.entries.filter(({ key }) => key >= from && key < to);
  }
}

/** What failed is told by its seed: to make thousands fewer takes minutes. */
const RUNS = { numRuns: 30, endOnFailure: true };

describe('the entries of an index', () => {
  const spans = fc.array(fc.tuple(fc.nat(25_000).map(keyOf), fc.nat(25_000).map(keyOf)), {
    minLength: 1,
    maxLength: 8,
  });

  function expectSame(ours: SortedEntries, plain: Plain, asked: readonly [string, string][]): void {
    for (const [from, to] of [['', '\u0100'] as const, ...asked]) {
      const rows = plain.within(from, to).map(({ row }) => row);
      expect(ours.count({ from, to })).to.equal(rows.length);
      // Compared here: the difference between two texts of thousands would take minutes to print.
      const isSame = [...ours.rows({ from, to }, false)].join() === rows.join();
      const isSameBackwards = [...ours.rows({ from, to }, true)].join() === rows.reverse().join();
      expect({ from, to, isSame, isSameBackwards }).to.include({ isSame: true, isSameBackwards: true });
      expect(ours.first(from)).to.deep.equal(plain.entries.find(({ key }) => key === from));
    }
  }

  it('are those of a sorted array, whatever is taken in and out', () => {
    const many = fc.array(entry, { minLength: 600, maxLength: 3_000, size: 'max' });
    fc.assert(
      fc.property(many, fc.array(entry, { maxLength: 700, size: 'max' }), spans, (filled, added, asked) => {
        const [ours, plain] = [new SortedEntries(), new Plain()];
        plain.entries = [...filled].sort(compare);
        ours.fill([...filled]);
        expectSame(ours, plain, asked);
        for (const one of added) ours.add(one);
        plain.entries = [...filled, ...added].sort(compare);
        expectSame(ours, plain, asked);
        for (const one of [...filled.slice(0, 500), ...added]) {
          ours.remove(one);
          plain.remove(one);
        }
        expectSame(ours, plain, asked);
      }),
      RUNS,
    );
  });

  it('are there when they were added one by one from none, in order or not', () => {
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 1_500, size: 'max' }),
        fc.boolean(),
        spans,
        (added, inOrder, asked) => {
          const [ours, plain] = [new SortedEntries(), new Plain()];
          plain.entries = [...added].sort(compare);
          for (const one of inOrder ? plain.entries : added) ours.add(one);
          expectSame(ours, plain, asked);
          for (const one of added) ours.remove(one);
          expect([...ours.rows({ from: '', to: '\u0100' }, false)]).to.deep.equal([]);
          for (const one of added.slice(0, 3)) ours.add(one);
          expect(ours.count({ from: '', to: '\u0100' })).to.equal(Math.min(3, added.length));
        },
      ),
      RUNS,
    );
  });
});
