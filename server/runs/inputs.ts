import { trusted, type Connection } from 'mongoose';
import type { Matcher } from '../matching/matcher.ts';
import { smeModel } from '../smes/model.ts';
import { isOnlyDuplicateKeys } from '../storage/duplicate-key.ts';
import { engineProfileSchema } from './log-file.ts';
import { runInputModel, type RunInputRecord } from './model.ts';

/** Parts looked up or written at a time. */
const BATCH = 500;

/** The parts of the inputs of all runs: each kept once, by its hash, for as long as a run refers to it. */
export interface RunInputsStore {
  /** Keeps these parts, those that are not there yet being fetched from the matcher. `profiles` are hashes of profiles. */
  keep(parts: { readonly common: readonly string[]; readonly profiles: readonly string[] }): Promise<void>;
  /** Texts by hash; what is gone is left out. */
  texts(hashes: readonly string[]): Promise<Map<string, string>>;
  /** How many of these are gone. */
  countGone(hashes: readonly string[]): Promise<number>;
  /** Forgets every profile of an SME. */
  erase(smeId: string): Promise<void>;
  /** Removes what was kept before this time and is not among these; says how many. */
  keepOnly(used: ReadonlySet<string>, before: Date): Promise<number>;
}

function* batches<T>(items: readonly T[]): Generator<T[]> {
  for (let from = 0; from < items.length; from += BATCH) yield items.slice(from, from + BATCH);
}

export function createRunInputs(
  connection: Connection,
  { matcher, clock }: { matcher: Pick<Matcher, 'inputTexts'>; clock: () => Date },
): RunInputsStore {
  const inputs = runInputModel(connection);
  const smes = smeModel(connection);

  async function knownOf(hashes: readonly string[]): Promise<Set<string>> {
    const found = await inputs
      .find({ _id: trusted({ $in: [...hashes] }) }, { _id: 1 })
      .lean<Pick<RunInputRecord, '_id'>[]>()
      .exec();
    return new Set(found.map(({ _id }) => _id));
  }

  async function add(hashes: readonly string[], areProfiles: boolean): Promise<void> {
    const known = await knownOf(hashes);
    const missing = hashes.filter((hash) => !known.has(hash));
    if (missing.length === 0) return;
    const records = (await matcher.inputTexts(missing)).map(({ hash, text }): RunInputRecord => {
      const smeId = areProfiles ? engineProfileSchema.parse(JSON.parse(text)).id : null;
      return { _id: hash, smeId, text, at: clock() };
    });
    try {
      await inputs.insertMany(records, { ordered: false, lean: true });
    } catch (error) {
      // Another process kept the same part: it is the same to the byte.
      if (!isOnlyDuplicateKeys(error)) throw error;
    }
    await eraseWithdrawn(records.flatMap(({ smeId }) => smeId ?? []));
  }

  /** An SME that was withdrawn since the engine answered must leave nothing: its erasure may have come before this was written. */
  async function eraseWithdrawn(smeIds: readonly string[]): Promise<void> {
    const there = new Set(await smes.distinct('_id', { _id: trusted({ $in: [...smeIds] }) }).exec());
    for (const smeId of smeIds) if (!there.has(smeId)) await inputs.deleteMany({ smeId }).exec();
  }

  return {
    async keep({ common, profiles }) {
      await add(common, false);
      for (const batch of batches(profiles)) await add(batch, true);
    },
    async texts(hashes) {
      const texts = new Map<string, string>();
      for (const batch of batches(hashes)) {
        const found = await inputs
          .find({ _id: trusted({ $in: batch }) }, { text: 1 })
          .lean<Pick<RunInputRecord, '_id' | 'text'>[]>()
          .exec();
        for (const { _id, text } of found) texts.set(_id, text);
      }
      return texts;
    },
    async countGone(hashes) {
      let gone = 0;
      for (const batch of batches(hashes)) gone += batch.length - (await knownOf(batch)).size;
      return gone;
    },
    async erase(smeId) {
      await inputs.deleteMany({ smeId }).exec();
    },
    async keepOnly(used, before) {
      const old = await inputs.distinct('_id', { at: trusted({ $lt: before }) }).exec();
      const unused = old.filter((hash) => !used.has(hash));
      for (const batch of batches(unused)) await inputs.deleteMany({ _id: trusted({ $in: batch }) }).exec();
      return unused.length;
    },
  };
}
