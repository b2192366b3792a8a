import { expect } from 'chai';
import fc from 'fast-check';
import { checkCertificate, FOLD } from '../../../matching/assignment/certificate.ts';
import { buildGraph, type Edge, type Graph } from '../../../matching/assignment/graph.ts';
import { heaviestMatching, type Matching } from '../../../matching/assignment/solve.ts';
import { FAMILIES } from '../../../scripts/bench/graphs.ts';
import { seededRandom, shuffled } from '../../../scripts/demo/random.ts';
import { arbitraryEdges, bruteForce, graphOf } from './oracle.ts';

/** Sum of the weights of the edges that a matching takes, read from the graph alone; fails where it is no matching. */
function weigh({ size, ends, weights }: Graph, { mates }: Matching): number {
  let total = 0;
  let taken = 0;
  weights.forEach((weight, e) => {
    const [u = 0, v = 0] = ends.subarray(2 * e, 2 * e + 2);
    if (mates[u] !== v) return;
    expect(mates[v]).to.equal(u);
    total += weight;
    taken += 2;
  });
  expect(mates.length).to.equal(size);
  expect(mates.filter((mate) => mate >= 0).length).to.equal(taken);
  return total;
}

function expectProven(graph: Graph, matching: Matching): void {
  expect(weigh(graph, matching)).to.equal(matching.total);
  const { bound, faults } = checkCertificate(graph, matching.certificate);
  expect(faults).to.deep.equal([]);
  expect(bound).to.equal(FOLD * matching.total);
}

const solved = (size: number, edges: readonly Edge[]): Matching => {
  const graph = buildGraph(size, edges);
  const matching = heaviestMatching(graph);
  expectProven(graph, matching);
  return matching;
};

/** Says yes from the time on that it has been asked so often. */
const stopAfter = (most: number) => {
  let asked = 0;
  return () => {
    asked += 1;
    return asked > most;
  };
};

const ring = (from: number, weights: readonly number[]): Edge[] =>
  weights.map((w, at) => ({ u: from + at, v: from + ((at + 1) % weights.length), w }));

