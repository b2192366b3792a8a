import { graphFrom } from '../assignment/graph.ts';
import { heaviestMatching } from '../assignment/solve.ts';

/*
 * Problem: the best meetings of one round among the SMEs that are free in it, at so many tables at most.
 * Method: the heaviest matching, in a dense graph. Where it has more pairs than there are tables, each pair is charged a rent: the heaviest matching with a given number of
 * pairs is concave in that number, so that some rent leaves just as many as there are tables (Lagrange; the rent is found by chords).
 */

/** What is to be solved; vertices are positions in the room. */
export interface RoundTask {
  readonly size: number;
  /** SMEs that are free in this round, ascending. */
  readonly free: Int32Array;
  /** Weight of the pair of `u` and `v` at `u x size + v`; below 0 where they may not meet. */
  readonly weights: Int32Array;
  /** By position: what seating each SME is worth beside. */
  readonly seat: Float64Array;
  /** Pairs at most. */
  readonly tables: number;
}

/** Mate of each position, -1 where it has none. */
export type Mates = Int32Array;

interface Solved {
  readonly mates: Mates;
  readonly pairs: number;
  /** Without rent. */
  readonly weight: number;
}

/** The best meetings of a round. */
export function solveRound(task: RoundTask): Mates {
  let many = solveAt(task, 0);
  if (many.pairs <= task.tables) return many.mates;
  let few: Solved = { mates: new Int32Array(task.size).fill(-1), pairs: 0, weight: 0 };
  for (;;) {
    const found = moreAtRent(task, many, few);
    if (found === undefined) return between(task, many, few);
    if (found.pairs === task.tables) return found.mates;
    if (found.pairs > task.tables) many = found;
    else few = found;
  }
}

/**
 * A matching that is worth more than two others at the rent at which these are worth the same (or, as rents are whole numbers, at one of
 * the two beside it), or that has just as many pairs as there are tables; undefined where there is none.
 */
function moreAtRent(task: RoundTask, many: Solved, few: Solved): Solved | undefined {
  const chord = (many.weight - few.weight) / (many.pairs - few.pairs);
  for (const rent of new Set([Math.floor(chord), Math.ceil(chord)])) {
    const worth = ({ weight, pairs }: Solved): number => weight - rent * pairs;
    const found = solveAt(task, rent);
    const more = worth(found) > Math.max(worth(many), worth(few));
    if (more || found.pairs === task.tables) return found;
  }
  return undefined;
}

/** Weight of a pair with all that it is worth. */
const worthOf = ({ size, weights, seat }: RoundTask, u: number, v: number): number =>
  weights[u * size + v] + seat[u] + seat[v];

/** The heaviest matching where each pair is charged a rent. */
function solveAt(task: RoundTask, rent: number): Solved {
  const { size, free, weights } = task;
  const ends = new Int32Array(free.length * free.length);
  const worth = new Float64Array(ends.length / 2);
  let count = 0;
  for (let at = 0; at < free.length; at += 1) {
    const u = free[at];
    for (let to = at + 1; to < free.length; to += 1) {
      const v = free[to];
      if (weights[u * size + v] < 0) continue;
      const w = worthOf(task, u, v) - rent;
      if (w < 0) continue;
      ends[2 * count] = u;
      ends[2 * count + 1] = v;
      worth[count] = w;
      count += 1;
    }
  }
  const graph = graphFrom(size, ends.subarray(0, 2 * count), worth.subarray(0, count));
  return solved(task, heaviestMatching(graph).mates);
}

function solved(task: RoundTask, mates: Mates): Solved {
  let [pairs, weight] = [0, 0];
  mates.forEach((v, u) => {
    if (v <= u) return;
    pairs += 1;
    weight += worthOf(task, u, v);
  });
  return { mates, pairs, weight };
}

/**
 * A matching with as many pairs as there are tables, from one with more and one with fewer of which neither is worth less than any other
 * at one rent (or at two that differ by one): where they differ they form paths and rings, each of which can be taken from either. Taking
 * a path from the smaller one costs what its pair is worth, at that rent nothing.
 */
function between(task: RoundTask, many: Solved, few: Solved): Mates {
  const mates = many.mates.slice();
  let over = many.pairs - task.tables;
  const shrinking = paths(task, mates, few.mates).filter(({ pairs }) => pairs === 1);
  shrinking.sort((x, y) => x.weight - y.weight || x.vertices[0] - y.vertices[0]);
  for (const { vertices } of shrinking) {
    if (over === 0) break;
    for (const vertex of vertices) mates[vertex] = few.mates[vertex];
    over -= 1;
  }
  return mates;
}

/** Where two matchings differ: connected vertices, with how many pairs and how much weight the first has more. */
interface Difference {
  readonly vertices: readonly number[];
  readonly pairs: number;
  readonly weight: number;
}

function paths(task: RoundTask, one: Mates, other: Mates): Difference[] {
  return components(one, other).map((vertices) => {
    let [pairs, weight] = [0, 0];
    for (const u of vertices) {
      if (one[u] > u) {
        pairs += 1;
        weight += worthOf(task, u, one[u]);
      }
      if (other[u] > u) {
        pairs -= 1;
        weight -= worthOf(task, u, other[u]);
      }
    }
    return { vertices, pairs, weight };
  });
}

/** Vertices that two matchings together connect, where they differ; each set ascending. */
export function components(one: Mates, other: Mates): number[][] {
  const seen = new Uint8Array(one.length);
  const found: number[][] = [];
  for (let start = 0; start < one.length; start += 1) {
    if (seen[start] === 1 || one[start] === other[start]) continue;
    const vertices = [start];
    seen[start] = 1;
    for (const vertex of vertices) {
      for (const mate of [one[vertex], other[vertex]]) {
        if (mate < 0 || seen[mate] === 1) continue;
        seen[mate] = 1;
        vertices.push(mate);
      }
    }
    found.push(vertices.sort((x, y) => x - y));
  }
  return found;
}
