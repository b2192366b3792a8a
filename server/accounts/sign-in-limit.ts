import { createHash } from 'node:crypto';
import type { Connection } from 'mongoose';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { HttpProblem } from '../http/errors.ts';
import { attemptModel, type AttemptRecord } from './model.ts';

/**
 * How guessing is slowed down. From one address, five wrong passwords are free, then each wait is twice as long as the last, up to 15
 * minutes. For one account from all addresses together, twenty are free and the wait ends at one minute, and it does not apply to an
 * address from which the owner has signed in before: so nobody can lock an owner out by guessing wrong.
 */
export const FROM_ADDRESS = { free: 5, waitMaxMs: 15 * 60_000 };
export const FROM_EVERYWHERE = { free: 20, waitMaxMs: 60_000 };
/** After this long without a failure the count starts afresh. */
const FORGET_MS = 3_600_000;
/** An address stays known for this long after a success. */
const KNOWN_MS = 30 * 86_400_000;
const RACES_MAX = 8;

export interface SignInLimit {
  /**
   * Counts an attempt before the password is looked at, so that many at once cannot slip through together.
   * @throws HttpProblem 429 while the wait is not over
   */
  begin(email: string, address: string): Promise<void>;
  /** The password was right: the address is known, and the counts are cleared. */
  succeeded(email: string, address: string): Promise<void>;
}

type Rule = typeof FROM_ADDRESS;

/** How long to wait after so many failures. */
export function waitMs(failures: number, rule: Rule): number {
  return failures < rule.free ? 0 : Math.min(1000 * 2 ** (failures - rule.free), rule.waitMaxMs);
}

function waitProblem(ms: number): HttpProblem {
  const seconds = Math.max(1, Math.ceil(ms / 1000));
  return new HttpProblem({
    status: 429,
    code: 'too-many-attempts',
    detail: `Too many wrong attempts. Wait ${seconds} ${seconds === 1 ? 'second' : 'seconds'}, then try again.`,
    headers: { 'Retry-After': String(seconds) },
  });
}

/** E-mail addresses of people who may have no account are not kept, only their hashes. */
function keyOf(...parts: string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('base64url');
}

export function createSignInLimit(connection: Connection, clock: () => Date): SignInLimit {
  const attempts = attemptModel(connection);

  const countOf = (record: AttemptRecord | null, now: number): number =>
    record === null || record.lastFailureAt === null || now - record.lastFailureAt.getTime() >= FORGET_MS
      ? 0
      : record.failures;

  /** One more failure, if the record is still as it was read; false: another attempt came between. */
  async function countOne(id: string, record: AttemptRecord | null, now: Date): Promise<boolean> {
    const failures = countOf(record, now.getTime()) + 1;
    const succeededAt = record?.succeededAt ?? null;
    const keptMs = succeededAt === null ? FORGET_MS : KNOWN_MS;
    const expiresAt = new Date((succeededAt ?? now).getTime() + keptMs + FORGET_MS);
    if (record === null) {
      try {
        await attempts.create({ _id: id, failures, lastFailureAt: now, succeededAt, expiresAt });
        return true;
      } catch (error) {
        if (isDuplicateKey(error)) return false;
        throw error;
      }
    }
    const unchanged = { _id: id, failures: record.failures, lastFailureAt: record.lastFailureAt };
    const { modifiedCount } = await attempts.updateOne(unchanged, {
      failures,
      lastFailureAt: now,
      expiresAt,
    });
    return modifiedCount === 1;
  }

  async function take(id: string, rule: Rule): Promise<AttemptRecord | null> {
    for (let round = 0; round < RACES_MAX; round += 1) {
      const now = clock();
      const record = await attempts.findById(id).lean<AttemptRecord>();
      const since =
        record?.lastFailureAt === null ? 0 : now.getTime() - (record?.lastFailureAt.getTime() ?? 0);
      const wait = waitMs(countOf(record, now.getTime()), rule) - since;
      if (wait > 0) throw waitProblem(wait);
      if (await countOne(id, record, now)) return record;
    }
    // So many at the same moment are no person's attempts.
    throw waitProblem(1000);
  }

  const isKnown = (record: AttemptRecord | null): boolean => {
    const succeededAt = record?.succeededAt ?? null;
    return succeededAt !== null && clock().getTime() - succeededAt.getTime() < KNOWN_MS;
  };

  return {
    async begin(email, address) {
      const fromAddress = await take(keyOf(email, address), FROM_ADDRESS);
      if (!isKnown(fromAddress)) await take(keyOf(email), FROM_EVERYWHERE);
    },
    async succeeded(email, address) {
      const now = clock();
      const cleared = { failures: 0, lastFailureAt: null };
      const expiresAt = new Date(now.getTime() + KNOWN_MS);
      await attempts.updateOne({ _id: keyOf(email, address) }, { ...cleared, succeededAt: now, expiresAt });
      await attempts.updateOne({ _id: keyOf(email) }, cleared);
    },
  };
}
