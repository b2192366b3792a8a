import { askedOf, type Asked, type PairingOptions } from './asked.ts';
import { allRows, listedEdges } from './candidates.ts';
import { buildGraph, type Edge } from './graph.ts';
import type { PricingProgress, Rows } from './lacking.ts';
import { heaviestOverAll, type Priced } from './pricing.ts';
import { heaviestMatching } from './solve.ts';
import { never, type Stop } from './stop.ts';
import type { Snapshot } from '../refresh.ts';

/** The pairs to choose from, and those that are settled already. */
export interface Task {
  readonly snapshot: Snapshot;
  readonly asked: Asked;
  readonly size: number;
  readonly edges: readonly Edge[];
  /** null: the edges are all there is. */
  readonly rows: Rows | null;
}

/** Looks up what may be chosen from. @throws RangeError as `askedOf` does */
export function* taskOf(snapshot: Snapshot, options: PairingOptions): Generator<PricingProgress, Task, void> {
  const { pool, model } = snapshot;
  const asked = askedOf(options, pool, model.call);
  const size = pool.features.length;
  const task = { snapshot, asked, size, edges: listedEdges(snapshot, asked) };
  if (asked.over === 'lists') return { ...task, rows: null };
  const build = allRows(snapshot, asked);
  let step = build.next();
  while (step.done !== true) {
    yield { done: 0, total: size };
    step = build.next();
  }
  return { ...task, rows: step.value };
}

/** The heaviest set of pairs, each of which weighs so much more; once `stop` says yes, the best found by then, with a bound. */
export function* solveTask(
  { size, edges, rows }: Task,
  bonus: number,
  stop: Stop = never,
): Generator<PricingProgress, Priced, void> {
  if (rows !== null) return yield* heaviestOverAll({ size, edges, rows, bonus }, stop);
  const raised = edges.map(({ u, v, w }) => ({ u, v, w: w + bonus }));
  const graph = buildGraph(size, raised);
  return { graph, matching: heaviestMatching(graph, undefined, stop) };
}

/**
 * The same task with other weights: whole numbers >= 0, or below 0 for a pair that is not to be taken. Keeps nothing of the rows, which may
 * be scored anew each time.
 */
export function reweighed(task: Task, weigh: (score: number) => number): Task {
  const { edges, rows, size } = task;
  // what may be left out of a row is told in scores, which are not weights any more: nothing is left out
  const floors = new Int32Array(size);
  return {
    ...task,
    edges: edges.map(({ u, v, w }) => ({ u, v, w: weigh(w) })).filter(({ w }) => w >= 0),
    rows: rows && { row: (own) => rows.row(own, floors).map((score) => (score < 0 ? score : weigh(score))) },
  };
}
