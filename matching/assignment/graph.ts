/** A pair that may be taken: u < v, weight a whole number >= 0. */
export interface Edge {
  readonly u: number;
  readonly v: number;
  readonly w: number;
}

/** An undirected graph over 0 .. size - 1, with its edges sorted by falling weight, then by u and v. */
export interface Graph {
  readonly size: number;
  readonly edges: readonly Edge[];
  /** Edges of each vertex, heaviest first. */
  readonly at: readonly (readonly Edge[])[];
}

/** Sorts the edges, so that the order in which they come does not matter. Each pair at most once. */
export function buildGraph(size: number, edges: readonly Edge[]): Graph {
  const sorted = [...edges].sort((x, y) => y.w - x.w || x.u - y.u || x.v - y.v);
  const at: Edge[][] = Array.from({ length: size }, () => []);
  for (const edge of sorted) {
    at[edge.u].push(edge);
    at[edge.v].push(edge);
  }
  return { size, edges: sorted, at };
}

/** The other end of an edge. */
export const across = ({ u, v }: Edge, vertex: number): number => (vertex === u ? v : u);
