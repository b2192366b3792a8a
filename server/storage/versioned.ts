import type { Model, QueryFilter } from 'mongoose';
import { notFound, staleVersion } from '../http/errors.ts';
import { isDuplicateKey } from './duplicate-key.ts';

/** A record whose changes each name the version that they were made on. */
export interface Versioned {
  _id: string;
  /** Grows by one with each change. */
  version: number;
}

/** A record that a repeated request of the same maker does not make twice. */
export interface MadeOnce {
  _id: string;
  /** Unique: chosen by whoever makes it, or the record's own id. */
  key: string;
}

/**
 * Changes a record by one conditional write on the version that it was read at. Of two who change it at once, one gets a 412.
 *
 * @param what the record in words, for the refusal
 * @returns the record as it is now
 */
export async function changeVersioned<T extends Versioned>(
  model: Model<T>,
  record: T,
  set: Partial<Omit<T, '_id' | 'version'>>,
  what: string,
): Promise<T> {
  const version = record.version + 1;
  // Both name fields that every Versioned record has; mongoose's filter type cannot see that through the generic.
  const here = { _id: record._id, version: record.version } as QueryFilter<T>;
  const { matchedCount } = await model.updateOne(here, { $set: { ...set, version } }).exec();
  if (matchedCount === 1) return { ...record, ...set, version };
  if ((await model.exists({ _id: record._id } as QueryFilter<T>).exec()) === null) throw notFound(what);
  throw staleVersion(what);
}

/** Stores a new record; where one of the same key is there already, that one is the answer. */
export async function insertOnce<T extends MadeOnce>(
  model: Model<T>,
  record: T,
): Promise<{ record: T; made: boolean }> {
  try {
    await model.insertMany([record], { lean: true });
    return { record, made: true };
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    const there = await model
      .findOne({ key: record.key } as QueryFilter<T>)
      .lean<T>()
      .exec();
    if (!there) throw error;
    return { record: there, made: false };
  }
}
