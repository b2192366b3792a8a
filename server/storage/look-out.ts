import type { Connection } from 'mongoose';
import { askAlong } from './ask-along.ts';

/** The number of a record that grows with each change. */
export type Grows = 'version' | 'revision';

/** What tells whether a record is still as it was. Records from before a number was kept have none. */
export interface Stamp {
  readonly _id: string;
  readonly updatedAt: Date;
  readonly version?: number;
  readonly revision?: number;
}

/** Which records of a collection changed at this time or later, and how many there are in all? */
export interface Look {
  readonly collection: string;
  readonly grows: Grows;
  readonly since: Date;
}

export interface Seen {
  readonly stamps: readonly Stamp[];
  readonly count: number;
}

/**
 * Looks what changed in a collection, in the order of an index; how many there are is known from its statistics. What others ask along is one
 * command with it.
 */
export async function lookAt(connection: Connection, { collection, grows, since }: Look): Promise<Seen> {
  const [stamps, counts] = await Promise.all([
    askAlong<Stamp>(connection, {
      collection,
      pipeline: [{ $match: { updatedAt: { $gte: since } } }, { $project: { [grows]: 1, updatedAt: 1 } }],
    }),
    // One for each shard.
    askAlong<{ count: number }>(connection, {
      collection,
      pipeline: [{ $collStats: { count: {} } }, { $project: { count: 1 } }],
    }),
  ]);
  return { stamps, count: counts.reduce((sum, { count }) => sum + count, 0) };
}
