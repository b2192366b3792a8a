import blossom from 'edmonds-blossom';
import { readGraph } from './graph-file.ts';
import { timed, weigh } from './timed.ts';

/* peer-graph.ts FILE: the peer on one graph. Prints one line of JSON. */

/** What a run of the peer came to. */
export interface Peers {
  readonly total: number;
  readonly seconds: number;
}

function solve(path: string): Peers {
  const graph = readGraph(path);
  const edges = Array.from(graph.weights, (weight, edge): [number, number, number] => [
    graph.ends[2 * edge] ?? 0,
    graph.ends[2 * edge + 1] ?? 0,
    weight,
  ]);
  const { result, seconds } = timed(() => blossom(edges));
  return { total: weigh(graph, result), seconds };
}

process.stdout.write(`${JSON.stringify(solve(process.argv[2] ?? ''))}\n`);
