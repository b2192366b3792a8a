import { EJSON } from 'bson';
import type { Doc, Value } from './bson.ts';

/** The names that MongoDB gives to the error codes which this database uses. */
const codeNames: Record<number, string> = {
  2: 'BadValue',
  8: 'UnknownError',
  9: 'FailedToParse',
  13: 'Unauthorized',
  14: 'TypeMismatch',
  18: 'AuthenticationFailed',
  26: 'NamespaceNotFound',
  27: 'IndexNotFound',
  28: 'PathNotViable',
  40: 'ConflictingUpdateOperators',
  43: 'CursorNotFound',
  48: 'NamespaceExists',
  52: 'DollarPrefixedFieldName',
  53: 'InvalidIdField',
  54: 'NotSingleValueField',
  56: 'EmptyFieldName',
  59: 'CommandNotFound',
  66: 'ImmutableField',
  67: 'CannotCreateIndex',
  68: 'IndexAlreadyExists',
  72: 'InvalidOptions',
  73: 'InvalidNamespace',
  85: 'IndexOptionsConflict',
  86: 'IndexKeySpecsConflict',
  91: 'ShutdownInProgress',
  171: 'CannotIndexParallelArrays',
  238: 'NotImplemented',
  263: 'OperationNotSupportedInTransaction',
  10334: 'BSONObjectTooLarge',
  11000: 'DuplicateKey',
};

/** An error that is the answer to a command: MongoDB's code and name, a message, and fields such as `keyValue`. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly info: Doc;

  constructor(code: number, message: string, info: Doc = {}) {
    super(message);
    this.code = code;
    this.codeName = codeNames[code] ?? `Location${code}`;
    this.info = info;
  }
}

/** How a value is shown in a message. */
export function show(value: Value): string {
  const text = EJSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** Ends the command with this error. */
export function fail(code: number, message: string, info: Doc = {}): never {
  throw new CommandError(code, message, info);
}

/** Ends the command because it asks for a part of MongoDB that is left to a real server. */
export function notServed(what: string): never {
  fail(
    238,
    `${what} is not served by the embedded database. Set MONGODB_URI to use a MongoDB server instead.`,
  );
}
