import type { Connection } from 'mongoose';
import { askedTogether } from '../asked-together.ts';
import { restOfTask } from '../rest-of-task.ts';

/** A question to one collection whose answer is a few rows. */
export interface Question {
  readonly collection: string;
  /** Stages that a `$unionWith` can hold, from the first one on. */
  readonly pipeline: readonly object[];
}

type Answer = Readonly<Record<string, unknown>>;
type Row = Answer & { readonly of: number };

/** More rows than this come in several batches; there are as many only after an import. */
const ROWS_AT_ONCE = 2_000;

/** All questions as one pipeline; each row of the answer bears the number of its question. */
function pipelineOf(questions: readonly Question[]): object[] {
  const parts = questions.map(({ collection, pipeline }, of) => ({
    coll: collection,
    pipeline: [...pipeline, { $set: { of } }],
  }));
  const [first, ...others] = parts;
  return [...(first?.pipeline ?? []), ...others.map((part) => ({ $unionWith: part }))];
}

async function askAll(connection: Connection, questions: readonly Question[]): Promise<Answer[][]> {
  const [first] = questions;
  if (first === undefined) return [];
  const rows = await connection
    .getClient()
    .db(connection.name)
    .collection(first.collection)
    // Of the primary this is everything that was acknowledged, and statistics of a collection cannot be read in another way.
    .aggregate<Row>(pipelineOf(questions), { readConcern: 'local', batchSize: ROWS_AT_ONCE })
    .toArray();
  const answers = questions.map((): Answer[] => []);
  for (const { of, ...answer } of rows) answers[of]?.push(answer);
  return answers;
}

/** Who joins questions of one task of his own first, by `restOfTask`, asks right behind it. */
async function restOfJoining(): Promise<void> {
  await restOfTask();
  await restOfTask();
}

const asking = new WeakMap<Connection, (question: Question) => Promise<Answer[]>>();

function askingOn(connection: Connection): (question: Question) => Promise<Answer[]> {
  const ask = askedTogether<Question, Answer[]>((questions) => askAll(connection, questions), restOfJoining);
  asking.set(connection, ask);
  return ask;
}

/**
 * Asks a small question along with others: all that is asked on one connection within one task of the event loop, by whichever features of
 * whichever collections, is one command. It is sent after the last of these questions, so that each is told of everything acknowledged before it.
 */
export async function askAlong<Found>(connection: Connection, question: Question): Promise<Found[]> {
  const rows = await (asking.get(connection) ?? askingOn(connection))(question);
  // The pipeline of the question says what its rows are.
  return rows as unknown as Found[];
}
