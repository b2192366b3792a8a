import { NONE } from './blossoms.ts';
import { buildGraph, type Edge, type Graph } from './graph.ts';
import type { PricingProgress, Rows } from './lacking.ts';

/**
 * Takes edges by falling weight, then by u and v. As a weight is the same for both ends this is the stable matching: no two vertices
 * would rather have each other. At least half of the optimum.
 *
 * @returns the mate of each vertex; NONE where it has none
 */
export function stableMatching({ size, ends, weights }: Graph): Int32Array {
  const order = Int32Array.from(weights.keys()).sort((x, y) => weights[y] - weights[x] || x - y);
  const mates = new Int32Array(size).fill(NONE);
  for (const edge of order) {
    const [u, v] = [ends[2 * edge], ends[2 * edge + 1]];
    if (mates[u] !== NONE || mates[v] !== NONE) continue;
    mates[u] = v;
    mates[v] = u;
  }
  return mates;
}

/** Rows that are looked through between two pauses. */
const BLOCK = 32;

/** A stable matching over all edges of a dense graph, starting from a few: adds those that would upset it until there are none. */
export function* stableOverAll(
  size: number,
  edges: readonly Edge[],
  rows: Rows,
): Generator<PricingProgress, Int32Array, void> {
  const all = [...edges];
  for (;;) {
    const graph = buildGraph(size, all);
    const mates = stableMatching(graph);
    const upsetting = yield* upsettingEdges(size, rows, weightsAt(graph, mates));
    if (upsetting.length === 0) return mates;
    for (const edge of upsetting) all.push(edge);
  }
}

/** Weight of the edge that each vertex is matched by; NONE where it has no mate. */
function weightsAt({ size, ends, weights }: Graph, mates: Int32Array): Int32Array {
  const own = new Int32Array(size).fill(NONE);
  weights.forEach((weight, edge) => {
    const [u, v] = [ends[2 * edge], ends[2 * edge + 1]];
    if (mates[u] === v) own[u] = own[v] = weight;
  });
  return own;
}

/**
 * Edges whose two ends would both rather have each other than what they have.
 *
 * @param own weight of the edge that each vertex is matched by; below 0 where it has no mate
 */
export function* upsettingEdges(
  size: number,
  rows: Rows,
  own: Int32Array,
): Generator<PricingProgress, Edge[], void> {
  const found: Edge[] = [];
  for (let u = 0; u < size; u += 1) {
    const row = rows.row(u, own);
    for (let v = u + 1; v < size; v += 1)
      if (row[v] > own[u] && row[v] > own[v]) found.push({ u, v, w: row[v] });
    if (u % BLOCK === 0) yield { done: u, total: size };
  }
  return found;
}
