import { randomInt } from 'node:crypto';
import { encodeReply, rawArray } from './bson.ts';
import { fail } from './errors.ts';

const firstBatchSize = 101;
const maxBatchBytes = 16_000_000;
const idleMs = 10 * 60_000;

/** An answer as a snapshot: how many documents there are, and the bytes of each when its batch is due. */
export interface Answer {
  readonly namespace: string;
  readonly count: number;
  readonly bytesAt: (position: number) => Uint8Array;
}

interface OpenCursor {
  readonly answer: Answer;
  position: number;
  usedAt: number;
}

/** The cursors that clients have open. Those not used for ten minutes are closed, as in MongoDB. */
export class Cursors {
  private readonly open = new Map<bigint, OpenCursor>();
  private nextId = BigInt(randomInt(1, 2 ** 40)) << 8n;

  /** The first batch, and a cursor for the rest if the client wants more. */
  first(answer: Answer, batchSize: number | undefined, singleBatch = false): Buffer {
    const cursor: OpenCursor = { answer, position: 0, usedAt: Date.now() };
    const documents = take(cursor, batchSize ?? firstBatchSize);
    const id = singleBatch || cursor.position >= answer.count ? 0n : this.keep(cursor);
    return cursorReply('firstBatch', documents, id, answer.namespace);
  }

  /** Keeps an answer without sending anything of it yet. */
  hold(answer: Answer): bigint {
    return this.keep({ answer, position: 0, usedAt: Date.now() });
  }

  next(id: bigint, namespace: string, batchSize: number | undefined): Buffer {
    const cursor = this.open.get(id);
    if (!cursor) return fail(43, `cursor id ${id} not found`);
    if (cursor.answer.namespace !== namespace)
      fail(
        13,
        `Requested getMore on namespace '${namespace}', but cursor belongs to '${cursor.answer.namespace}'`,
      );
    cursor.usedAt = Date.now();
    const documents = take(cursor, batchSize ?? Infinity);
    const done = cursor.position >= cursor.answer.count;
    if (done) this.open.delete(id);
    return cursorReply('nextBatch', documents, done ? 0n : id, namespace);
  }

  kill(id: bigint): boolean {
    return this.open.delete(id);
  }

  private keep(cursor: OpenCursor): bigint {
    const oldest = Date.now() - idleMs;
    for (const [id, { usedAt }] of this.open) if (usedAt < oldest) this.open.delete(id);
    this.open.set(++this.nextId, cursor);
    return this.nextId;
  }
}

function take(cursor: OpenCursor, batchSize: number): Uint8Array[] {
  const { answer } = cursor;
  const documents: Uint8Array[] = [];
  let size = 0;
  while (documents.length < batchSize && cursor.position < answer.count) {
    const bytes = answer.bytesAt(cursor.position);
    size += bytes.length;
    if (documents.length > 0 && size > maxBatchBytes) break;
    documents.push(bytes);
    cursor.position++;
  }
  return documents;
}

function cursorReply(
  batch: 'firstBatch' | 'nextBatch',
  documents: Uint8Array[],
  id: bigint,
  ns: string,
): Buffer {
  const cursor = encodeReply({ [batch]: rawArray(documents), id, ns });
  return encodeReply({ cursor: { rawType: 3, bytes: cursor }, ok: 1 });
}
