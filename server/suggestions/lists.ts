import { createHash } from 'node:crypto';
import { trusted, type Connection, type mongo } from 'mongoose';
import type { SmeId, Suggestion, SuggestionList } from '../../matching/types.ts';
import type { Cause } from '../live/protocol.ts';
import { FACTORS } from '../../matching/types.ts';
import { batched } from '../storage/batched.ts';
import { newId } from '../storage/ids.ts';
import { listModel, type ListRecord } from './model.ts';

/** A list that was written anew. */
export interface WrittenList {
  readonly smeId: SmeId;
  readonly listVersion: number;
  readonly cause: Cause;
  /** The list itself, where it was written just now. */
  readonly record?: ListRecord;
  /** The write of this process that it was a part of, which is over. */
  readonly write?: string;
}

/** True where both hold the same partners with the same scores, term by term. */
export function sameEntries(one: readonly Suggestion[], other: readonly Suggestion[]): boolean {
  return (
    one.length === other.length &&
    one.every((suggestion, rank) => {
      const its = other[rank];
      return (
        its?.partner === suggestion.partner &&
        its.score === suggestion.score &&
        FACTORS.every((factor) => its.terms[factor] === suggestion.terms[factor])
      );
    })
  );
}

/** How lists are written. */
export interface WriteOptions {
  readonly weightsVersion: number;
  readonly causeOf: (smeId: SmeId) => Cause;
  /** Those of these SMEs whose accounts are to be told. */
  readonly hasReader: (smeIds: readonly SmeId[]) => Promise<ReadonlySet<SmeId>>;
  /** Compares with what is stored, not with what is remembered of it. [false] */
  readonly afresh?: boolean;
}

interface Known {
  readonly listVersion: number;
  readonly size: number;
  readonly fingerprint: string;
}

/** A list that is another one than the one that is known; `before` undefined: there is none yet. */
interface Differing {
  readonly sme: SmeId;
  readonly suggestions: readonly Suggestion[];
  readonly before: Known | undefined;
  readonly fingerprint: string;
}

/** Lists that are remembered at once: some 10 MB. */
const KNOWN_MOST = 50_000;

/** A few bytes for all that `sameEntries` compares. */
function fingerprintOf(entries: readonly Suggestion[]): string {
  const hash = createHash('sha1');
  for (const { partner, score, terms } of entries) {
    hash.update(`${partner} ${score} ${FACTORS.map((factor) => terms[factor]).join(' ')}\n`);
  }
  return hash.digest('base64');
}

/** The stored suggestion lists. They are a copy of what the engine says: written only where they differ from it. */
export class StoredLists {
  readonly #lists;
  readonly #stored;
  readonly #clock: () => Date;
  readonly #batched = batched((smeIds) => this.findMany(smeIds));
  /** What this process wrote or read last of each list: saves reading hundreds of them to see that they differ. */
  readonly #known = new Map<SmeId, Known>();

  constructor(connection: Connection, clock: () => Date) {
    this.#lists = listModel(connection);
    this.#stored = connection.collection<ListRecord>(this.#lists.collection.collectionName);
    this.#clock = clock;
  }

