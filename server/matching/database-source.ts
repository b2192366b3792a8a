import { trusted, type Connection } from 'mongoose';
import type { Call, SmeId, TaxonomyEntry, Weights } from '../../matching/types.ts';
import { allowedAmong, answeredConsentSince } from '../privacy/standing.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import { toProfile } from '../smes/profile.ts';
import { answeredSince, declinedBy } from '../suggestions/answers.ts';
import type { LoadedProfile, ProfileSource } from './source.ts';

/** Profiles read at a time. */
const BATCH = 100;

export interface DatabaseSourceDeps {
  readonly connection: Connection;
  readonly taxonomy: readonly TaxonomyEntry[];
  readonly call: () => Promise<Call>;
  readonly weights: () => Promise<{ readonly version: number; readonly values: Weights }>;
}

/** What the matcher needs, from the database. Confidential parts are not read. */
export function databaseSource(deps: DatabaseSourceDeps): ProfileSource {
  const { connection } = deps;
  const smes = smeModel(connection);

  /** The stamp changes with the profile's version and with each answer. */
  async function load(all: readonly SmeRecord[]): Promise<LoadedProfile[]> {
    const ids = all.map(({ _id }) => _id);
    const [answers, allowed] = await Promise.all([
      declinedBy(connection, ids),
      allowedAmong(connection, 'matching', ids),
    ]);
    // Who took the consent back is not there, as far as the engine goes.
    const records = all.filter(({ _id }) => allowed.has(_id));
    return records.map((record) => {
      const { declined, lastAt } = answers.get(record._id) ?? { declined: [], lastAt: 0 };
      return { profile: toProfile(record, declined), stamp: `${record.version}/${lastAt}` };
    });
  }

  const some: ProfileSource['some'] = async (ids) => {
    const records = await smes
      .find({ _id: trusted({ $in: [...ids] }) }, { confidential: 0 })
      .lean<SmeRecord[]>()
      .exec();
    return load(records);
  };

  return {
    taxonomy: () =>
      Promise.resolve(deps.taxonomy.map(({ id, label, facet, broader }) => ({ id, label, facet, broader }))),
    call: deps.call,
    weights: deps.weights,
    async *all() {
      let after: SmeId = '';
      for (;;) {
        const records: SmeRecord[] = await smes
          .find({ _id: trusted({ $gt: after }) }, { confidential: 0 })
          .sort({ _id: 1 })
          .limit(BATCH)
          .lean<SmeRecord[]>()
          .exec();
        const last = records.at(-1);
        if (!last) return;
        yield await load(records);
        after = last._id;
      }
    },
    some,
    async stampsSince(time) {
      const changed = await smes.distinct('_id', { updatedAt: trusted({ $gte: time }) }).exec();
      const answered = await answeredSince(connection, time);
      const consented = await answeredConsentSince(connection, 'matching', time);
      const loaded = await some([...new Set([...changed, ...answered, ...consented])]);
      return loaded.map(({ profile, stamp }) => ({ id: profile.id, stamp }));
    },
  };
}
