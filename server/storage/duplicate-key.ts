import { mongo } from 'mongoose';

/** True where a write was refused by a unique index: somebody else holds that key already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11000;
}

/** True where a bulk write failed for nothing else than keys that are there already. */
export function isOnlyDuplicateKeys(error: unknown): boolean {
  if (!(error instanceof mongo.MongoBulkWriteError)) return false;
  const errors: readonly mongo.WriteError[] = [error.writeErrors].flat();
  return errors.length > 0 && errors.every((writeError) => writeError.code === 11000);
}
