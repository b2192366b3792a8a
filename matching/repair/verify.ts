import type { Two } from '../assignment/asked.ts';
import { boundOf, checkCertificate, FOLD } from '../assignment/certificate.ts';
import { buildGraph, type Edge } from '../assignment/graph.ts';
import type { Pair, SmeId } from '../types.ts';
import type { Fault } from '../verify.ts';
import type { RoomProof, RoomSummary } from './room-types.ts';
import { keyOf } from './two-set.ts';
import { Worths, type RoomOptions } from './worth.ts';

/** What is said of a room, from what is known of it elsewhere. Those who are pinned are in none of this. */
export interface RoomClaim {
  /** All who are to be paired. */
  readonly ids: readonly SmeId[];
  /** All who may be paired, each two once; others may be among them who are not there. */
  readonly candidates: readonly Pair[];
  readonly options: RoomOptions;
  /** Pairs that people were told. */
  readonly told: readonly Two[];
  readonly pairs: readonly Two[];
  readonly summary: RoomSummary;
}

/** Pairs that may be proposed, by key, with what they are worth. */
type Proposed = Map<string, { readonly two: Two; readonly worth: number }>;

/**
 * Checks the pairs of a room against who may be paired there, trusting nothing of how they were found: each SME once, every pair one that
 * may be proposed, all sums, and that the prices of the proof bear out every pair that might have been taken and come to what this set is
 * worth, exactly.
 *
 * @returns the faults; empty where it holds
 * @throws RangeError for scores or options out of their range, and for candidates that come twice
 */
export function verifyRoom(claim: RoomClaim, proof: RoomProof): Fault[] {
  const worths = new Worths(claim.options);
  worths.tell(claim.told);
  const proposed: Proposed = new Map();
  for (const { a, b, score } of claim.candidates) {
    const worth = worths.of(a, b, score);
    if (worth !== null) proposed.set(keyOf(a, b), { two: [a, b], worth });
  }
  const faults = pairFaults(claim, proposed);
  if (faults.length > 0) return faults;
  return [...sumFaults(claim, worths, proposed), ...proofFaults(claim, worths, proposed, proof)];
}

function pairFaults({ ids, pairs }: RoomClaim, proposed: Proposed): Fault[] {
  const alone = new Set(ids);
  return pairs.flatMap(([a, b]) => [
    ...[a, b].flatMap((id) => (alone.delete(id) ? [] : [`${id} is in two pairs, or not there`])),
    ...(proposed.has(keyOf(a, b)) ? [] : [`${a} and ${b} may not be proposed`]),
  ]);
}

const sumOf = (pairs: readonly Two[], proposed: Proposed): number =>
  pairs.reduce((sum, [a, b]) => sum + (proposed.get(keyOf(a, b))?.worth ?? 0), 0);

function sumFaults({ pairs, summary }: RoomClaim, worths: Worths, proposed: Proposed): Fault[] {
  const kept = pairs.filter(([a, b]) => worths.isTold(a, b)).length;
  const worth = sumOf(pairs, proposed) - worths.perPair * pairs.length - worths.bonus * kept;
  const bound = worth + worths.bonus * kept;
  const exact: RoomSummary = {
    pairs: pairs.length,
    total: worth + worths.outside * pairs.length,
    worth,
    bound,
    status: worth === bound ? 'optimal' : 'feasible',
    bonus: worths.bonus,
    kept,
  };
  const told: Readonly<Record<string, unknown>> = { ...summary };
  return Object.entries(exact).flatMap(([name, value]) =>
    told[name] === value ? [] : [`${name} is ${value}, not ${String(told[name])}`],
  );
}

function proofFaults(
  { ids, pairs }: RoomClaim,
  { perSeat }: Worths,
  proposed: Proposed,
  proof: RoomProof,
): Fault[] {
  const vertices = new Map<SmeId, number>();
  proof.ids.forEach((id, vertex) => {
    if (id !== null) vertices.set(id, vertex);
  });
  const unknown = ids.filter((id) => !vertices.has(id));
  if (unknown.length > 0) return unknown.map((id) => `the proof knows nothing of ${id}`);
  const { chair, certificate } = proof;
  const edges: Edge[] = [];
  const here = new Set(ids);
  for (const { two, worth } of proposed.values()) {
    const [u, v] = two.map((id) => (here.has(id) ? vertices.get(id) : undefined));
    if (u !== undefined && v !== undefined) edges.push({ u, v, w: worth });
  }
  if (chair >= 0) for (const id of ids) edges.push({ u: vertices.get(id) ?? chair, v: chair, w: perSeat });
  const { faults } = checkCertificate(buildGraph(proof.ids.length, edges), certificate);
  if (faults.length > 0) return faults.map((fault) => `the proof does not hold: ${fault}`);
  // somebody who is alone sits on the chair; sets with more pairs outweigh that, so the prices bear them out too
  const seated = chair >= 0 && 2 * pairs.length < ids.length;
  const weight = sumOf(pairs, proposed) + (seated ? perSeat : 0);
  const proven = boundOf(certificate);
  return proven === FOLD * weight ? [] : [`the prices prove ${proven / FOLD}, not ${weight}`];
}
