import { expect } from 'chai';
import fc from 'fast-check';
import { checkCertificate, FOLD } from '../../../matching/assignment/certificate.ts';
import { buildGraph, type Edge, type Graph } from '../../../matching/assignment/graph.ts';
import { heaviestMatching } from '../../../matching/assignment/solve.ts';
import { StandingMatching } from '../../../matching/repair/standing.ts';
import { FAMILIES } from '../../../scripts/bench/graphs.ts';
import { seededRandom } from '../../../scripts/demo/random.ts';
import { arbitraryEdges, bruteForce, graphOf } from '../assignment/oracle.ts';
import { arbitraryDraws, Player, type Draw } from './edits.ts';

const edgesOf = ({ ends, weights }: Graph): Edge[] =>
  Array.from(weights, (w, e) => ({ u: ends[2 * e] ?? 0, v: ends[2 * e + 1] ?? 0, w }));

const matesOf = (standing: StandingMatching): number[] =>
  Array.from({ length: standing.graph().size }, (_, vertex) => standing.mate(vertex));

/** Fails unless a standing matching is a matching of its graph, as heavy as it says, and proven. */
function expectProven(standing: StandingMatching): Graph {
  const graph = standing.graph();
  const edges = edgesOf(graph);
  const mates = matesOf(standing);
  const taken = edges.filter(({ u, v }) => mates[u] === v && mates[v] === u);
  expect(2 * taken.length).to.equal(mates.filter((mate) => mate >= 0).length);
  expect(taken.reduce((sum, { w }) => sum + w, 0)).to.equal(standing.total);
  const { bound, faults } = checkCertificate(graph, standing.certificate());
  expect(faults).to.deep.equal([]);
  expect(bound).to.equal(FOLD * standing.total);
  return graph;
}

/** Repairs, and fails unless what it tells is what has changed. */
function repairTold(standing: StandingMatching, before: readonly number[], total: number): void {
  const { gained, lost, change } = standing.repair();
  const after = matesOf(standing);
  const pairs = (mates: readonly number[]): string[] =>
    mates.flatMap((mate, own) => (mate > own ? [`${own}-${mate}`] : []));
  const [old, now] = [new Set(pairs(before)), new Set(pairs(after))];
  expect(gained.map(({ u, v }) => `${u}-${v}`)).to.deep.equal([...now].filter((pair) => !old.has(pair)));
  expect(lost.map(({ u, v }) => `${u}-${v}`)).to.deep.equal([...old].filter((pair) => !now.has(pair)));
  expect(standing.total - total).to.equal(change);
}

function replay(
  graph: Graph,
  draws: readonly Draw[],
  most: number,
  check: (standing: StandingMatching) => void,
): void {
  const standing = new StandingMatching(graph);
  const player = new Player(standing, graph.size, most);
  let [mates, total] = [matesOf(standing), standing.total];
  for (const draw of [...draws, { kind: 'repair', one: 0, other: 0, w: 0 } as const]) {
    if (draw.kind !== 'repair') {
      player.play(draw);
      continue;
    }
    repairTold(standing, mates, total);
    [mates, total] = [matesOf(standing), standing.total];
    check(standing);
  }
}