describe('the heaviest matching', () => {
  it('is that of brute force, and proven, on thousands of small graphs', () => {
    fc.assert(
      fc.property(arbitraryEdges(10), (given) => {
        const matching = solved(given.size, given.edges);
        expect(matching.total).to.equal(bruteForce(given.edges));
      }),
      { numRuns: 3000 },
    );
  });

  it('is that of brute force on every graph of five vertices with weights of 0 to 2', () => {
    const pairs: [number, number][] = [];
    for (let u = 0; u < 5; u += 1) for (let v = u + 1; v < 5; v += 1) pairs.push([u, v]);
    // the three weights or no edge, so four ways for each of ten pairs; every 31st graph of these
    for (let number = 0; number < 4 ** pairs.length; number += 31) {
      const edges = pairs.flatMap(([u, v], at) => {
        const digit = Math.floor(number / 4 ** at) % 4;
        return digit === 3 ? [] : [{ u, v, w: digit }];
      });
      const graph = buildGraph(5, edges);
      const matching = heaviestMatching(graph);
      if (matching.total !== bruteForce(edges)) expect.fail(`graph ${number}: ${matching.total}`);
      if (checkCertificate(graph, matching.certificate).bound !== FOLD * matching.total) {
        expect.fail(`graph ${number} is not proven`);
      }
    }
  });

  it('is proven on larger graphs of every family', () => {
    for (const [name, family] of Object.entries(FAMILIES)) {
      for (let seed = 1; seed <= 7; seed += 1) {
        const graph = family(20 * seed * seed + seed, 3 + (seed % 6), seededRandom(seed));
        const matching = heaviestMatching(graph);
        expect(weigh(graph, matching), name).to.equal(matching.total);
        const { bound, faults } = checkCertificate(graph, matching.certificate);
        expect(faults, `${name} ${seed}`).to.deep.equal([]);
        expect(bound, `${name} ${seed}`).to.equal(FOLD * matching.total);
      }
    }
  });

  it('is proven on hundreds of sparse graphs of up to 200 vertices, where some are given up and taken again', () => {
    for (let seed = 1; seed <= 400; seed += 1) {
      const source = seededRandom(seed);
      const size = 20 + Math.floor(180 * source());
      const family = seed % 2 === 0 ? FAMILIES.random : FAMILIES.fewWeights;
      const graph = family(size, 2 + Math.floor(8 * source()), source);
      const matching = heaviestMatching(graph);
      const { bound, faults } = checkCertificate(graph, matching.certificate);
      expect(faults, `seed ${seed}`).to.deep.equal([]);
      expect(bound, `seed ${seed}`).to.equal(FOLD * matching.total);
    }
  });

  it('shrinks, opens and nests odd cycles', () => {
    // a ring of five whose best single vertex to leave out changes with what hangs on it
    expect(solved(6, [...ring(0, [8, 9, 10, 7, 8]), { u: 0, v: 5, w: 5 }]).total).to.equal(21);
    // cases of van Rantwijk (2008): a blossom relabelled as inner, nested, and opened
    expect(
      solved(6, [...ring(0, [9, 10, 8]), { u: 0, v: 3, w: 5 }, { u: 3, v: 4, w: 4 }, { u: 0, v: 5, w: 3 }])
        .total,
    ).to.equal(17);
    const nested = [
      [0, 1, 40],
      [0, 2, 40],
      [1, 2, 60],
      [1, 3, 55],
      [2, 4, 55],
      [3, 4, 50],
      [0, 7, 15],
      [4, 6, 30],
      [6, 5, 10],
      [7, 9, 10],
      [3, 8, 30],
    ];
    const edges = nested.map(([u = 0, v = 0, w = 0]) => ({ u, v, w }));
    expect(solved(10, edges).total).to.equal(bruteForce(edges));
  });

  it('takes nobody for nothing, and nothing for granted', () => {
    expect([...solved(0, []).mates]).to.deep.equal([]);
    expect([...solved(3, []).mates]).to.deep.equal([-1, -1, -1]);
    expect(solved(2, [{ u: 1, v: 0, w: 0 }]).total).to.equal(0);
  });

  it('prefers one heavy edge to two light ones, and two to one where they weigh more', () => {
    const path = (middle: number) =>
      solved(4, [
        { u: 0, v: 1, w: 5 },
        { u: 1, v: 2, w: middle },
        { u: 2, v: 3, w: 5 },
      ]);
    expect([...path(11).mates]).to.deep.equal([-1, 2, 1, -1]);
    expect([...path(9).mates]).to.deep.equal([1, 0, 3, 2]);
  });

  it('is given up at any moment with a matching, and a bound that no matching is above', () => {
    fc.assert(
      fc.property(arbitraryEdges(10), fc.nat({ max: 12 }), (given, most) => {
        const graph = graphOf(given);
        const stopped = heaviestMatching(graph, undefined, stopAfter(most));
        expect(weigh(graph, stopped)).to.equal(stopped.total);
        const { bound, faults } = checkCertificate(graph, stopped.certificate);
        expect(faults).to.deep.equal([]);
        expect(bound).to.be.at.least(FOLD * bruteForce(given.edges));
      }),
      { numRuns: 1000 },
    );
    for (const [name, family] of Object.entries(FAMILIES)) {
      const graph = family(600, 6, seededRandom(5));
      const { total } = heaviestMatching(graph);
      let before = Infinity;
      for (const most of [0, 1, 5, 20, 60, 100, 150, Infinity]) {
        const stopped = heaviestMatching(graph, undefined, stopAfter(most));
        expect(weigh(graph, stopped), name).to.equal(stopped.total);
        const { bound, faults } = checkCertificate(graph, stopped.certificate);
        expect(faults, `${name}, stopped after ${most}`).to.deep.equal([]);
        expect(bound, name).to.be.at.least(FOLD * total);
        before = bound;
      }
      expect(before, name).to.equal(FOLD * total);
    }
  });

  it('is the same, byte for byte, whatever the order and the way round of the edges', () => {
    fc.assert(
      fc.property(arbitraryEdges(10), fc.integer(), ({ size, edges }, seed) => {
        const source = seededRandom(seed);
        const turned = edges.map(({ u, v, w }) => (source() < 0.5 ? { u, v, w } : { u: v, v: u, w }));
        const other = buildGraph(size, shuffled(turned, source));
        expect(heaviestMatching(other)).to.deep.equal(heaviestMatching(graphOf({ size, edges })));
      }),
    );
  });
});
