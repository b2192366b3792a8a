import type { Connection } from 'mongoose';
import type { AuditedThings } from './audit.ts';
import { Fold, type Difference } from './fold.ts';
import { auditModel } from './model.ts';
import { ChainWalk, entriesAfter, type ChainFault } from './reading.ts';

/** What a check of the whole log found. */
export interface AuditCheck {
  readonly entries: number;
  /** null: every entry follows from the one before it. */
  readonly chainFault: ChainFault | null;
  /** Things that the log and the database agree or disagree on, by kind. */
  readonly kinds: readonly { kind: string; things: number; differences: number }[];
  readonly differences: readonly Difference[];
}

/** True where nothing is wrong. */
export const isSound = ({ chainFault, differences }: AuditCheck): boolean =>
  chainFault === null && differences.length === 0;

export interface CheckOptions {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Follows the chain from the first entry to the last, plays all entries, and compares the states they lead to with what the features have
 * stored. A change that is made while this runs may be in one and not yet in the other, so what differs is looked at a second time, and
 * counts only where it has not moved.
 *
 * @throws the signal's reason where the check was stopped
 */
export async function checkAudit(
  connection: Connection,
  audited: readonly AuditedThings[],
  { signal, onProgress = () => undefined }: CheckOptions = {},
): Promise<AuditCheck> {
  const records = auditModel(connection);
  const chain = new ChainWalk();
  const fold = new Fold();
  let total = await records.countDocuments().exec();
  let entries = 0;

  async function readOn(): Promise<void> {
    for await (const entry of entriesAfter(records, chain.seq)) {
      signal?.throwIfAborted();
      chain.add(entry);
      fold.add(entry);
      entries += 1;
      total = Math.max(total, entries);
      onProgress(entries, total);
    }
  }

  async function lookAgain(things: AuditedThings, first: readonly Difference[]): Promise<Difference[]> {
    if (first.length === 0) return [];
    await readOn();
    const before = new Map(first.map((one) => [one.id, one]));
    const second = await fold.differences(things);
    return second.filter(({ id, logged, stored }) => {
      const known = before.get(id);
      return known !== undefined && known.logged === logged && known.stored === stored;
    });
  }

  await readOn();
  const kinds: { kind: string; things: number; differences: number }[] = [];
  const differences: Difference[] = [];
  for (const things of audited) {
    signal?.throwIfAborted();
    const standing = await lookAgain(things, await fold.differences(things));
    differences.push(...standing);
    kinds.push({ kind: things.kind, things: fold.states(things.kind).size, differences: standing.length });
  }
  return { entries, chainFault: chain.fault, kinds, differences };
}

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** The outcome of a check in one or two sentences. */
export function checkSentence(check: AuditCheck): string {
  const { entries, kinds, chainFault, differences } = check;
  const things = kinds.reduce((sum, kind) => sum + kind.things, 0);
  if (isSound(check)) {
    return `${counted(entries, 'entry', 'entries')}: the chain is whole, and leads to ${counted(things, 'thing', 'things')} as they stand.`;
  }
  const broken = chainFault === null ? '' : ` ${chainFault.what}`;
  const [first] = differences;
  const apart =
    first === undefined
      ? ''
      : ` ${differences.length} of ${counted(things, 'thing', 'things')} not as the log says, the first of them ${first.kind} ${first.id}.`;
  return `${counted(entries, 'entry', 'entries')}.${broken}${apart}`;
}
