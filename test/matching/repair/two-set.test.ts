import { expect } from 'chai';
import fc from 'fast-check';
import { asTwo, byTwo, keyOf, TwoSet } from '../../../matching/repair/two-set.ts';

const id = fc.constantFrom('A', 'B', 'C', 'D');

describe('a set of twos', () => {
  it('holds what a set of keys holds, whichever way round', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), id, id), { maxLength: 40 }), (edits) => {
        const [twos, keys] = [new TwoSet(), new Set<string>()];
        for (const [add, a, b] of edits) {
          if (a === b) continue;
          expect(twos.has(b, a)).to.equal(keys.has(keyOf(a, b)));
          if (add) {
            twos.add(a, b);
            keys.add(keyOf(b, a));
          } else {
            twos.delete(a, b);
            keys.delete(keyOf(a, b));
          }
        }
        expect([...twos].map(([a, b]) => keyOf(a, b)).sort()).to.deep.equal([...keys].sort());
        expect([...new TwoSet(twos)]).to.have.length(keys.size);
      }),
    );
  });

  it('names two SMEs by id, and sorts them so', () => {
    expect(asTwo('B', 'A')).to.deep.equal(['A', 'B']);
    expect([asTwo('C', 'B'), asTwo('C', 'A'), asTwo('A', 'B')].sort(byTwo)).to.deep.equal([
      ['A', 'B'],
      ['A', 'C'],
      ['B', 'C'],
    ]);
  });
});
