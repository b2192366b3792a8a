import type { Connection } from 'mongoose';
import { batched } from './batched.ts';

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

/** One row of the answer: a stamp of the look with this number, or how many records one shard holds. */
type Row = { readonly of: number } & (Stamp | { readonly count: number });

/** More stamps than this come in several batches; there are as many only after an import. */
const ROWS_AT_ONCE = 1_000;

const changed = ({ grows, since }: Look, of: number): object[] => [
  { $match: { updatedAt: { $gte: since } } },
  { $project: { [grows]: 1, updatedAt: 1 } },
  { $set: { of } },
];
const counted = (of: number): object[] => [
  { $collStats: { count: {} } },
  { $project: { count: 1 } },
  { $set: { of } },
];

/** All looks as one command: each is read in the order of an index, and its count from the statistics of the collection. */
function pipelineOf(looks: readonly Look[]): object[] {
  const parts = looks.flatMap((look, of) => [
    { coll: look.collection, pipeline: changed(look, of) },
    { coll: look.collection, pipeline: counted(of) },
  ]);
  const [first, ...others] = parts;
  return [...(first?.pipeline ?? []), ...others.map((part) => ({ $unionWith: part }))];
}

function seenOf(rows: readonly Row[], of: number): Seen {
  const ofLook = rows.filter((row) => row.of === of);
  return {
    stamps: ofLook.flatMap((row) => ('count' in row ? [] : [row])),
    count: ofLook.reduce((sum, row) => sum + ('count' in row ? row.count : 0), 0),
  };
}

async function readAll(connection: Connection, looks: readonly Look[]): Promise<Seen[]> {
  const [first] = looks;
  if (first === undefined) return [];
  const rows = await connection
    .getClient()
    .db(connection.name)
    .collection(first.collection)
    // Of the primary this is everything that was acknowledged, and the statistics cannot be read in another way.
    .aggregate<Row>(pipelineOf(looks), { readConcern: 'local', batchSize: ROWS_AT_ONCE })
    .toArray();
  return looks.map((_, of) => seenOf(rows, of));
}

type LookOut = (look: Look) => Promise<Seen>;
const lookOuts = new WeakMap<Connection, LookOut>();

function lookOutOn(connection: Connection): LookOut {
  const looking = batched<Seen>(async (keys) => {
    const looks = keys.map((key): Look => {
      const { since, ...look } = JSON.parse(key) as Omit<Look, 'since'> & { since: number };
      return { ...look, since: new Date(since) };
    });
    const seen = await readAll(connection, looks);
    return new Map(keys.flatMap((key, at) => (seen[at] ? [[key, seen[at]] as const] : [])));
  });
  return async ({ collection, grows, since }) => {
    const key = JSON.stringify({ collection, grows, since: since.getTime() });
    const seen = (await looking([key])).get(key);
    if (!seen) throw new Error(`Nothing was told of the collection ${collection}.`);
    return seen;
  };
}

/**
 * Looks what changed in a collection. All that is asked on one connection within one turn of the event loop, by whichever copies of whichever
 * collections, is one command; it is sent after the last of these questions, so that each is told of everything acknowledged before it.
 */
export function lookAt(connection: Connection, look: Look): Promise<Seen> {
  const lookOut = lookOuts.get(connection) ?? lookOutOn(connection);
  lookOuts.set(connection, lookOut);
  return lookOut(look);
}
