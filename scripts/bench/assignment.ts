import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { seededRandom } from '../demo/random.ts';
import { writeGraph } from './graph-file.ts';
import { FAMILIES } from './graphs.ts';
import type { Peers } from './peer-graph.ts';
import type { BenchResult, BenchRow } from './result.ts';
import type { Ours } from './solve-graph.ts';

/** One graph to measure on. */
export interface AssignmentCase {
  /** Name of a family in `graphs.ts`. */
  readonly family: keyof typeof FAMILIES;
  readonly size: number;
  readonly degree: number;
}

/** What to measure. */
export interface AssignmentOptions {
  /** Only the graphs with one of these numbers of vertices. [all] */
  readonly sizes?: readonly number[];
  /** Only the graphs whose name, such as `smes-1000-20`, matches. [all] */
  readonly graphs?: RegExp;
  /** Folder to leave the graphs and their optima in. [none] */
  readonly dump?: string;
  /** [CASES] */
  readonly cases?: readonly AssignmentCase[];
  /** Seed of the generator. [1] */
  readonly seed?: number;
  /** Seconds after which the peer is stopped on a graph, and never started on a larger one of the family. [60] */
  readonly peerSeconds?: number;
  /** Runs of ours on each graph after the first; the median counts. [5] */
  readonly runs?: number;
}

/** Suggestion lists of 20 and 50 partners, all pairs of 1,000, and the families that are hard for a search. */
export const CASES: readonly AssignmentCase[] = [
  { family: 'smes', size: 1000, degree: 20 },
  { family: 'smes', size: 1000, degree: 50 },
  { family: 'smes', size: 1000, degree: 999 },
  ...[5000, 10_000, 50_000].flatMap((size): AssignmentCase[] => [
    { family: 'smes', size, degree: 20 },
    { family: 'smes', size, degree: 50 },
  ]),
  // at 1,000 the peer comes to an end on these
  ...[1000, 10_000, 50_000].flatMap((size): AssignmentCase[] => [
    { family: 'random', size, degree: 20 },
    { family: 'plane', size, degree: 10 },
    { family: 'clusters', size, degree: 10 },
    { family: 'triangles', size, degree: 2 },
    { family: 'fewWeights', size, degree: 20 },
  ]),
];

const nameOf = ({ family, size, degree }: AssignmentCase): string => `${family}-${size}-${degree}`;

/**
 * The engine's side as one plain script in a folder, so that what its process takes is the engine's, not that of a loader of TypeScript.
 *
 * @returns its path
 */
async function bundled(folder: string): Promise<string> {
  await build({
    configFile: false,
    logLevel: 'silent',
    build: {
      ssr: fileURLToPath(new URL('./solve-graph.ts', import.meta.url)),
      outDir: folder,
      emptyOutDir: false,
      minify: false,
      rolldownOptions: { output: { entryFileNames: '[name].mjs' } },
    },
  });
  return join(folder, 'solve-graph.mjs');
}

/** Runs a script in a process of its own; null where it was stopped at the limit. */
function lineOf(args: readonly string[], limitSeconds: number): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    let [text, late] = ['', false];
    child.stdout.on('data', (piece: Buffer) => {
      text += piece.toString('utf8');
    });
    const timer = setTimeout(() => {
      late = true;
      child.kill('SIGKILL');
    }, limitSeconds * 1000);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(timer);
      if (late) resolve(null);
      else if (code === 0) resolve(JSON.parse(text));
      else reject(new Error(`${args.join(' ')} ended with code ${code ?? 'none'}.`));
    });
  });
}

const PEER = fileURLToPath(new URL('./peer-graph.ts', import.meta.url));
/** Far beyond what any graph here takes: a run that hangs ends. */
const OUR_LIMIT_SECONDS = 600;

function rowOf(given: AssignmentCase, ours: Ours, peer: Peers | null, peerSeconds: number): BenchRow {
  return {
    what: `${given.family}, ${given.size} vertices, degree ${given.degree}, ${ours.edges} edges`,
    oursSeconds: ours.seconds,
    peerSeconds: peer?.seconds ?? peerSeconds,
    peerIs: peer === null ? 'capped' : 'measured',
    sameResult: peer === null ? null : ours.proven && peer.total === ours.total,
    figures: {
      size: given.size,
      edges: ours.edges,
      optimum: ours.total,
      proven: ours.proven ? 1 : 0,
      firstRunSeconds: ours.firstSeconds,
      peakMegabytes: ours.peakMegabytes,
      megabytesAtStart: ours.startMegabytes,
      setsInProof: ours.setsInProof,
      greedyLosesPercent: ours.greedyLosesPercent,
    },
  };
}

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function progressLine({ what, oursSeconds, peerSeconds, peerIs, sameResult }: BenchRow): string {
  const peer = `${peerIs === 'capped' ? 'more than ' : ''}${peerSeconds.toFixed(2)} s`;
  const same = sameResult === null ? '' : sameResult ? ', same result' : ', ANOTHER RESULT';
  return `${oursSeconds.toFixed(3)} s, peer ${peer}${same}  ${what}`;
}

