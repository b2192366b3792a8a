import { expect } from 'chai';
import fc from 'fast-check';
import { lettersOf, mayBeClose, slipsBetween } from '../../../server/mapping/typos.ts';

/** The same distance straight from its definition, without bounds. */
function plainDistance(one: string, other: string): number {
  const table = Array.from({ length: one.length + 1 }, (_, i) =>
    Array.from({ length: other.length + 1 }, (__, j) => (i === 0 ? j : j === 0 ? i : 0)),
  );
  const at = (i: number, j: number): number => table[i]?.[j] ?? Infinity;
  for (let i = 1; i <= one.length; i++) {
    for (let j = 1; j <= other.length; j++) {
      const changed = at(i - 1, j - 1) + (one[i - 1] === other[j - 1] ? 0 : 1);
      let best = Math.min(changed, at(i - 1, j) + 1, at(i, j - 1) + 1);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        best = Math.min(best, at(i - 2, j - 2) + 1);
      }
      const row = table[i];
      if (row) row[j] = best;
    }
  }
  return at(one.length, other.length);
}

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), maxLength: 9 });

describe('slips between words', () => {
  it('are counted as the definition says, up to the bound', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(1, 2), (one, other, most) => {
        expect(slipsBetween(one, other, most)).to.equal(Math.min(plainDistance(one, other), most + 1));
      }),
      { numRuns: 2_000 },
    );
  });

  it('are never ruled out by the letters where the words are close', () => {
    fc.assert(
      fc.property(word, word, fc.constantFrom(1, 2), (one, other, most) => {
        if (plainDistance(one, other) > most) return;
        expect(mayBeClose(lettersOf(one), lettersOf(other), most)).to.equal(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('count swapped neighbours once', () => {
    expect(slipsBetween('crytpography', 'cryptography', 2)).to.equal(1);
  });
});
