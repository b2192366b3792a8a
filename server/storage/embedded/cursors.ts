import { randomInt } from 'node:crypto';
import { Long } from 'bson';
import { type Doc, encode, fieldBytes, rawField, wrapElements } from './bson.ts';
import { fail } from './errors.ts';

const firstBatchSize = 101;
const maxBatchBytes = 16_000_000;
const idleMs = 10 * 60_000;

/** An answer as a snapshot: documents as they were at the time of the query, and how they are shown. */
export interface Answer {
  readonly namespace: string;
  readonly rows: readonly { readonly bytes: Uint8Array; readonly doc: Doc }[];
  readonly project?: ((doc: Doc) => Doc) | undefined;
}

/** How much of an answer was sent, and when. */
interface Cursor {
  readonly answer: Answer;
  position: number;
  usedAt: number;
}

/** The cursors that clients have open. Those not used for ten minutes are closed, as in MongoDB. */
export class Cursors {
  private readonly open = new Map<number, Cursor>();
  private nextId = randomInt(1, 2 ** 40);

  /** Keeps an answer without sending anything of it yet. */
  hold(answer: Answer): number {
    const oldest = Date.now() - idleMs;
    for (const [id, { usedAt }] of this.open) if (usedAt < oldest) this.open.delete(id);
    this.open.set(++this.nextId, { answer, position: 0, usedAt: Date.now() });
    return this.nextId;
  }

  /** The first batch. A cursor stays open for the rest, unless the client wants a single batch. */
  first(answer: Answer, batchSize = firstBatchSize, singleBatch = false): Uint8Array {
    return this.reply('firstBatch', this.hold(answer), batchSize, singleBatch);
  }

  /** The next batch. Throws 43 if the cursor has ended. */
  next(id: number, batchSize = Infinity): Uint8Array {
    return this.reply('nextBatch', id, batchSize, false);
  }

  kill(id: number): boolean {
    return this.open.delete(id);
  }

  private reply(batch: string, id: number, batchSize: number, last: boolean): Uint8Array {
    const cursor = this.open.get(id) ?? fail(43, `cursor id ${id} not found`);
    const { rows, namespace } = cursor.answer;
    const documents = take(cursor, batchSize);
    const ends = last || cursor.position >= rows.length;
    if (ends) this.open.delete(id);
    const rest = fieldBytes({ id: Long.fromNumber(ends ? 0 : id), ns: namespace });
    const body = wrapElements([rawField(batch, wrapElements(documents), 4), rest]);
    return wrapElements([rawField('cursor', body), fieldBytes({ ok: 1 })]);
  }
}

function take(cursor: Cursor, batchSize: number): Uint8Array[] {
  const { rows, project } = cursor.answer;
  const documents: Uint8Array[] = [];
  let size = 0;
  for (const row of rows.slice(cursor.position, cursor.position + batchSize)) {
    const bytes = project ? encode(project(row.doc)) : row.bytes;
    size += bytes.length;
    if (documents.length > 0 && size > maxBatchBytes) break;
    documents.push(rawField(String(documents.length), bytes));
  }
  cursor.position += documents.length;
  cursor.usedAt = Date.now();
  return documents;
}
