import { EJSON } from 'bson';
import { errorText } from '../error-text.ts';
import type { Doc, Value } from './bson.ts';

/** The names of codes by which the drivers and mongoose know an error. */
const codeNames: ReadonlyMap<number, string> = new Map([
  [26, 'NamespaceNotFound'],
  [59, 'CommandNotFound'],
  [11000, 'DuplicateKey'],
]);

/** An error that is the answer to a command: MongoDB's code, a message, and fields such as `keyValue`. */
export class CommandError extends Error {
  readonly info: Doc & { readonly code: number };

  constructor(message: string, info: Doc & { readonly code: number }) {
    super(message);
    this.info = info;
  }
}

/** The answer to a command that failed. Whatever is unforeseen has code 8, with its message. */
export function errorReply(error: unknown): Doc {
  const { code, ...info } = error instanceof CommandError ? error.info : { code: 8 };
  return { ok: 0, errmsg: errorText(error), code, codeName: codeNames.get(code), ...info };
}

/** How a value is shown in a message. */
export function show(value: Value): string {
  const text = EJSON.stringify(value);
  return text.length > 200 ? `${text.slice(0, 200)}...` : text;
}

/** Ends the command with MongoDB's code for this error. */
export function fail(code: number, message: string, info: Doc = {}): never {
  throw new CommandError(message, { code, ...info });
}

const instead = 'is not served by the embedded database. Set MONGODB_URI to use a MongoDB server instead.';

/** Ends the command because it asks for a part of MongoDB that is left to a real server. */
export function notServed(what: string, code = 238): never {
  fail(code, `${what} ${instead}`);
}