  async find(smeId: SmeId): Promise<ListRecord | null> {
    return (await this.#batched([smeId])).get(smeId) ?? null;
  }

  async findMany(smeIds: readonly SmeId[]): Promise<Map<SmeId, ListRecord>> {
    if (smeIds.length === 0) return new Map();
    // By the driver itself, as below.
    const found = await this.#stored.find({ _id: { $in: [...smeIds] } }).toArray();
    return new Map(found.map((list) => [list._id, list]));
  }

  /** All lists, without holding them all at once. */
  async *all(): AsyncGenerator<ListRecord, void, void> {
    yield* this.#lists.find().lean<ListRecord>().cursor({ batchSize: 200 });
  }

  /** Number of suggestions of each of these SMEs; without those that have no list. */
  async counts(smeIds: readonly SmeId[]): Promise<Map<SmeId, number>> {
    const stored = await this.#stored
      .find({ _id: { $in: [...smeIds] } }, { projection: { listVersion: 1 } })
      .toArray();
    const sizes = new Map<SmeId, number>();
    for (const { _id, listVersion } of stored) {
      const known = this.#known.get(_id);
      if (known?.listVersion === listVersion) sizes.set(_id, known.size);
    }
    // Whole lists are large: only those are read that another process wrote last.
    const unknown = stored.flatMap(({ _id }) => (sizes.has(_id) ? [] : [_id]));
    if (unknown.length === 0) return sizes;
    for (const { _id, entries } of (await this.findMany(unknown)).values()) sizes.set(_id, entries.length);
    return sizes;
  }

  /**
   * Writes those of the lists that differ from what is stored, each on the version that is known, so that of two processes with the
   * same news one writes it.
   */
  async write(lists: readonly SuggestionList[], options: WriteOptions): Promise<WrittenList[]> {
    const unread = options.afresh ? lists : lists.filter(({ sme }) => !this.#known.has(sme));
    const stored = await this.findMany(unread.map(({ sme }) => sme));
    for (const { sme } of unread) this.#note(sme, stored.get(sme));
    const differing = lists.flatMap(({ sme, suggestions }): Differing[] => {
      const before = this.#known.get(sme);
      const fingerprint = fingerprintOf(suggestions);
      return before?.fingerprint === fingerprint ? [] : [{ sme, suggestions, before, fingerprint }];
    });
    if (differing.length === 0) return [];
    const readers = await options.hasReader(differing.map(({ sme }) => sme));
    const write = newId();
    const records = differing.map(({ sme, suggestions, before }): ListRecord => ({
      _id: sme,
      entries: [...suggestions],
      listVersion: (before?.listVersion ?? 0) + 1,
      weightsVersion: options.weightsVersion,
      computedAt: this.#clock(),
      cause: options.causeOf(sme),
      untold: readers.has(sme) ? write : false,
    }));
    const isOurs = await this.#put(records);
    for (const { sme, suggestions, before, fingerprint } of differing) {
      const listVersion = (before?.listVersion ?? 0) + 1;
      // Where another process wrote some of them, all are read anew.
      if (isOurs) this.#known.set(sme, { listVersion, size: suggestions.length, fingerprint });
      else this.#known.delete(sme);
    }
    const mine = records
      .filter(({ _id }) => readers.has(_id))
      .map((record) => ({
        smeId: record._id,
        listVersion: record.listVersion,
        cause: record.cause,
        record,
        write,
      }));
    if (isOurs || options.afresh) return mine;
    // What was remembered was out of date: once more on what is stored. What was written nevertheless stands there, and is still to be told.
    const again = await this.write(lists, { ...options, afresh: true });
    const standing = ({ smeId, listVersion }: WrittenList): boolean =>
      this.#known.get(smeId)?.listVersion === listVersion && !again.some((one) => one.smeId === smeId);
    return [...mine.filter(standing), ...again];
  }

  /** Writes lists, each on the version before. @returns whether all were written */
  async #put(records: readonly ListRecord[]): Promise<boolean> {
    // By the driver itself: mongoose would cast and check every part of hundreds of lists that are ours.
    const { matchedCount, upsertedCount } = await this.#stored.bulkWrite(
      records.map(({ _id, ...fresh }): mongo.AnyBulkWriteOperation<ListRecord> =>
        fresh.listVersion === 1
          ? { updateOne: { filter: { _id }, update: { $setOnInsert: fresh }, upsert: true } }
          : { updateOne: { filter: { _id, listVersion: fresh.listVersion - 1 }, update: { $set: fresh } } },
      ),
      { ordered: false },
    );
    return matchedCount + upsertedCount === records.length;
  }

  #note(sme: SmeId, record: ListRecord | undefined): void {
    if (this.#known.size >= KNOWN_MOST) this.#known.clear();
    if (!record) this.#known.delete(sme);
    else {
      const { listVersion, entries } = record;
      this.#known.set(sme, { listVersion, size: entries.length, fingerprint: fingerprintOf(entries) });
    }
  }

  /** Lists whose accounts were not told yet. */
  async untold(): Promise<WrittenList[]> {
    const found = await this.#lists
      .find({ untold: trusted({ $ne: false }) }, { listVersion: 1, cause: 1 })
      .lean<ListRecord[]>()
      .exec();
    return found.map(({ _id, listVersion, cause }) => ({ smeId: _id, listVersion, cause }));
  }

  /** Their accounts were told of these versions. Whole writes of this process are marked by their name, in one command. */
  async told(lists: readonly WrittenList[]): Promise<void> {
    const writes = new Set(lists.flatMap(({ write }) => write ?? []));
    const others = lists.filter(({ write }) => write === undefined);
    const told = { $set: { untold: false } };
    if (writes.size > 0) await this.#stored.updateMany({ untold: { $in: [...writes] } }, told);
    if (others.length === 0) return;
    await this.#stored.bulkWrite(
      others.map(({ smeId, listVersion }) => ({
        updateOne: { filter: { _id: smeId, listVersion }, update: told },
      })),
      { ordered: false },
    );
  }

  async remove(smeIds: readonly SmeId[]): Promise<void> {
    if (smeIds.length === 0) return;
    for (const smeId of smeIds) this.#known.delete(smeId);
    await this.#lists.deleteMany({ _id: trusted({ $in: [...smeIds] }) }).exec();
  }

  /** Removes the lists of SMEs that are not in the pool. */
  async keepOnly(pool: ReadonlySet<SmeId>): Promise<void> {
    const ids = await this.#lists.distinct('_id').exec();
    await this.remove(ids.filter((id) => !pool.has(id)));
  }
}
