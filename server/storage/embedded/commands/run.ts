import { type Doc, encode, isDoc, own } from '../bson.ts';
import { CommandError, fail, notServed, show } from '../errors.ts';
import type { Request } from '../wire.ts';
import { adminCommands } from './admin.ts';
import type { Command, Context } from './context.ts';
import { greetingCommands } from './hello.ts';
import { readCommands } from './read.ts';
import { writeCommands } from './write.ts';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries({ ...greetingCommands, ...readCommands, ...writeCommands, ...adminCommands }),
);

/** Fields that any command may carry and that change nothing in a server of one node which always writes to disk. */
const common = [
  '$db',
  'lsid',
  '$clusterTime',
  '$readPreference',
  'writeConcern',
  'readConcern',
  'maxTimeMS',
  'comment',
];

const readLevels = ['local', 'available', 'majority', 'linearizable'];

const noTransactions =
  'Transactions are not served by the embedded database. Set MONGODB_URI to use a MongoDB replica set instead.';

function refuseTransaction({ name, body }: Request): void {
  if (name === 'commitTransaction' || name === 'abortTransaction' || own(body, 'autocommit') !== undefined)
    fail(263, noTransactions);
  if (own(body, 'txnNumber') !== undefined) fail(263, noTransactions);
}

function refuseConcerns(body: Doc): void {
  const write = own(body, 'writeConcern');
  const w = isDoc(write) ? own(write, 'w') : undefined;
  if (w !== undefined && w !== 0 && w !== 1 && w !== 'majority')
    fail(2, "cannot use a 'w' other than 0, 1 or 'majority' when a host is not replicated");
  const read = own(body, 'readConcern');
  const level = isDoc(read) ? own(read, 'level') : undefined;
  if (level !== undefined && (typeof level !== 'string' || !readLevels.includes(level)))
    notServed(`The read concern ${show(level)}`);
}

function answer(request: Request, context: Context): Uint8Array {
  refuseTransaction(request);
  const command = commands.get(request.name) ?? fail(59, `no such command: '${request.name}'`);
  const known = [request.name, ...command.fields, ...common];
  const unknown = Object.keys(request.body).find((field) => !known.includes(field));
  if (unknown) notServed(`The field '${unknown}' of the command ${request.name}`);
  refuseConcerns(request.body);
  const reply = command.run(request, context);
  return Buffer.isBuffer(reply) ? reply : encode({ ...reply, ok: 1 });
}

/**
 * Whether the answer has to wait for the disk. Also where nothing changed: an answer such as 'duplicate key' may rest on
 * another client's write that is on its way.
 */
export function waitsForDisk(name: string): boolean {
  return name in writeCommands || name in adminCommands;
}

/** Runs a command in memory. Its answer, or the error as an answer; anything unforeseen is code 8, with its message. */
export function runCommand(request: Request, context: Context): Uint8Array {
  try {
    return answer(request, context);
  } catch (error) {
    return errorReply(error);
  }
}

export function errorReply(error: unknown): Uint8Array {
  const known =
    error instanceof CommandError ? error : new CommandError(8, `internal error: ${String(error)}`);
  return encode({ ok: 0, errmsg: known.message, code: known.code, codeName: known.codeName, ...known.info });
}
