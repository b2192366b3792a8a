import type { Connection } from 'mongoose';
import { accountInvariants } from './accounts.ts';
import { consortiumInvariants } from './consortia.ts';
import { eventInvariants } from './events.ts';
import type { Invariant } from './invariant.ts';
import { matchingInvariants } from './matching.ts';

/** Everything that must hold, whatever happened. */
export const INVARIANTS: readonly Invariant[] = [
  ...consortiumInvariants,
  ...eventInvariants,
  ...accountInvariants,
  ...matchingInvariants,
];

/** What one of them found. */
export interface Recount {
  readonly name: string;
  readonly faults: readonly string[];
}

/** Recounts all of them, one after the other. */
export async function recount(connection: Connection): Promise<Recount[]> {
  const found: Recount[] = [];
  for (const invariant of INVARIANTS) {
    found.push({ name: invariant.name, faults: await invariant.faults(connection) });
  }
  return found;
}
