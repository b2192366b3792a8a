import { askedOf, type Asked } from './assignment/asked.ts';
import { listedEdges } from './assignment/candidates.ts';
import { boundOf, checkCertificate, FOLD, type Certificate } from './assignment/certificate.ts';
import { buildGraph, type Edge } from './assignment/graph.ts';
import { upsettingEdges } from './assignment/greedy.ts';
import { missingEdges, type Rows } from './assignment/lacking.ts';
import { reweighed, taskOf, type Task } from './assignment/task.ts';
import { countingBonus } from './fairness/minimum.ts';
import { welfareOf } from './fairness/welfare.ts';
import { isCounted, type FloorProof, type PairingProof, type PairingResult } from './pairs.ts';
import { featuresById } from './pool.ts';
import type { Snapshot } from './refresh.ts';
import { refusals } from './rules.ts';
import { scorePair } from './score.ts';
import { finish } from './steps.ts';
import { SCALE, type Pair, type SmeId } from './types.ts';

/** A fault of a pairing, in words for a log. */
export type Fault = string;

/**
 * Checks a pairing against the pool it is for, trusting nothing in it and nothing of how it was found: both SMEs there, no hard rule
 * broken, each SME once, what was asked kept, every score and the total worked out again, those left alone named; and that its prices
 * prove its bound: none is below zero, every pair that might have been taken is borne out by them, and they come to the bound exactly.
 *
 * @returns the faults; empty where it holds
 */
export function verifyPairing(snapshot: Snapshot, result: PairingResult): Fault[] {
  const faults = [...pairFaults(snapshot, result), ...sumFaults(snapshot, result)];
  const asked = askedBy(snapshot, result, faults);
  if (asked === null) return faults;
  return [...faults, ...askedFaults(result), ...proofFaults(snapshot, result, asked)];
}

function pairFaults({ pool, model }: Snapshot, { pairs }: PairingResult): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<SmeId>();
  for (const { a, b, score } of pairs) {
    for (const id of [a, b]) {
      if (seen.has(id)) faults.push(`${id} is in two pairs`);
      seen.add(id);
    }
    const [one, other] = [featuresById(pool, a), featuresById(pool, b)];
    if (!one || !other) {
      faults.push(`${a} or ${b} is not in the pool`);
      continue;
    }
    const codes = refusals(one.prepared.profile, other.prepared.profile, model.call).map(({ code }) => code);
    if (codes.length > 0) faults.push(`${a} and ${b} may not be paired: ${codes.join(', ')}`);
    const exact = scorePair(one, other, model).score;
    if (exact !== score) faults.push(`the score of ${a} and ${b} is ${exact}, not ${score}`);
  }
  return faults;
}

function sumFaults({ pool }: Snapshot, result: PairingResult): Fault[] {
  const { pairs, total, bound, alone } = result;
  const faults: Fault[] = [];
  const exact = pairs.reduce((sum, { score }) => sum + score, 0);
  if (exact !== total) faults.push(`the total is ${exact}, not ${total}`);
  if (bound < exact) faults.push(`the bound ${bound} is below the total ${exact}`);
  if (!statusHolds(result)) faults.push(`the status ${result.status} does not hold`);
  const seen = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const left = [...pool.positions.keys()].filter((id) => !seen.has(id));
  if (left.join() !== alone.join()) faults.push('those left alone are not the ones named');
  return faults;
}

/** 'feasible' is a run that was stopped, or a stable set; where pairs are counted it says nothing of the total. */
function statusHolds({ status, total, bound, stopped, asked }: PairingResult): boolean {
  if (status === 'optimal') return total === bound;
  if (isCounted(asked)) return stopped;
  return total < bound && (stopped || asked.aim === 'stable');
}

/** What was asked, checked again; null where it cannot be, which is a fault. */
function askedBy({ pool, model }: Snapshot, { asked }: PairingResult, faults: Fault[]): Asked | null {
  try {
    return askedOf(asked, pool, model.call);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    faults.push(`what was asked does not hold: ${error.message}`);
    return null;
  }
}

function askedFaults({ pairs, asked, over }: PairingResult): Fault[] {
  const key = (a: SmeId, b: SmeId): string => JSON.stringify([a, b].sort());
  const taken = new Set(pairs.map(({ a, b }) => key(a, b)));
  const pinned = new Set(asked.pinned.map(([a, b]) => key(a, b)));
  return [
    ...asked.pinned.flatMap(([a, b]) => (taken.has(key(a, b)) ? [] : [`${a} and ${b} were pinned`])),
    ...asked.forbidden.flatMap(([a, b]) => (taken.has(key(a, b)) ? [`${a} and ${b} were forbidden`] : [])),
    ...pairs.flatMap(({ a, b, score }) =>
      score < asked.minScore && !pinned.has(key(a, b)) ? [`${a} and ${b} are below the minimum`] : [],
    ),
    ...(over === asked.over ? [] : [`it is over ${asked.over}, not ${over}`]),
  ];
}

function proofFaults(snapshot: Snapshot, result: PairingResult, asked: Asked): Fault[] {
  const { aim } = asked;
  const all = finish(taskOf(snapshot, asked));
  const { floor } = result;
  if (!bonusHolds(result, all.size)) return [`a bonus of ${result.proof.bonus} proves nothing`];
  const isProven = aim === 'minimum' && result.status === 'optimal' && parted(result).found.length > 0;
  if (isProven !== (floor !== null)) {
    return ['a minimum is named for another aim, or is missing'];
  }
  const task = weighedFor(all, result);
  const { bound, faults } = provenBound(task, result.proof);
  if (faults.length > 0) return faults;
  return [
    ...boundFaults(result, bound),
    ...(floor ? floorFaults(all, result, floor) : []),
    ...(aim === 'stable' ? stableFaults(snapshot, result, all.rows) : []),
  ];
}

