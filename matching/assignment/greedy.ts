import type { Graph } from './graph.ts';

/** Stands for 'no mate'. */
export const FREE = -1;

/**
 * Takes edges by falling weight. As a weight is the same for both ends this is the stable matching: no two vertices would
 * rather have each other (ties by u and v). At least half of the optimum.
 */
export function greedy({ size, edges }: Graph): Int32Array {
  const mates = new Int32Array(size).fill(FREE);
  for (const { u, v } of edges) {
    if (mates[u] !== FREE || mates[v] !== FREE) continue;
    mates[u] = v;
    mates[v] = u;
  }
  return mates;
}