/** Lets the peer run only where it may come to an end in time. */
class PeerRuns {
  readonly #limitSeconds: number;
  /** Of each family, the seconds for each vertex and edge on the last graph where the peer ended; Infinity once it did not. */
  readonly #pace = new Map<AssignmentCase['family'], number>();

  constructor(limitSeconds: number) {
    this.#limitSeconds = limitSeconds;
  }

  /** What the peer comes to on a graph; null where it does not end in time, or is not started as it would not. */
  async run({ family, size }: AssignmentCase, edges: number, path: string): Promise<Peers | null> {
    // as many searches as vertices, each along all edges: measured, it takes longer than in proportion to both
    const work = size * edges;
    if ((this.#pace.get(family) ?? 0) * work > this.#limitSeconds) return null;
    const peer = (await lineOf(['--import', 'tsx', PEER, path], this.#limitSeconds)) as Peers | null;
    this.#pace.set(family, peer === null ? Infinity : peer.seconds / work);
    return peer;
  }
}

/** The graphs that were asked for. @throws RangeError where there are none */
function chosenCases({ cases = CASES, sizes, graphs }: AssignmentOptions): AssignmentCase[] {
  const chosen = cases.filter(
    (given) => (sizes?.includes(given.size) ?? true) && (graphs?.test(nameOf(given)) ?? true),
  );
  if (chosen.length > 0) return chosen;
  throw new RangeError(`There is no such graph; there are ${cases.map(nameOf).join(', ')}.`);
}

/** The heaviest matching of generated graphs, each result proven, beside a peer; each run in a process of its own. */
export async function benchAssignment(options: AssignmentOptions = {}): Promise<BenchResult> {
  const { dump, seed = 1, peerSeconds = 60, runs = 5 } = options;
  const cases = chosenCases(options);
  const work = mkdtempSync(join(tmpdir(), 'tandem-assignment-'));
  const folder = dump ?? work;
  mkdirSync(folder, { recursive: true });
  const rows: BenchRow[] = [];
  const optima: Record<string, number> = {};
  const peers = new PeerRuns(peerSeconds);
  say(
    `${cases.length} graphs, some ten seconds each; the peer gets ${peerSeconds} s on a graph, and is not started where a smaller one of the family shows that it would not end by then.`,
  );
  try {
    const script = await bundled(work);
    for (const given of cases) {
      const name = `${nameOf(given)}.txt`;
      const path = join(folder, name);
      writeGraph(path, FAMILIES[given.family](given.size, given.degree, seededRandom(seed)));
      // both scripts are ours, and print what their types say
      const ours = (await lineOf([script, path, String(runs)], OUR_LIMIT_SECONDS)) as Ours | null;
      if (ours === null) throw new Error(`${name} took more than ${OUR_LIMIT_SECONDS} seconds.`);
      const row = rowOf(given, ours, await peers.run(given, ours.edges, path), peerSeconds);
      rows.push(row);
      say(`${String(rows.length).padStart(3)}/${cases.length}  ${progressLine(row)}`);
      optima[name] = ours.total;
      if (dump === undefined) rmSync(path);
    }
    if (dump !== undefined) writeFileSync(join(dump, 'optima.json'), `${JSON.stringify(optima, null, 2)}\n`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return {
    name: 'assignment',
    peer: 'edmonds-blossom 1.0.0 from npm',
    rows,
    notes: [
      `Seconds of processor time; ours is the median of ${runs} runs after the first one, which is shown as firstRunSeconds.`,
      'The same result: equal totals, and ours proven by its certificate (proven: 1 where that holds, peer or no peer).',
      'Memory: resident megabytes of a bare Node process, before the graph is read and at the peak of reading and solving it once.',
      `capped: the peer did not end within ${peerSeconds} s by the clock on this graph or on a smaller one of the family, or took so long on a smaller one that it would not, were its time to grow only with vertices times edges; the ratio is a lower bound.`,
      ...(dump === undefined ? [] : [`The graphs are in ${dump}, their optima in optima.json there.`]),
    ],
  };
}
