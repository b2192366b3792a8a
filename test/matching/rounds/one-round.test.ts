import { expect } from 'chai';
import fc from 'fast-check';
import { solveRound } from '../../../matching/rounds/one-round.ts';
import { arbitraryEdges } from '../assignment/oracle.ts';

/** The largest weight of a set of pairs apart from each other, of so many at most, by trying all. */
function most(pairs: readonly { u: number; v: number; w: number }[], left: number, used = 0, at = 0): number {
  const pair = pairs[at];
  if (!pair || left === 0) return 0;
  const without = most(pairs, left, used, at + 1);
  const both = (1 << pair.u) | (1 << pair.v);
  if ((used & both) !== 0) return without;
  return Math.max(without, pair.w + most(pairs, left - 1, used | both, at + 1));
}

describe('the best meetings of one round', () => {
  it('are the best that there are at so many tables at most, for any number of tables', () => {
    fc.assert(
      fc.property(arbitraryEdges(8), fc.nat(4), fc.constantFrom(0, 0, 7), ({ size, edges }, tables, seat) => {
        const weights = new Int32Array(size * size).fill(-1);
        for (const { u, v, w } of edges) weights[u * size + v] = weights[v * size + u] = w;
        const seats = Float64Array.from({ length: size }, (_, sme) => seat * sme);
        const free = Int32Array.from({ length: size }, (_, sme) => sme);
        const mates = solveRound({ size, free, weights, seat: seats, tables });
        const taken = [...mates].flatMap((v, u) => (v > u ? [{ u, v }] : []));
        expect(taken.length).to.be.at.most(tables);
        const worth = (u: number, v: number): number => seat * (u + v) + (weights[u * size + v] ?? 0);
        const total = taken.reduce((sum, { u, v }) => sum + worth(u, v), 0);
        const raised = edges.map(({ u, v }) => ({ u, v, w: worth(u, v) }));
        expect(total).to.equal(most(raised, tables));
      }),
      { numRuns: 1000 },
    );
  });
});
