import { trusted, type Connection, type mongo } from 'mongoose';
import type { SmeId, Suggestion, SuggestionList } from '../../matching/types.ts';
import type { Cause } from '../live/protocol.ts';
import { FACTORS } from '../../matching/types.ts';
import { batched } from '../storage/batched.ts';
import { listModel, type ListRecord } from './model.ts';

/** A list that was written anew. */
export interface WrittenList {
  readonly smeId: SmeId;
  readonly listVersion: number;
  readonly cause: Cause;
  /** The list itself, where it was written just now. */
  readonly record?: ListRecord;
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

/** The stored suggestion lists. They are a copy of what the engine says: written only where they differ from it. */
export class StoredLists {
  readonly #lists;
  readonly #stored;
  readonly #clock: () => Date;
  readonly #batched = batched((smeIds) => this.findMany(smeIds));

  constructor(connection: Connection, clock: () => Date) {
    this.#lists = listModel(connection);
    this.#stored = connection.collection<ListRecord>(this.#lists.collection.collectionName);
    this.#clock = clock;
  }

  async find(smeId: SmeId): Promise<ListRecord | null> {
    return (await this.#batched([smeId])).get(smeId) ?? null;
  }

  async findMany(smeIds: readonly SmeId[]): Promise<Map<SmeId, ListRecord>> {
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
    const lists = await this.findMany(smeIds);
    return new Map([...lists.values()].map((list) => [list._id, list.entries.length]));
  }

  /**
   * Writes those of the lists that differ from what is stored, each on the version that was read, so that of two processes with the
   * same news one writes it. `hasReader` says whose accounts are to be told.
   */
  async write(
    lists: readonly SuggestionList[],
    options: {
      weightsVersion: number;
      causeOf: (smeId: SmeId) => Cause;
      hasReader: (smeIds: readonly SmeId[]) => Promise<ReadonlySet<SmeId>>;
    },
  ): Promise<WrittenList[]> {
    const stored = await this.findMany(lists.map(({ sme }) => sme));
    const differing = lists.filter(({ sme, suggestions }) => {
      const before = stored.get(sme);
      return !before || !sameEntries(before.entries, suggestions);
    });
    if (differing.length === 0) return [];
    const readers = await options.hasReader(differing.map(({ sme }) => sme));
    const written: WrittenList[] = [];
    const operations = differing.map(({ sme, suggestions }): mongo.AnyBulkWriteOperation<ListRecord> => {
      const before = stored.get(sme)?.listVersion;
      const fresh = {
        entries: [...suggestions],
        listVersion: (before ?? 0) + 1,
        weightsVersion: options.weightsVersion,
        computedAt: this.#clock(),
        cause: options.causeOf(sme),
        untold: readers.has(sme),
      };
      const { listVersion, cause } = fresh;
      written.push({ smeId: sme, listVersion, cause, record: { _id: sme, ...fresh } });
      return before === undefined
        ? { updateOne: { filter: { _id: sme }, update: { $setOnInsert: fresh }, upsert: true } }
        : { updateOne: { filter: { _id: sme, listVersion: before }, update: { $set: fresh } } };
    });
    // By the driver itself: mongoose would cast and check every part of hundreds of lists that are ours.
    await this.#stored.bulkWrite(operations, { ordered: false });
    return written.filter(({ smeId }) => readers.has(smeId));
  }

  /** Lists whose accounts were not told yet. */
  async untold(): Promise<WrittenList[]> {
    const found = await this.#lists
      .find({ untold: true }, { listVersion: 1, cause: 1 })
      .lean<ListRecord[]>()
      .exec();
    return found.map(({ _id, listVersion, cause }) => ({ smeId: _id, listVersion, cause }));
  }

  /** Their accounts were told of these versions. */
  async told(lists: readonly WrittenList[]): Promise<void> {
    if (lists.length === 0) return;
    await this.#stored.bulkWrite(
      lists.map(({ smeId, listVersion }) => ({
        updateOne: { filter: { _id: smeId, listVersion }, update: { $set: { untold: false } } },
      })),
      { ordered: false },
    );
  }

  async remove(smeIds: readonly SmeId[]): Promise<void> {
    if (smeIds.length === 0) return;
    await this.#lists.deleteMany({ _id: trusted({ $in: [...smeIds] }) }).exec();
  }

  /** Removes the lists of SMEs that are not in the pool. */
  async keepOnly(pool: ReadonlySet<SmeId>): Promise<void> {
    const ids = await this.#lists.distinct('_id').exec();
    await this.remove(ids.filter((id) => !pool.has(id)));
  }
}