/** The task in the weights that its proof speaks of. */
function weighedFor(task: Task, { asked, floor, status }: PairingResult): Task {
  if (asked.aim === 'proportional' && status === 'optimal') return reweighed(task, welfareOf);
  return floor ? reweighed(task, (score) => (score >= floor.score ? score : -1)) : task;
}

/** What a proof says that no set of a task weighs more than, four-fold; or why it says nothing. */
function provenBound(
  { snapshot, size, edges, rows }: Task,
  { bonus, prices, sets }: PairingProof,
): { bound: number; faults: Fault[] } {
  const { positions } = snapshot.pool;
  const certificate: Certificate = {
    prices: Float64Array.from(prices),
    // an id that is not in the pool becomes a vertex that is not there, which is a fault
    sets: sets.map((set) => ({ ...set, own: set.own.map((id) => positions.get(id) ?? size) })),
  };
  const raised = edges.map(({ u, v, w }) => ({ u, v, w: w + bonus }));
  const { faults } = checkCertificate(buildGraph(size, raised), certificate);
  if (faults.length > 0)
    return { bound: NaN, faults: faults.map((fault) => `the proof does not hold: ${fault}`) };
  const missing = rows === null ? [] : finish(missingEdges(size, rows, certificate, bonus));
  return { bound: boundOf(certificate), faults: named(snapshot, missing, 'priced too low') };
}

/** Checks that no pair is below the minimum, that no set has more pairs, and that none has as many above the minimum. */
function floorFaults(task: Task, result: PairingResult, { score, most, above }: FloorProof): Fault[] {
  const { found } = parted(result);
  const bonus = countingBonus(task.size);
  if (most.bonus !== bonus || above.bonus !== bonus) return ['the bonus of the minimum proves nothing'];
  const counted = (proof: PairingProof, among: Task): { pairs: number; faults: Fault[] } => {
    const { bound, faults } = provenBound(among, proof);
    return { pairs: Math.floor(bound / FOLD / bonus), faults };
  };
  const all = counted(most, task);
  const higher = counted(
    above,
    reweighed(task, (one) => (one > score ? one : -1)),
  );
  return [
    ...all.faults,
    ...higher.faults,
    ...found.flatMap((pair) =>
      pair.score < score ? [`${pair.a} and ${pair.b} are below the minimum of all`] : [],
    ),
    ...(all.pairs > found.length ? ['there may be a set with more pairs'] : []),
    ...(higher.pairs >= found.length ? ['the minimum may be higher'] : []),
  ];
}

/** Pairs that were found, and those that were pinned. */
function parted({ pairs, asked }: PairingResult): { found: readonly Pair[]; pinned: readonly Pair[] } {
  const ids = new Set(asked.pinned.flat());
  return { found: pairs.filter(({ a }) => !ids.has(a)), pinned: pairs.filter(({ a }) => ids.has(a)) };
}

/**
 * Whether a bonus is one that proves anything. With a bonus for each pair that is above the sum of the weights, a set with one pair more
 * would weigh more than this one even if all its scores were zero: more than the prices say is possible.
 */
function bonusHolds(result: PairingResult, size: number): boolean {
  const { bonus } = result.proof;
  const { aim } = result.asked;
  if (!isCounted(result.asked) || result.status === 'feasible') return bonus === 0;
  const { found } = parted(result);
  const most = aim === 'proportional' ? welfareOf(SCALE) : SCALE;
  return Number.isInteger(bonus) && bonus > weightOf(result, found) && bonus <= size * most + 1;
}

/** Sum of what the aim maximises. */
const weightOf = ({ asked }: PairingResult, pairs: readonly Pair[]): number =>
  asked.aim === 'proportional' ? pairs.reduce((total, { score }) => total + welfareOf(score), 0) : sum(pairs);

/** Faults of a bound that should be what the prices come to, less the bonus of each pair, and with what the pinned ones add. */
function boundFaults(result: PairingResult, prices: number): Fault[] {
  const { found, pinned } = parted(result);
  const left = Math.floor(prices / FOLD) - result.proof.bonus * found.length;
  if (result.asked.aim === 'proportional' && result.status === 'optimal') {
    const welfare = weightOf(result, found);
    const proven = left === welfare && result.bound === result.total;
    return proven ? [] : [`the prices prove the welfare ${left}, not ${welfare}`];
  }
  const proven = left + sum(pinned);
  return proven === result.bound ? [] : [`the prices prove the bound ${proven}, not ${result.bound}`];
}

function stableFaults(snapshot: Snapshot, { pairs, asked }: PairingResult, rows: Rows | null): Fault[] {
  const { positions, features } = snapshot.pool;
  const own = new Int32Array(features.length).fill(-1);
  for (const { a, b, score } of pairs) {
    for (const id of [a, b]) own[positions.get(id) ?? features.length] = score;
  }
  const upsetting =
    rows === null
      ? listedEdges(snapshot, asked).filter(({ u, v, w }) => w > own[u] && w > own[v])
      : finish(upsettingEdges(features.length, rows, own));
  return named(snapshot, upsetting, 'would rather have each other');
}

const named = ({ pool: { features } }: Snapshot, edges: readonly Edge[], what: string): Fault[] =>
  edges.map(({ u, v }) => {
    const [a, b] = [features[u], features[v]].map(({ prepared }) => prepared.profile.id);
    return `${a} and ${b}: ${what}`;
  });

const sum = (pairs: readonly Pair[]): number => pairs.reduce((total, { score }) => total + score, 0);
