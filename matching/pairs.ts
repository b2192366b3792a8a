import type { Asked, PairingOptions } from './assignment/asked.ts';
import { boundOf, FOLD, type Certificate } from './assignment/certificate.ts';
import { buildGraph } from './assignment/graph.ts';
import { stableMatching, stableOverAll } from './assignment/greedy.ts';
import type { PricingProgress } from './assignment/lacking.ts';
import { limitOf, never, type Limit, type Stop } from './assignment/stop.ts';
import { reweighed, solveTask, taskOf, type Task } from './assignment/task.ts';
import { highestMinimum, type Floor } from './fairness/minimum.ts';
import { welfareOf } from './fairness/welfare.ts';
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
  /**
   * Added to the weight of each pair; 0 for the aims 'total' and 'stable' and where a run was stopped, above every sum of weights for the
   * others.
   */
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
  /**
   * Proven by `proof`: no set has a larger total; with the aims 'everybody' and 'minimum', none that has as many pairs (and none of them
   * below the minimum). With the aim 'proportional' the total itself: proven is that no set with as many pairs has a larger welfare.
   * Where a run was stopped: no set at all has a larger total, whatever the aim.
   */
  readonly bound: number;
  /** 'optimal' where the total equals the bound, and nothing of what the aim asks for was left open. */
  readonly status: 'optimal' | 'feasible';
  /** Whether a time limit ended the run. Only then may the same question have another answer another time. */
  readonly stopped: boolean;
  /** How far the total may be from the optimum at most: (bound - total) / bound, in units of 1/SCALE, rounded up. */
  readonly gap: number;
  /** What the bound speaks of: all pairs that break no rule, or those in somebody's list. */
  readonly over: 'all-pairs' | 'lists';
  /** What the aim costs: the largest total that there is, less this one; at most, where the run was stopped. 0 for the aim 'total'. */
  readonly price: number;
  /** SMEs without a partner, sorted by id. */
  readonly alone: readonly SmeId[];
  /** The options in full. */
  readonly asked: Asked;
  readonly proof: PairingProof;
  /** Aim 'minimum': the score that no pair is below, and why it cannot be higher; null for other aims, where there is no pair, and where the run was stopped. */
  readonly floor: FloorProof | null;
}

/** Why the lowest score of a set with as many pairs as can be had cannot be higher. Pinned pairs do not count. */
export interface FloorProof {
  readonly score: number;
  /** No set has more pairs. */
  readonly most: PairingProof;
  /** Every set of pairs that are all above `score` has fewer. */
  readonly above: PairingProof;
}

/**
 * Proposes a set of consortia; a generator, so that the caller can pause it, report, or give it up.
 *
 * @param stop asked every few milliseconds of a search; once it says yes, the result is the best set found so far, with how far its total
 * may be from the largest one. All pairs are then gone through once more, so that this bound is proven.
 */
export function* pairing(
  snapshot: Snapshot,
  options: PairingOptions = {},
  stop: Stop = never,
): Generator<PricingProgress, PairingResult, void> {
  const task = yield* taskOf(snapshot, options);
  const limit = limitOf(stop);
  const { matching } = yield* solveTask(task, 0, limit.isOver);
  const heaviest = { ...matching, bonus: 0, floor: null };
  const chosen = yield* chosenBy(task, heaviest, limit);
  const largest = boundFor(heaviest, 0);
  if (!limit.wasOver()) return resultOf(task, chosen, { largest, stopped: false });
  const isFewer = isCounted(task.asked) && pairsIn(chosen) < pairsIn(heaviest);
  const { mates } = isFewer ? heaviest : chosen;
  return resultOf(task, { ...heaviest, mates }, { largest, stopped: true });
}

const pairsIn = ({ mates }: Chosen): number => mates.filter((mate) => mate >= 0).length / 2;

