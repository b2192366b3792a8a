/**
 * The file of a backup: gzip of lines of canonical extended JSON. First a header, then for each collection a line that
 * describes it and one line for each document, at last a line with the counts and a SHA-256 of all lines before it.
 */
import { createHash, type Hash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { BSON, type Document } from 'mongodb';
import { z } from 'zod';
import { errorText } from './error-text.ts';

export const backupFormat = 'tandem-backup';
const backupVersion = 1;

const isVersion = (value: unknown): boolean => Number(value) === backupVersion;
const header = z.strictObject({
  format: z.literal(backupFormat),
  version: z.custom(isVersion),
  madeAt: z.string(),
});
const collectionLine = z.strictObject({
  collection: z.string(),
  indexes: z.array(z.looseObject({ name: z.string(), key: z.record(z.string(), z.unknown()) })),
});
const footer = z.strictObject({ counts: z.record(z.string(), z.unknown()), sha256: z.string() });

/** One collection of a backup. */
export interface BackupCollection {
  readonly name: string;
  readonly indexes: readonly IndexLine[];
  readonly documents: AsyncIterable<Document>;
}

export type IndexLine = z.infer<typeof collectionLine>['indexes'][number];

/** Number of documents by collection. */
export type Counts = Record<string, number>;

/** What a reader of a backup is told, in the order of the file. */
export type BackupItem =
  | { readonly kind: 'collection'; readonly name: string; readonly indexes: readonly IndexLine[] }
  | { readonly kind: 'document'; readonly document: Document };

/** The file is no whole backup. Its message says why. */
export class BackupFileError extends Error {}

const text = (value: unknown): string => BSON.EJSON.stringify(value, { relaxed: false });

async function* linesOf(
  collections: AsyncIterable<BackupCollection>,
  madeAt: Date,
  counts: Counts,
): AsyncIterable<string> {
  const hash = createHash('sha256');
  const line = (content: string): string => {
    hash.update(content).update('\n');
    return `${content}\n`;
  };
  yield line(JSON.stringify({ format: backupFormat, version: backupVersion, madeAt: madeAt.toISOString() }));
  for await (const { name, indexes, documents } of collections) {
    yield line(text({ collection: name, indexes }));
    let count = 0;
    for await (const document of documents) {
      count++;
      yield line(text({ d: document }));
    }
    counts[name] = count;
  }
  yield `${JSON.stringify({ counts, sha256: hash.digest('hex') })}\n`;
}

/** Writes a backup. The file appears under its name only when it is whole; it is readable by this user only. */
export async function writeBackup(
  file: string,
  collections: AsyncIterable<BackupCollection>,
  madeAt: Date,
): Promise<Counts> {
  const unfinished = `${file}.unfinished`;
  const counts: Counts = {};
  try {
    const target = createWriteStream(unfinished, { mode: 0o600, flush: true });
    await pipeline(Readable.from(linesOf(collections, madeAt, counts)), createGzip(), target);
    await rename(unfinished, file);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  }
  return counts;
}

function parsed<T>(schema: z.ZodType<T>, content: string, what: string): T {
  try {
    return schema.parse(BSON.EJSON.parse(content, { relaxed: false }));
  } catch (error) {
    throw new BackupFileError(`The file is no backup of Tandem: ${what} cannot be read.`, { cause: error });
  }
}

/** Reads a backup, item by item. Throws `BackupFileError` as soon as something is wrong, at the latest at its end. */
export async function* readBackup(file: string): AsyncIterable<BackupItem> {
  const source = createReadStream(file);
  const unzip = createGunzip();
  // a fault of either stream ends the reading of lines below, which reports it
  const broken = pipeline(source, unzip).then(
    () => undefined,
    (error: unknown) => error,
  );
  const state: ReaderState = {
    hash: createHash('sha256'),
    counts: {},
    current: undefined,
    ended: false,
    first: true,
  };
  try {
    for await (const content of createInterface({ input: unzip, crlfDelay: Infinity })) {
      const item = readLine(content, state);
      if (item) yield item;
    }
  } catch (error) {
    if (error instanceof BackupFileError) throw error;
    throw new BackupFileError(`The file cannot be read: ${errorText(error)}.`, { cause: error });
  }
  const fault = await broken;
  if (fault !== undefined)
    throw new BackupFileError(`The file is broken or cut off: ${errorText(fault)}.`, { cause: fault });
  if (!state.ended) throw new BackupFileError('The file is cut off: its last line is missing.');
}

interface ReaderState {
  readonly hash: Hash;
  readonly counts: Counts;
  current: string | undefined;
  ended: boolean;
  first: boolean;
}

function readLine(content: string, state: ReaderState): BackupItem | undefined {
  if (state.ended) throw new BackupFileError('The file goes on after its last line.');
  if (state.first) {
    parsed(header, content, 'its first line');
    state.first = false;
  } else if (content.startsWith('{"counts"')) {
    checkEnd(parsed(footer, content, 'its last line'), state);
    state.ended = true;
    return undefined;
  }
  state.hash.update(content).update('\n');
  if (content.startsWith('{"d"')) return documentItem(content, state);
  if (!content.startsWith('{"collection"')) return undefined;
  const { collection, indexes } = parsed(collectionLine, content, 'the description of a collection');
  state.current = collection;
  state.counts[collection] = 0;
  return { kind: 'collection', name: collection, indexes };
}

function documentItem(content: string, state: ReaderState): BackupItem {
  if (state.current === undefined) throw new BackupFileError('A document comes before any collection.');
  const { d } = parsed(
    z.strictObject({ d: z.custom<Document>((value) => typeof value === 'object' && value !== null) }),
    content,
    'a document',
  );
  state.counts[state.current] = (state.counts[state.current] ?? 0) + 1;
  return { kind: 'document', document: d };
}

function checkEnd({ counts, sha256 }: z.infer<typeof footer>, state: ReaderState): void {
  if (state.hash.digest('hex') !== sha256)
    throw new BackupFileError('The file is damaged: its checksum does not fit its content.');
  for (const [name, count] of Object.entries(counts))
    if (state.counts[name] !== Number(count))
      throw new BackupFileError(`The file is damaged: documents of ${name} are missing.`);
}
