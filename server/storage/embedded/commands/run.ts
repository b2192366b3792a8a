import { encode, isDoc, own } from '../bson.ts';
import { errorReply, fail, notServed } from '../errors.ts';
import type { Request } from '../wire.ts';
import { adminCommands } from './admin.ts';
import { type Call, type Command, type Context, Fields } from './call.ts';
import { greetingCommands } from './greeting.ts';
import { readCommands } from './read.ts';
import { writeCommands } from './write.ts';

const commands: ReadonlyMap<string, Command> = new Map(
  Object.entries<Command>({ ...greetingCommands, ...readCommands, ...writeCommands, ...adminCommands }),
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

const inTransactions = ['autocommit', 'startTransaction', 'txnNumber'];

function refuseGuarantees({ name, body }: Request): void {
  if (
    name === 'commitTransaction' ||
    name === 'abortTransaction' ||
    inTransactions.some((field) => field in body)
  )
    notServed('A transaction', 263);
  const [write, read] = [own(body, 'writeConcern'), own(body, 'readConcern')];
  const w = isDoc(write) ? own(write, 'w') : undefined;
  if (w !== undefined && w !== 0 && w !== 1 && w !== 'majority')
    fail(2, "only a 'w' of 0, 1 or 'majority' is possible");
  if (isDoc(read) && own(read, 'level') === 'snapshot') notServed("The read concern 'snapshot'");
}

function answer(request: Request, context: Context): Uint8Array {
  const { name, body, database } = request;
  refuseGuarantees(request);
  const command = commands.get(name) ?? notServed(`no such command: '${name}', or it`, 59);
  const fields = new Fields(body, [name, ...command.fields, ...common], `the command ${name}`);
  const call: Call = {
    name,
    database,
    fields,
    context,
    get namespace() {
      return `${database}.${fields.text(name)}`;
    },
    get collection() {
      return context.catalog.find(database, fields.text(name));
    },
    obtain: () => context.catalog.obtain(database, fields.text(name)),
  };
  const reply = command.run(call);
  return reply instanceof Uint8Array ? reply : encode({ ...reply, ok: 1 });
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
    return encode(errorReply(error));
  }
}