/** The set that the aim asks for, from the heaviest one; where the limit is over, what was found of it, which proves nothing. */
function* chosenBy(task: Task, heaviest: Chosen, limit: Limit): Generator<PricingProgress, Chosen, void> {
  const { aim } = task.asked;
  // above every total, so that one pair more always counts more than heavier ones
  const bonus = heaviest.total + 1;
  if (aim === 'total') return heaviest;
  if (aim === 'stable') return { ...heaviest, mates: yield* stable(task) };
  if (limit.wasOver()) return heaviest;
  if (aim === 'everybody') return yield* mostPairs(task, bonus, limit);
  if (aim === 'proportional') {
    const logs = reweighed(task, welfareOf);
    const most = Math.floor(task.size / 2) * welfareOf(SCALE) + 1;
    return yield* mostPairs(logs, most, limit);
  }
  const floor = yield* highestMinimum(task, limit);
  if (floor === null) return yield* mostPairs(task, bonus, limit);
  if (limit.wasOver()) return { ...heaviest, mates: floor.mates };
  const above = reweighed(task, (score) => (score >= floor.score ? score : -1));
  return { ...(yield* mostPairs(above, bonus, limit)), floor };
}

/** As many pairs as can be had, and of these sets the heaviest. */
function* mostPairs(task: Task, bonus: number, { isOver }: Limit): Generator<PricingProgress, Chosen, void> {
  const { matching } = yield* solveTask(task, bonus, isOver);
  return { ...matching, bonus, floor: null };
}

function* stable({ edges, rows, size }: Task): Generator<PricingProgress, Int32Array, void> {
  return rows === null ? stableMatching(buildGraph(size, edges)) : yield* stableOverAll(size, edges, rows);
}

interface Chosen {
  readonly mates: Int32Array;
  readonly certificate: Certificate;
  readonly total: number;
  readonly bonus: number;
  readonly floor: Floor | null;
}

/** How a run ended. */
interface Ending {
  /** No set has a larger total. */
  readonly largest: number;
  readonly stopped: boolean;
}

function resultOf(task: Task, chosen: Chosen, { largest, stopped }: Ending): PairingResult {
  const { asked, snapshot } = task;
  const { features } = snapshot.pool;
  const id = (position: number): SmeId => features[position].prepared.profile.id;
  const pinned = asked.pinned.map(([a, b]) => ({ a, b, score: scoreOf(snapshot, a, b) }));
  const found: Pair[] = [];
  for (const [own, mate] of chosen.mates.entries()) {
    if (mate > own) found.push({ a: id(own), b: id(mate), score: scoreAt(snapshot, own, mate) });
  }
  const total = sum(found);
  const bound = asked.aim === 'proportional' && !stopped ? total : boundFor(chosen, found.length);
  const settled = sum(pinned);
  const pairs = [...pinned, ...found].sort((x, y) => y.score - x.score || byId(x.a, y.a));
  const paired = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const proofOf = ({ certificate, bonus }: Pick<Chosen, 'certificate' | 'bonus'>): PairingProof => ({
    bonus,
    prices: [...certificate.prices],
    sets: certificate.sets.map(({ around, own, price }) => ({ around, own: own.map(id), price })),
  });
  const { floor } = chosen;
  return {
    pairs,
    total: total + settled,
    bound: bound + settled,
    status: total === bound && !(stopped && isCounted(asked)) ? 'optimal' : 'feasible',
    stopped,
    gap: bound + settled === 0 ? 0 : SCALE - ratio(total + settled, bound + settled),
    over: asked.over,
    price: asked.aim === 'total' ? 0 : largest - total,
    alone: features.map((_, position) => id(position)).filter((sme) => !paired.has(sme)),
    asked,
    proof: proofOf(chosen),
    floor: floor && { score: floor.score, most: proofOf(floor.most), above: proofOf(floor.above) },
  };
}

/** Whether an aim asks for as many pairs as can be had: no sum of scores proves that it is met. */
export const isCounted = ({ aim }: Asked): boolean => aim !== 'total' && aim !== 'stable';

/** What the prices say that no set with as many pairs exceeds. */
const boundFor = ({ certificate, bonus }: Chosen, pairs: number): number =>
  Math.floor(boundOf(certificate) / FOLD) - bonus * pairs;

const sum = (pairs: readonly Pair[]): number => pairs.reduce((total, { score }) => total + score, 0);

function scoreAt({ pool, model, scorer }: Snapshot, own: number, mate: number): number {
  if (scorer !== null) return scorer.score(own, mate);
  return scorePair(pool.features[own], pool.features[mate], model).score;
}

function scoreOf({ pool, model }: Snapshot, a: SmeId, b: SmeId): number {
  const [one, other] = [featuresById(pool, a), featuresById(pool, b)];
  if (!one || !other) throw new RangeError(`${a} or ${b} is not in the pool.`);
  return scorePair(one, other, model).score;
}
