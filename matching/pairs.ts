import { askedOf, type Asked, type PairingOptions } from './assignment/asked.ts';
import { allRows, listedEdges } from './assignment/candidates.ts';
import { boundOf, FOLD } from './assignment/certificate.ts';
import { buildGraph, type Edge } from './assignment/graph.ts';
import { stableMatching, stableOverAll } from './assignment/greedy.ts';
import { heaviestOverAll, type Priced, type PricingProgress, type Rows } from './assignment/pricing.ts';
import { heaviestMatching } from './assignment/solve.ts';
import { ratio } from './fixed.ts';
import { byId, featuresById } from './pool.ts';
import type { Snapshot } from './refresh.ts';
import { scorePair } from './score.ts';
import { SCALE, type Pair, type SmeId } from './types.ts';

export type { PairingOptions } from './assignment/asked.ts';

/*
 * Problem: the best set of consortia, each SME in at most one: a maximum-weight matching in a general graph.
 * Method: assignment/solve.ts on the pairs of the lists; then, unless only these are asked for, assignment/pricing.ts until the prices
 * prove the optimum over all pairs that break no rule. Every result carries its prices, which verify.ts checks without trusting them.
 */

/** Why no better set exists: prices as in assignment/certificate.ts, scores being counted four-fold. */
export interface PairingProof {
  /** Added to the score of each pair; 0 unless the aim is 'everybody', and then above every total. */
  readonly bonus: number;
  /** By SME, sorted by id. */
  readonly prices: readonly number[];
  readonly sets: readonly {
    /** Index of the smallest set around it, -1 where there is none. */
    readonly around: number;
    readonly own: readonly SmeId[];
    readonly price: number;
  }[];
}

/** A set of consortia. */
export interface PairingResult {
  /** Sorted by score, best first, then by id. */
  readonly pairs: readonly Pair[];
  /** Sum of the scores. */
  readonly total: number;
  /** No set has a larger total (aim 'everybody': none with as many pairs). Proven by `proof`. */
  readonly bound: number;
  /** 'optimal' where the total equals the bound. */
  readonly status: 'optimal' | 'feasible';
  /** How far the total may be from the optimum at most: (bound - total) / bound, in units of 1/SCALE, rounded up. */
  readonly gap: number;
  /** What the bound speaks of: all pairs that break no rule, or those in somebody's list. */
  readonly over: 'all-pairs' | 'lists';
  /** What the aim costs: the largest total that there is, less this one. 0 for the aim 'total'. */
  readonly price: number;
  /** SMEs without a partner, sorted by id. */
  readonly alone: readonly SmeId[];
  /** The options in full. */
  readonly asked: Asked;
  readonly proof: PairingProof;
}

/** The pairs to choose from, and those that are settled already. */
interface Task {
  readonly snapshot: Snapshot;
  readonly asked: Asked;
  readonly size: number;
  readonly edges: readonly Edge[];
  /** null: the edges are all there is. */
  readonly rows: Rows | null;
}

function* taskOf(snapshot: Snapshot, options: PairingOptions): Generator<PricingProgress, Task, void> {
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

function* solve({ size, edges, rows }: Task, bonus: number): Generator<PricingProgress, Priced, void> {
  if (rows !== null) return yield* heaviestOverAll({ size, edges, rows, bonus });
  const raised = edges.map(({ u, v, w }) => ({ u, v, w: w + bonus }));
  const graph = buildGraph(size, raised);
  return { graph, matching: heaviestMatching(graph) };
}

/** Proposes a set of consortia; a generator, so that the caller can pause it, report, or give it up. */
export function* pairing(
  snapshot: Snapshot,
  options: PairingOptions = {},
): Generator<PricingProgress, PairingResult, void> {
  const task = yield* taskOf(snapshot, options);
  const heaviest = yield* solve(task, 0);
  if (task.asked.aim === 'everybody') {
    // above every total, so that one pair more always counts more than heavier ones
    const bonus = heaviest.matching.total + 1;
    const most = yield* solve(task, bonus);
    return resultOf(task, { ...most, mates: most.matching.mates, bonus }, heaviest.matching.total);
  }
  const mates = task.asked.aim === 'total' ? heaviest.matching.mates : yield* stable(task);
  return resultOf(task, { ...heaviest, mates, bonus: 0 }, heaviest.matching.total);
}

function* stable({ edges, rows, size }: Task): Generator<PricingProgress, Int32Array, void> {
  return rows === null ? stableMatching(buildGraph(size, edges)) : yield* stableOverAll(size, edges, rows);
}

interface Chosen extends Priced {
  readonly mates: Int32Array;
  readonly bonus: number;
}

function resultOf(task: Task, { matching, mates, bonus }: Chosen, largest: number): PairingResult {
  const { asked, snapshot } = task;
  const { features } = snapshot.pool;
  const id = (position: number): SmeId => features[position].prepared.profile.id;
  const scored = (a: SmeId, b: SmeId): Pair => ({ a, b, score: scoreOf(snapshot, a, b) });
  const pinned = asked.pinned.map(([a, b]) => scored(a, b));
  const found = [...mates].flatMap((mate, own) => (mate > own ? [scored(id(own), id(mate))] : []));
  const total = sum(found);
  const { certificate } = matching;
  const bound = Math.floor(boundOf(certificate) / FOLD) - bonus * found.length;
  const settled = sum(pinned);
  const pairs = [...pinned, ...found].sort((x, y) => y.score - x.score || byId(x.a, y.a));
  const paired = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  return {
    pairs,
    total: total + settled,
    bound: bound + settled,
    status: total === bound ? 'optimal' : 'feasible',
    gap: bound + settled === 0 ? 0 : SCALE - ratio(total + settled, bound + settled),
    over: asked.over,
    price: largest - total,
    alone: features.map((_, position) => id(position)).filter((sme) => !paired.has(sme)),
    asked,
    proof: {
      bonus,
      prices: [...certificate.prices],
      sets: certificate.sets.map(({ around, own, price }) => ({ around, own: own.map(id), price })),
    },
  };
}

const sum = (pairs: readonly Pair[]): number => pairs.reduce((total, { score }) => total + score, 0);

function scoreOf({ pool, model }: Snapshot, a: SmeId, b: SmeId): number {
  const [one, other] = [featuresById(pool, a), featuresById(pool, b)];
  if (!one || !other) throw new RangeError(`${a} or ${b} is not in the pool.`);
  return scorePair(one, other, model).score;
}
