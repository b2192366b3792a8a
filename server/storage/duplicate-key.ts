import { mongo } from 'mongoose';

/** True where a write was refused by a unique index: somebody else holds that key already. */
export function isDuplicateKey(error: unknown): boolean {
  return error instanceof mongo.MongoServerError && error.code === 11000;
}
