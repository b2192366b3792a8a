import { existsSync, readFileSync } from 'node:fs';
import { boundOf, checkCertificate, FOLD } from '../../matching/assignment/certificate.ts';
import { stableMatching } from '../../matching/assignment/greedy.ts';
import { heaviestMatching } from '../../matching/assignment/solve.ts';
import { readGraph } from './graph-file.ts';
import { median } from './result.ts';
import { timed, weigh } from './timed.ts';

/*
 * solve-graph.ts FILE RUNS: a process of its own for each graph, so that its peak of memory is that of this graph and this solver.
 * Prints one line of JSON.
 */

/** What a run of ours came to. */
export interface Ours {
  readonly total: number;
  readonly edges: number;
  /** The certificate holds, and proves the total. */
  readonly proven: boolean;
  /** Processor time of the first run, before the code is compiled, and of the middle one of those after it. */
  readonly firstSeconds: number;
  readonly seconds: number;
  /** Resident memory before the graph is read, and its peak up to the end of the first run. */
  readonly startMegabytes: number;
  readonly peakMegabytes: number;
  readonly setsInProof: number;
  /** What taking edges by falling weight loses. */
  readonly greedyLosesPercent: number;
}

/** Highest resident memory of this process so far. On Linux from the kernel: `maxRSS` counts the parent's at the start too. */
function peakNow(): number {
  const status = existsSync('/proc/self/status') ? readFileSync('/proc/self/status', 'utf8') : '';
  const kilobytes = Number(/^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1] ?? process.resourceUsage().maxRSS);
  return kilobytes / 2 ** 10;
}

function solve(path: string, runs: number): Ours {
  const startMegabytes = process.memoryUsage().rss / 2 ** 20;
  const graph = readGraph(path);
  const first = timed(() => heaviestMatching(graph));
  const peakMegabytes = peakNow();
  const rest = Array.from({ length: runs }, () => timed(() => heaviestMatching(graph)).seconds);
  const { total, certificate, mates } = first.result;
  const { faults } = checkCertificate(graph, certificate);
  return {
    total,
    edges: graph.weights.length,
    proven: faults.length === 0 && boundOf(certificate) === FOLD * total && weigh(graph, mates) === total,
    firstSeconds: first.seconds,
    seconds: median(rest),
    startMegabytes,
    peakMegabytes,
    setsInProof: certificate.sets.length,
    greedyLosesPercent: (100 * (total - weigh(graph, stableMatching(graph)))) / total,
  };
}

const [path = '', runs = '5'] = process.argv.slice(2);
process.stdout.write(`${JSON.stringify(solve(path, Number(runs)))}\n`);
