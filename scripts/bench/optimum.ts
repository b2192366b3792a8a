import { buildGraph, type Edge } from '../../matching/assignment/graph.ts';
import { heaviestMatching } from '../../matching/assignment/solve.ts';
import { MatchingIndex } from '../../matching/index.ts';
import { refusals } from '../../matching/rules.ts';
import { scorePair } from '../../matching/score.ts';
import type { Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { syntheticPool } from './pool.ts';
import type { BenchResult, BenchRow } from './result.ts';
import { readAll, type SuggestionsOptions } from './suggestions.ts';
import { timed } from './timed.ts';

const SIZES = [1_000, 10_000];
/** Larger pools are scored in part: the loop over them is worked out, and their complete graph, of which nobody has the memory, is left out. */
const WHOLE_UP_TO = 2_000;
const ROWS = 40;

/** The plain way: every pair scored, then all of them in one graph for the same solver. */
function plainly(
  profiles: readonly Profile[],
  options: SuggestionsOptions,
): { seconds: number; total: number | null } {
  const { pool, model } = readAll(profiles, options);
  const { features } = pool;
  const size = features.length;
  const rows = size <= WHOLE_UP_TO ? size : ROWS;
  const edges: Edge[] = [];
  let looked = 0;
  const scoring = timed(() => {
    for (let u = 0; u < rows; u += 1) {
      for (let v = u + 1; v < size; v += 1) {
        looked += 1;
        const [one, other] = [features[u], features[v]];
        if (!one || !other) continue;
        if (refusals(one.prepared.profile, other.prepared.profile, model.call).length > 0) continue;
        edges.push({ u, v, w: scorePair(one, other, model).score });
      }
    }
  });
  if (rows < size) return { seconds: (scoring.seconds * (size * (size - 1))) / 2 / looked, total: null };
  const solving = timed(() => heaviestMatching(buildGraph(size, edges)).total);
  return { seconds: scoring.seconds + solving.seconds, total: solving.result };
}

/** The best set of pairs over all pairs that break no rule, from an index whose lists are there, with its proof. */
export function benchOptimum(options: SuggestionsOptions): BenchResult {
  const rows = (options.sizes ?? SIZES).map((size): BenchRow => {
    const profiles = [...syntheticPool(options, size)];
    const { taxonomy, call } = options;
    const index = new MatchingIndex({ taxonomy, call, weights: DEFAULT_WEIGHTS });
    index.upsert(profiles);
    for (const _ of index.refresh());
    const ours = timed(() => index.pairs({ aim: 'total', over: 'all-pairs' }));
    const verified = timed(() => index.verify(ours.result));
    const peer = plainly(profiles, options);
    const isProven = ours.result.status === 'optimal' && verified.result.length === 0;
    return {
      what: `${size} synthetic SMEs, ${(size * (size - 1)) / 2} pairs`,
      oursSeconds: ours.seconds,
      peerSeconds: peer.seconds,
      peerIs: peer.total === null ? 'extrapolated' : 'measured',
      sameResult: isProven && (peer.total === null || peer.total === ours.result.total),
      figures: { pairs: ours.result.pairs.length, verifySeconds: verified.seconds },
    };
  });
  return {
    name: 'optimum',
    peer: 'every pair scored in a plain loop, and all of them in one graph for the same solver',
    rows,
    notes: [
      'Where the peer is extrapolated, its solver is left out, and same result means that the proof of the optimum over all pairs was checked.',
    ],
  };
}