describe('a standing matching', () => {
  it('is that of brute force, and proven, after each of thousands of changes', () => {
    const cases = fc.constantFrom(1, 3, 20, 1_000_000).chain((largest) => arbitraryDraws(40, largest));
    fc.assert(
      fc.property(arbitraryEdges(8), cases, (given, draws) => {
        replay(graphOf(given), draws, 10, (standing) => {
          expect(standing.total).to.equal(bruteForce(edgesOf(expectProven(standing))));
        });
      }),
      { numRuns: 500 },
    );
  });

  it('weighs what a fresh solution does on hundreds of vertices of every family, with many changes at once', () => {
    for (const [name, family] of Object.entries(FAMILIES)) {
      for (let seed = 1; seed <= 4; seed += 1) {
        const source = seededRandom(seed);
        const graph = family(90 * seed, 4 + seed, source);
        const largest = Math.max(...graph.weights);
        const kinds = ['arrive', 'leave', 'set', 'forbid', 'rest', 'repair'] as const;
        const draws = Array.from({ length: 90 }, (): Draw => {
          const [one, other] = [Math.floor(1000 * source()), Math.floor(1000 * source())];
          const kind = kinds[Math.floor(kinds.length * source())] ?? 'repair';
          return { kind, one, other, w: Math.floor(largest * source()) };
        });
        replay(graph, draws, 1000, (standing) => {
          expect(standing.total, `${name} ${seed}`).to.equal(heaviestMatching(expectProven(standing)).total);
        });
      }
    }
  });

  it('opens blossoms nested hundreds deep when a vertex in the middle of them leaves', () => {
    const graph = FAMILIES.triangles(601, 2, seededRandom(3));
    const standing = new StandingMatching(graph);
    for (const vertex of [300, 301, 10, 599, 2, 3, 4]) {
      standing.leave(vertex);
      standing.repair();
      expect(standing.total).to.equal(heaviestMatching(expectProven(standing)).total);
    }
  });

  it('grows from nothing to hundreds, and empties again', () => {
    const source = seededRandom(5);
    const standing = new StandingMatching(buildGraph(0, []));
    const there: number[] = [];
    for (let count = 0; count < 300; count += 1) {
      const partners = new Set(Array.from({ length: 6 }, () => there[Math.floor(source() * there.length)]));
      const edges = [...partners].flatMap((to) =>
        to === undefined ? [] : [{ to, w: Math.floor(1000 * source()) }],
      );
      there.push(standing.arrive(edges));
      standing.repair();
    }
    expect(standing.total).to.equal(heaviestMatching(expectProven(standing)).total);
    for (const vertex of there) {
      standing.leave(vertex);
      standing.repair();
    }
    expect(standing.total).to.equal(0);
    expect(expectProven(standing).weights.length).to.equal(0);
  });

  it('says what forcing a pair loses, exactly, with a bound from the prices that is never above it', () => {
    fc.assert(
      fc.property(arbitraryEdges(9), arbitraryDraws(12, 20), (given, draws) => {
        replay(graphOf(given), draws, 10, (standing) => {
          const edges = edgesOf(standing.graph());
          for (const { u, v, w } of edges) {
            const others = edges.filter((edge) => ![edge.u, edge.v].some((end) => end === u || end === v));
            const { loss, bound } = standing.forced(u, v);
            expect(loss).to.equal(standing.total - w - bruteForce(others));
            expect(bound).to.be.within(0, loss);
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is the same, byte for byte, whether or not it was asked what pairs would cost', () => {
    for (const [name, family] of Object.entries(FAMILIES)) {
      const graph = family(120, 5, seededRandom(9));
      const [asked, other] = [new StandingMatching(graph), new StandingMatching(graph)];
      const source = seededRandom(10);
      for (let step = 0; step < 40; step += 1) {
        const edges = edgesOf(asked.graph());
        for (let question = 0; question < 5; question += 1) {
          const { u, v } = edges[Math.floor(source() * edges.length)] ?? { u: 0, v: 1 };
          asked.forced(u, v);
        }
        expect(asked.certificate(), name).to.deep.equal(other.certificate());
        const { u } = edges[Math.floor(source() * edges.length)] ?? { u: 0 };
        const partners = edges.filter((edge) => edge.u === u || edge.v === u);
        const rejoin = partners.map((edge) => ({ to: edge.u === u ? edge.v : edge.u, w: edge.w }));
        for (const standing of [asked, other]) standing.leave(u);
        expect(asked.repair(), name).to.deep.equal(other.repair());
        if (step % 2 === 0) for (const standing of [asked, other]) standing.arrive(rejoin);
        expect(asked.repair(), name).to.deep.equal(other.repair());
      }
      expect(asked.certificate(), name).to.deep.equal(other.certificate());
    }
  });

  it('refuses what makes no sense, naming it, and changes nothing', () => {
    const standing = new StandingMatching(
      buildGraph(3, [
        { u: 0, v: 1, w: 5 },
        { u: 1, v: 2, w: 4 },
      ]),
    );
    expect(() => standing.arrive([{ to: 7, w: 1 }])).to.throw(RangeError, 'There is no vertex 7');
    expect(() =>
      standing.arrive([
        { to: 1, w: 1 },
        { to: 1, w: 2 },
      ]),
    ).to.throw(RangeError, 'Two edges lead to one vertex');
    for (const w of [-1, 0.5, NaN, 2 ** 52]) {
      expect(() => standing.arrive([{ to: 1, w }])).to.throw(RangeError, `A weight is ${w}`);
      expect(() => {
        standing.set(0, 1, w);
      }).to.throw(RangeError, `A weight is ${w}`);
    }
    expect(() => {
      standing.set(1, 1, 3);
    }).to.throw(RangeError, 'joins 1 with itself');
    expect(() => {
      standing.forbid(0, 2);
    }).to.throw(RangeError, 'no edge between 0 and 2');
    expect(() => {
      standing.leave(3);
    }).to.throw(RangeError, 'There is no vertex 3');
    expect(standing.repair()).to.deep.equal({ gained: [], lost: [], change: 0 });
    standing.rest(2, true);
    expect(() => standing.forced(0, 1)).not.to.throw();
    expect(() => standing.forced(1, 2)).to.throw(RangeError, '2 is resting');
    standing.leave(0);
    expect(() => standing.forced(1, 2)).to.throw(RangeError);
    standing.rest(2, false);
    expect(() => standing.forced(1, 2)).to.throw(RangeError, 'not repaired yet');
    expect(standing.repair()).to.deep.equal({ gained: [{ u: 1, v: 2 }], lost: [{ u: 0, v: 1 }], change: -1 });
  });
});
