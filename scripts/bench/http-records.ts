import type { Model } from 'mongoose';
import type { AccountRecord } from '../../server/accounts/model.ts';
import type { Role } from '../../server/accounts/schema.ts';

/** How much there is of each thing. */
export interface ProgrammeSize {
  readonly clusters: number;
  readonly smes: number;
  readonly needs: number;
  readonly meetings: number;
}

/** The call that ships with the software and is in force. */
export const BENCH_CALL = 'securit-2';
export const BATCH = 1_000;
const DAY_MS = 86_400_000;

/** A moment in the past, so that 'last change' and 'newest' have something to sort. */
export const momentOf = (number: number): Date =>
  new Date(Date.UTC(2026, 0, 1) - (number % 300) * DAY_MS - number);

/** Writes records past the services, batch by batch. */
export async function insertAll<T>(model: Model<T>, records: readonly T[]): Promise<void> {
  for (let from = 0; from < records.length; from += BATCH) {
    await model.insertMany(records.slice(from, from + BATCH), { lean: true });
  }
}

/** An account; one without a password cannot sign in. */
export function accountRecord(of: {
  id: string;
  role: Role;
  passwordHash: string;
  clusterId?: string;
  smeId?: string;
  organisation?: string;
}): AccountRecord {
  const email = `${of.id}@bench.example`;
  return {
    _id: of.id,
    loginKey: email,
    email,
    name: `Bench ${of.id}`,
    role: of.role,
    clusterId: of.clusterId ?? null,
    smeId: of.smeId ?? null,
    organisation: of.organisation ?? null,
    passwordHash: of.passwordHash,
    passwordVersion: 1,
    state: 'active',
    createdAt: momentOf(0),
    lastSignInAt: null,
    closedAt: null,
  };
}
