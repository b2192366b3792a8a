import type { Model } from 'mongoose';
import { askAlong } from './ask-along.ts';

/** Fields that are read, or those that are not. */
export type Fields = Readonly<Record<string, 0 | 1>>;

/**
 * Reads documents by id along with all else that is asked in this task (`askAlong`): a command of its own costs either side more than what a few
 * documents are read in. Those that are not there are left out.
 *
 * @param fields all where none are named
 */
export function someAlong<Found>(
  { db, collection }: Pick<Model<unknown>, 'db' | 'collection'>,
  ids: readonly string[],
  fields?: Fields,
): Promise<Found[]> {
  const pipeline = [{ $match: { _id: { $in: [...ids] } } }, ...(fields ? [{ $project: fields }] : [])];
  return askAlong<Found>(db, { collection: collection.collectionName, pipeline });
}

/** The same of one; null where it is not there. */
export async function oneAlong<Found>(
  model: Pick<Model<unknown>, 'db' | 'collection'>,
  id: string,
  fields?: Fields,
): Promise<Found | null> {
  return (await someAlong<Found>(model, [id], fields))[0] ?? null;
}
