import { Blossoms } from '../../matching/assignment/blossoms.ts';
import { boundOf, checkCertificate, FOLD } from '../../matching/assignment/certificate.ts';
import { Forest } from '../../matching/assignment/forest.ts';
import type { Graph } from '../../matching/assignment/graph.ts';
import { stableMatching } from '../../matching/assignment/greedy.ts';
import { Search } from '../../matching/assignment/search.ts';
import { heaviestMatching } from '../../matching/assignment/solve.ts';
import { plainStart } from '../../matching/assignment/start.ts';
import { seededRandom } from '../demo/random.ts';
import { FAMILIES } from './graphs.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

/** Another solver of the same problem. */
export interface Peer {
  /** What it is, in words. */
  readonly name: string;
  /** Total weight of a heaviest matching. */
  readonly solve: (graph: Graph) => number;
}

/** One graph to measure on. */
export interface AssignmentCase {
  /** Name of a family in `graphs.ts`. */
  readonly family: keyof typeof FAMILIES;
  readonly size: number;
  readonly degree: number;
}

/** What to measure. */
export interface AssignmentOptions {
  /** [suggestion lists at 1,000 and 5,000 x 20, and the hard families at 10,000] */
  readonly cases?: readonly AssignmentCase[];
  /** Seed of the generator. [1] */
  readonly seed?: number;
  /** [our own search, started from nothing] */
  readonly peer?: Peer;
  /** Runs of ours on each graph; the median counts, the first is shown too. [5] */
  readonly runs?: number;
}

const CASES: readonly AssignmentCase[] = [
  { family: 'smes', size: 1000, degree: 20 },
  { family: 'smes', size: 5000, degree: 20 },
  { family: 'random', size: 10_000, degree: 20 },
  { family: 'plane', size: 10_000, degree: 10 },
  { family: 'clusters', size: 10_000, degree: 10 },
  { family: 'triangles', size: 10_000, degree: 2 },
  { family: 'fewWeights', size: 10_000, degree: 20 },
];

/** Our search without the bids before it: what these are worth. Any solver from elsewhere can take its place. */
export const PLAIN_SEARCH: Peer = {
  name: 'the same search without the bids before it',
  solve(graph) {
    const { prices, mates } = plainStart(graph);
    const blossoms = new Blossoms(graph, mates);
    new Search(new Forest(blossoms, prices)).run();
    return totalOf(graph, (vertex) => (mates[vertex] ?? -1) >> 1);
  },
};

/** Sum of the weights of edges, each named by both of its vertices; a negative number names none. */
function totalOf({ size, weights }: Graph, edgeAt: (vertex: number) => number): number {
  let twice = 0;
  for (let vertex = 0; vertex < size; vertex += 1) twice += weights[edgeAt(vertex)] ?? 0;
  return twice / 2;
}

const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Runs something, and says what came out and how many seconds of processor time it took. */
function timed<Result>(work: () => Result): { result: Result; seconds: number } {
  const began = cpuSeconds();
  const result = work();
  return { result, seconds: cpuSeconds() - began };
}

/** What taking edges by falling weight loses against the optimum, in percent. */
function greedyLoses(graph: Graph, optimum: number): number {
  const mates = stableMatching(graph);
  let total = 0;
  graph.weights.forEach((weight, edge) => {
    if (mates[graph.ends[2 * edge] ?? 0] === graph.ends[2 * edge + 1]) total += weight;
  });
  return (100 * (optimum - total)) / optimum;
}

function measure(given: AssignmentCase, { seed, peer, runs }: Required<AssignmentOptions>): BenchRow {
  const graph = FAMILIES[given.family](given.size, given.degree, seededRandom(seed));
  const first = timed(() => heaviestMatching(graph));
  const rest = Array.from({ length: runs }, () => timed(() => heaviestMatching(graph)).seconds);
  const { total, certificate } = first.result;
  const { faults } = checkCertificate(graph, certificate);
  const proven = faults.length === 0 && boundOf(certificate) === FOLD * total;
  const other = timed(() => peer.solve(graph));
  return {
    what: `${given.family}, ${given.size} vertices, ${graph.weights.length} edges`,
    oursSeconds: median(rest),
    peerSeconds: other.seconds,
    peerIs: 'measured',
    sameResult: proven && other.result === total,
    figures: {
      firstRunSeconds: first.seconds,
      setsInProof: certificate.sets.length,
      greedyLosesPercent: greedyLoses(graph, total),
    },
  };
}

/** The heaviest matching of generated graphs, each result proven, beside a peer. */
export function benchAssignment(options: AssignmentOptions = {}): Promise<BenchResult> {
  const { cases = CASES, seed = 1, peer = PLAIN_SEARCH, runs = 5 } = options;
  return Promise.resolve({
    name: 'assignment',
    peer: peer.name,
    rows: cases.map((given) => measure(given, { cases, seed, peer, runs })),
    notes: [
      `Seconds of processor time; ours is the median of ${runs} runs after the first one, which is shown as firstRunSeconds.`,
      'The same result: equal totals, and ours proven by its certificate.',
    ],
  });
}
