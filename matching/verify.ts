import { featuresById } from './pool.ts';
import type { PairingResult } from './pairs.ts';
import type { Snapshot } from './refresh.ts';
import { refusals } from './rules.ts';
import { scorePair } from './score.ts';
import type { SmeId } from './types.ts';

/** A fault of a pairing, in words for a log. */
export type Fault = string;

/**
 * Checks a pairing against the pool it is for, trusting nothing in it: both SMEs there, no hard rule broken, each SME once,
 * every score and the total worked out again, the bound not below the total, those left alone named.
 *
 * @returns the faults; empty where it holds
 */
export function verifyPairing({ pool, model }: Snapshot, result: PairingResult): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<SmeId>();
  let total = 0;
  for (const { a, b, score } of result.pairs) {
    for (const id of [a, b]) {
      if (seen.has(id)) faults.push(`${id} is in two pairs`);
      seen.add(id);
    }
    const one = featuresById(pool, a);
    const other = featuresById(pool, b);
    if (!one || !other) {
      faults.push(`${a} or ${b} is not in the pool`);
      continue;
    }
    const codes = refusals(one.prepared.profile, other.prepared.profile, model.call).map(({ code }) => code);
    if (codes.length > 0) faults.push(`${a} and ${b} may not be paired: ${codes.join(', ')}`);
    const exact = scorePair(one, other, model).score;
    if (exact !== score) faults.push(`the score of ${a} and ${b} is ${exact}, not ${score}`);
    total += exact;
  }
  if (total !== result.total) faults.push(`the total is ${total}, not ${result.total}`);
  if (result.bound < total) faults.push(`the bound ${result.bound} is below the total ${total}`);
  const alone = [...pool.positions.keys()].filter((id) => !seen.has(id));
  if (alone.join() !== result.alone.join()) faults.push('those left alone are not the ones named');
  return faults;
}
