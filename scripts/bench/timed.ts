import type { Graph } from '../../matching/assignment/graph.ts';

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs something, and says what came out and how many seconds of processor time it took. */
export function timed<Result>(work: () => Result): { result: Result; seconds: number } {
  const began = cpuSeconds();
  const result = work();
  return { result, seconds: cpuSeconds() - began };
}

/** Sum of the weights of the edges that a matching takes. */
export function weigh({ ends, weights }: Graph, mates: ArrayLike<number>): number {
  let total = 0;
  weights.forEach((weight, edge) => {
    if (mates[ends[2 * edge] ?? 0] === ends[2 * edge + 1]) total += weight;
  });
  return total;
}
