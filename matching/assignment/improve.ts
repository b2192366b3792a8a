import { across, type Edge, type Graph } from './graph.ts';
import { FREE } from './greedy.ts';

/** Passes over all edges; each but the last one improves the total. */
const MOST_PASSES = 100;

/** Weight of the pair that a vertex is in, 0 where it has none. */
const weightAt = ({ at }: Graph, mates: Int32Array, vertex: number): number => {
  if (mates[vertex] === FREE) return 0;
  return at[vertex].find((edge) => across(edge, vertex) === mates[vertex])?.w ?? 0;
};

/** Heaviest edge from a vertex to a free one, but for those that are spoken for. */
const bestFree = (
  { at }: Graph,
  mates: Int32Array,
  vertex: number,
  spoken: readonly number[],
): Edge | undefined =>
  vertex === FREE
    ? undefined
    : at[vertex].find((edge) => {
        const other = across(edge, vertex);
        return mates[other] === FREE && !spoken.includes(other);
      });

/** What the two who lose their partner can take instead: each other, or somebody free each. */
function consolation(graph: Graph, mates: Int32Array, edge: Edge): Edge[] {
  const [one, other] = [mates[edge.u], mates[edge.v]];
  const each =
    one === FREE || other === FREE ? undefined : graph.at[one].find((found) => across(found, one) === other);
  const first = bestFree(graph, mates, one, [edge.u, edge.v]);
  const second = bestFree(graph, mates, other, [edge.u, edge.v, first ? across(first, one) : FREE]);
  const free = [first, second].filter((found) => found !== undefined);
  const sum = free.reduce((total, { w }) => total + w, 0);
  return each && each.w >= sum ? [each] : free;
}

/** Takes an edge in where that raises the total; says whether it did. */
function exchange(graph: Graph, mates: Int32Array, edge: Edge): boolean {
  const { u, v, w } = edge;
  if (mates[u] === v) return false;
  const lost = weightAt(graph, mates, u) + weightAt(graph, mates, v);
  const taken = consolation(graph, mates, edge);
  if (w + taken.reduce((sum, one) => sum + one.w, 0) <= lost) return false;
  for (const vertex of [mates[u], mates[v]]) if (vertex !== FREE) mates[vertex] = FREE;
  for (const one of [edge, ...taken]) {
    mates[one.u] = one.v;
    mates[one.v] = one.u;
  }
  return true;
}

/**
 * Raises the total of a matching by exchanges until none is left that helps: one pair in, at most two out, at most two in for
 * those who were left. Deterministic; a new array comes back.
 */
export function improve(graph: Graph, from: Int32Array): Int32Array {
  const mates = from.slice();
  for (let pass = 0; pass < MOST_PASSES; pass += 1) {
    let better = false;
    for (const edge of graph.edges) better = exchange(graph, mates, edge) || better;
    if (!better) break;
  }
  return mates;
}
