/** A pair that may be taken: two different vertices, weight a whole number >= 0. */
export interface Edge {
  readonly u: number;
  readonly v: number;
  readonly w: number;
}

/**
 * An undirected weighted graph over the vertices 0 .. size - 1 in flat arrays.
 * Edge e has two halves, 2e and 2e + 1: `ends[p]` is the vertex that half p points to, `p ^ 1` the other half, `p >> 1` the edge.
 */
export interface Graph {
  readonly size: number;
  readonly ends: Int32Array;
  /** By edge. */
  readonly weights: Float64Array;
  /** Halves that point away from vertex v are `halves[first[v]]` up to `halves[first[v + 1] - 1]`. */
  readonly first: Int32Array;
  readonly halves: Int32Array;
  /** In the order of `halves`: the vertex pointed to, and the weight. What a loop over the edges of a vertex reads lies side by side. */
  readonly neighbours: Int32Array;
  readonly weightsAt: Float64Array;
}

/** The largest sum of weights that stays exact: sums are worked out four-fold in doubles. */
const SUM_MAX = Number.MAX_SAFE_INTEGER / 8;

/**
 * Builds a graph. The order in which edges come does not matter: they are sorted by u and v first.
 *
 * @throws RangeError for a vertex that is not there, a loop, a pair that comes twice, a weight that is not a whole number >= 0, or
 * weights so large that sums of them would not be exact
 */
export function buildGraph(size: number, edges: readonly Edge[]): Graph {
  const ordered = edges.map(({ u, v, w }) => (u < v ? { u, v, w } : { u: v, v: u, w }));
  ordered.sort((x, y) => x.u - y.u || x.v - y.v);
  const ends = new Int32Array(2 * ordered.length);
  const weights = new Float64Array(ordered.length);
  ordered.forEach((edge, e) => {
    const before = e > 0 ? ordered[e - 1] : undefined;
    if (before?.u === edge.u && before.v === edge.v) {
      throw new RangeError(`The pair of ${edge.u} and ${edge.v} comes twice.`);
    }
    ends[2 * e] = edge.u;
    ends[2 * e + 1] = edge.v;
    weights[e] = edge.w;
  });
  return graphFrom(size, ends, weights);
}

/** A graph from edges in flat arrays: edge e joins `ends[2e]` and `ends[2e + 1]`. Takes the arrays over; checks them like `buildGraph`. */
export function graphFrom(size: number, ends: Int32Array, weights: Float64Array): Graph {
  check(size, ends, weights);
  const first = new Int32Array(size + 1);
  for (const vertex of ends) first[vertex + 1] += 1;
  for (let vertex = 0; vertex < size; vertex += 1) first[vertex + 1] += first[vertex];
  const halves = new Int32Array(ends.length);
  const free = first.slice();
  for (let half = 0; half < ends.length; half += 1) {
    const from = ends[half ^ 1];
    halves[free[from]] = half;
    free[from] += 1;
  }
  const neighbours = halves.map((half) => ends[half]);
  const weightsAt = Float64Array.from(halves, (half) => weights[half >> 1]);
  return { size, ends, weights, first, halves, neighbours, weightsAt };
}

function check(size: number, ends: Int32Array, weights: Float64Array): void {
  let largest = 0;
  for (let e = 0; e < weights.length; e += 1) {
    const [u, v, w] = [ends[2 * e], ends[2 * e + 1], weights[e]];
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
}
