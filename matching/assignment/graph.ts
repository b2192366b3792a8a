/** A pair that may be taken: two different vertices, weight a whole number >= 0. */
export interface Edge {
  readonly u: number;
  readonly v: number;
  readonly w: number;
}

/** Weights by edge or by half: narrow where they fit, since a search waits for memory more than for anything else. */
export type Weights = Int32Array | Float64Array;

/**
 * An undirected weighted graph over the vertices 0 .. size - 1 in flat arrays.
 * Edge e has two halves, 2e and 2e + 1: `ends[p]` is the vertex that half p points to, `p ^ 1` the other half, `p >> 1` the edge.
 */
export interface Graph {
  readonly size: number;
  readonly ends: Int32Array;
  /** By edge. */
  readonly weights: Weights;
  /** Halves that point away from vertex v are `halves[first[v]]` up to `halves[last[v] - 1]`. */
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly halves: Int32Array;
  /** In the order of `halves`: the vertex pointed to, and the weight. What a loop over the edges of a vertex reads lies side by side. */
  readonly neighbours: Int32Array;
  readonly weightsAt: Weights;
}

/** Weights up to here are kept narrow: four times as much still is a small integer. */
const NARROW_MOST = 2 ** 28;

/** The largest sum of weights that stays exact: sums are worked out four-fold in doubles. */
export const SUM_MAX = Number.MAX_SAFE_INTEGER / 8;

/**
 * Builds a graph. The order in which edges come does not matter: they are sorted by u and v first.
 *
 * @throws RangeError for a vertex that is not there, a loop, a pair that comes twice, a weight that is not a whole number >= 0, or
 * weights so large that sums of them would not be exact
 */
export function buildGraph(size: number, edges: readonly Edge[]): Graph {
  const count = edges.length;
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  const given = new Int32Array(count);
  // loops: to make typed arrays from objects one by one takes longer than to sort them
  for (let e = 0; e < count; e += 1) {
    const { u, v } = edges[e];
    low[e] = Math.min(u, v);
    high[e] = Math.max(u, v);
    given[e] = e;
  }
  const ends = new Int32Array(2 * count);
  const weights = new Float64Array(count);
  const sorted = inOrder(size, low, inOrder(size, high, given));
  for (let e = 0; e < count; e += 1) {
    const from = sorted[e];
    ends[2 * e] = low[from];
    ends[2 * e + 1] = high[from];
    weights[e] = edges[from].w;
    if (e > 0 && ends[2 * e] === ends[2 * e - 2] && ends[2 * e + 1] === ends[2 * e - 1]) {
      throw new RangeError(`The pair of ${low[from]} and ${high[from]} comes twice.`);
    }
  }
  return graphFrom(size, ends, weights);
}

/** Indices by the vertex that each stands for, in the order in which they come among equals (a counting sort). */
export function inOrder(size: number, vertexOf: Int32Array, indices: Int32Array): Int32Array {
  const places = new Int32Array(size + 1);
  for (const index of indices) {
    const vertex = vertexOf[index];
    if (vertex < 0 || vertex >= size) {
      throw new RangeError(`An edge leads to ${vertex}; there are vertices 0 to ${size - 1}.`);
    }
    places[vertex + 1] += 1;
  }
  for (let vertex = 0; vertex < size; vertex += 1) places[vertex + 1] += places[vertex];
  const sorted = new Int32Array(indices.length);
  for (const index of indices) {
    sorted[places[vertexOf[index]]] = index;
    places[vertexOf[index]] += 1;
  }
  return sorted;
}

/** A graph from edges in flat arrays: edge e joins `ends[2e]` and `ends[2e + 1]`. Takes the arrays over; checks them like `buildGraph`. */
export function graphFrom(size: number, ends: Int32Array, given: Weights): Graph {
  const isNarrow = check(size, ends, given) <= NARROW_MOST;
  const weights = isNarrow && given instanceof Float64Array ? Int32Array.from(given) : given;
  const first = new Int32Array(size + 1);
  for (let half = 0; half < ends.length; half += 1) first[ends[half] + 1] += 1;
  for (let vertex = 0; vertex < size; vertex += 1) first[vertex + 1] += first[vertex];
  const halves = new Int32Array(ends.length);
  const neighbours = new Int32Array(ends.length);
  const weightsAt = isNarrow ? new Int32Array(ends.length) : new Float64Array(ends.length);
  // the first place that is free at each vertex; once all are taken, it is the first one of the next vertex
  for (let half = 0; half < ends.length; half += 1) {
    const from = ends[half ^ 1];
    const at = first[from];
    halves[at] = half;
    neighbours[at] = ends[half];
    weightsAt[at] = weights[half >> 1];
    first[from] = at + 1;
  }
  first.copyWithin(1, 0, size);
  first[0] = 0;
  return { size, ends, weights, first, last: first.subarray(1), halves, neighbours, weightsAt };
}

/** Checks what `buildGraph` says. @returns the largest weight */
function check(size: number, ends: Int32Array, weights: Weights): number {
  let largest = 0;
  for (let e = 0; e < weights.length; e += 1) {
    const u = ends[2 * e];
    const v = ends[2 * e + 1];
    const w = weights[e];
    if (u < 0 || v < 0 || u >= size || v >= size) {
      throw new RangeError(`An edge joins ${u} and ${v}; there are vertices 0 to ${size - 1}.`);
    }
    if (u === v) throw new RangeError(`An edge joins ${u} with itself.`);
    if (!Number.isInteger(w) || w < 0) {
      throw new RangeError(`The weight of ${u} and ${v} is ${w}; it must be a whole number >= 0.`);
    }
    largest = Math.max(largest, w);
  }
  if (largest * Math.max(1, size) > SUM_MAX) {
    throw new RangeError(`Weights up to ${largest} on ${size} vertices are too large to be summed exactly.`);
  }
  return largest;
}
