import { expect } from 'chai';
import fc from 'fast-check';
import { buildGraph, type Edge } from '../../../matching/assignment/graph.ts';
import { stableOverAll, upsettingEdges } from '../../../matching/assignment/greedy.ts';
import { missingEdges, type Rows } from '../../../matching/assignment/lacking.ts';
import { heaviestOverAll } from '../../../matching/assignment/pricing.ts';
import { heaviestMatching } from '../../../matching/assignment/solve.ts';
import { FAMILIES } from '../../../scripts/bench/graphs.ts';
import { seededRandom } from '../../../scripts/demo/random.ts';
import { finish } from '../support/oracle.ts';
import { arbitraryEdges, bruteForce } from './oracle.ts';

/** Rows of a graph that leave out whatever they may. */
function rowsOf(size: number, edges: readonly Edge[]): Rows {
  return {
    row(own, floors) {
      const row = new Int32Array(size).fill(-1);
      for (const { u, v, w } of edges) {
        if (u === own && (w >= (floors[u] ?? 0) || w >= (floors[v] ?? 0))) row[v] = w;
      }
      return row;
    },
  };
}

/** The same with a look at what two floors come to; in no useful order. */
function rowsAbove(size: number, edges: readonly Edge[]): Rows {
  return {
    ...rowsOf(size, edges),
    *above(floors, take, of) {
      for (const { u, v, w } of [...edges].reverse()) {
        if (of && !of.includes(u) && !of.includes(v)) continue;
        if (w < (floors[u] ?? 0) + (floors[v] ?? 0)) continue;
        take(v, u, w);
        yield 0;
      }
    },
  };
}

describe('the heaviest matching over all edges', () => {
  for (const [how, rowsFor] of [
    ['row by row', rowsOf],
    ['by what two floors come to', rowsAbove],
  ] as const) {
    it(`is that of brute force, whatever edges it starts from, ${how}`, () => {
      const few = { start: fc.integer({ min: 1, max: 9 }), scale: fc.constantFrom(1, 3_000, 40_000) };
      fc.assert(
        fc.property(arbitraryEdges(9), few.start, few.scale, ({ size, edges: drawn }, nth, scale) => {
          const edges = drawn.map(({ u, v, w }) => ({ u, v, w: Math.min(1_000_000, w * scale) }));
          const rows = rowsFor(size, edges);
          const some = edges.filter((_, at) => at % nth === 0);
          const { matching } = finish(heaviestOverAll({ size, edges: some, rows, bonus: 0 }));
          expect(matching.total).to.equal(bruteForce(edges));
          expect(finish(missingEdges(size, rowsOf(size, edges), matching.certificate, 0))).to.deep.equal([]);
          expect(finish(missingEdges(size, rows, matching.certificate, 0))).to.deep.equal([]);
        }),
        { numRuns: 1000 },
      );
    });
  }

  it('is the same, byte for byte, in whatever order edges are found', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { size, ends, weights } = FAMILIES.smes(60, 12, seededRandom(seed));
      const edges = Array.from(weights, (w, e) => ({ u: ends[2 * e] ?? 0, v: ends[2 * e + 1] ?? 0, w }));
      const mates = [edges, [...edges].reverse()].map((found) => {
        const dense = { size, edges: edges.slice(0, 40), rows: rowsAbove(size, found), bonus: 0 };
        return [...finish(heaviestOverAll(dense)).matching.mates].join();
      });
      expect(mates[0], `seed ${seed}`).to.equal(mates[1]);
    }
  });

  it('is the same on larger graphs, where rows leave out nearly all that does not matter', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const graph = (seed % 2 === 0 ? FAMILIES.smes : FAMILIES.random)(40, 30, seededRandom(seed));
      const edges = Array.from(graph.weights, (w, e) => ({
        u: graph.ends[2 * e] ?? 0,
        v: graph.ends[2 * e + 1] ?? 0,
        w,
      }));
      const dense = { size: graph.size, edges: [], rows: rowsOf(graph.size, edges), bonus: 0 };
      expect(finish(heaviestOverAll(dense)).matching.total, `seed ${seed}`).to.equal(
        heaviestMatching(graph).total,
      );
    }
  });

  it('keeps what it had where it is stopped while it looks for more edges', () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const graph = (seed % 2 === 0 ? FAMILIES.smes : FAMILIES.random)(60, 12, seededRandom(seed));
      const edges = Array.from(graph.weights, (w, e) => ({
        u: graph.ends[2 * e] ?? 0,
        v: graph.ends[2 * e + 1] ?? 0,
        w,
      }));
      const [size, some] = [graph.size, edges.filter((_, at) => at % 3 !== 0)];
      let over = false;
      const rows = rowsOf(size, edges);
      const work = heaviestOverAll({ size, edges: some, rows, bonus: 0 }, () => over);
      // the first pause is in the first look through all edges
      over = work.next().done !== true;
      const { matching } = finish(work);
      expect(matching.total, `seed ${seed}`).to.be.at.least(heaviestMatching(buildGraph(size, some)).total);
      expect(finish(missingEdges(size, rows, matching.certificate, 0))).to.deep.equal([]);
    }
  });

  it('has as many edges as there can be where each gets a bonus above every total', () => {
    fc.assert(
      fc.property(arbitraryEdges(9), ({ size, edges }) => {
        const bonus = 1 + bruteForce(edges);
        const { matching } = finish(heaviestOverAll({ size, edges: [], rows: rowsOf(size, edges), bonus }));
        const most = bruteForce(edges.map((edge) => ({ ...edge, w: 1 })));
        expect(matching.mates.filter((mate) => mate >= 0).length).to.equal(2 * most);
        expect(matching.total).to.equal(bruteForce(edges.map((edge) => ({ ...edge, w: edge.w + bonus }))));
      }),
    );
  });

  it('is stable where asked: nobody would rather have each other', () => {
    fc.assert(
      fc.property(arbitraryEdges(9), ({ size, edges }) => {
        const mates = finish(stableOverAll(size, [], rowsOf(size, edges)));
        const own = new Int32Array(size).fill(-1);
        for (const { u, v, w } of edges) if (mates[u] === v) own[u] = own[v] = w;
        expect(finish(upsettingEdges(size, rowsOf(size, edges), own))).to.deep.equal([]);
        const upset = edges.filter(({ u, v, w }) => w > (own[u] ?? -1) && w > (own[v] ?? -1));
        expect(upset).to.deep.equal([]);
      }),
    );
  });
});
