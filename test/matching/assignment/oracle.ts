import fc from 'fast-check';
import { buildGraph, type Edge, type Graph } from '../../../matching/assignment/graph.ts';

/** Largest weight of a matching by trying every one of them, remembered by the set of vertices that are used. Up to about 12 vertices. */
export function bruteForce(edges: readonly Edge[]): number {
  const known = new Map<number, number>();
  const best = (used: number): number => {
    const before = known.get(used);
    if (before !== undefined) return before;
    let most = 0;
    for (const { u, v, w } of edges) {
      const both = (1 << u) | (1 << v);
      if ((used & both) === 0) most = Math.max(most, w + best(used | both));
    }
    known.set(used, most);
    return most;
  };
  return best(0);
}

/** Weights with many ties, few, or hardly any. */
const largestWeight = fc.constantFrom(0, 1, 2, 3, 10, 1000, 1_000_000);

/** Edges of a graph on up to `most` vertices: each possible pair is there or not, with a chance that is drawn too. */
export const arbitraryEdges = (most: number): fc.Arbitrary<{ size: number; edges: Edge[] }> =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), largestWeight, fc.integer({ min: 1, max: 10 }))
    .chain(([size, largest, tenths]) => {
      const all: [number, number][] = [];
      for (let u = 0; u < size; u += 1) for (let v = u + 1; v < size; v += 1) all.push([u, v]);
      const draw = fc.tuple(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 0, max: largest }));
      return fc.array(draw, { minLength: all.length, maxLength: all.length }).map((draws) => ({
        size,
        edges: all.flatMap(([u, v], at) => {
          const [die, w] = draws[at] ?? [11, 0];
          return die <= tenths ? [{ u, v, w }] : [];
        }),
      }));
    });

/** A graph of the edges given, in any order. */
export const graphOf = ({ size, edges }: { size: number; edges: readonly Edge[] }): Graph =>
  buildGraph(size, edges);
