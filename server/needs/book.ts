import type { Connection } from 'mongoose';
import type { NeedReader } from '../../matching/index.ts';
import { needModel, type NeedRecord } from './model.ts';
import { toEngineNeed } from './record.ts';

type Wanted = ReturnType<NeedReader['wanted']>;

/** A published need as ranking for one SME reads it. */
export interface BookEntry {
  readonly id: string;
  readonly wanted: Wanted;
  /** Milliseconds since 1970. */
  readonly listedAt: number;
}

type Read = Pick<
  NeedRecord,
  '_id' | 'title' | 'capabilities' | 'technologies' | 'fields' | 'sectors' | 'trlMin' | 'trlMax' | 'listedAt'
>;

const READ = {
  title: 1,
  capabilities: 1,
  technologies: 1,
  fields: 1,
  sectors: 1,
  trlMin: 1,
  trlMax: 1,
  listedAt: 1,
} as const;

/** All published needs with what they want. */
export interface NeedBook {
  entries(): Promise<readonly BookEntry[]>;
}

/**
 * Keeps what published needs want in memory, so that ranking thousands of them for one SME reads two index entries instead of all
 * documents. Each time it asks the database how many there are and which changed last, so that no process shows old ones.
 */
export function createNeedBook(connection: Connection, reader: NeedReader): NeedBook {
  const needs = needModel(connection);
  let known: { stamp: string; entries: Promise<readonly BookEntry[]> } | null = null;

  async function stampNow(): Promise<string> {
    const [count, last] = await Promise.all([
      needs.countDocuments({ state: 'published' }).exec(),
      needs
        .findOne({ state: 'published' }, { version: 1, updatedAt: 1 })
        .sort({ updatedAt: -1, _id: 1 })
        .lean<Pick<NeedRecord, '_id' | 'version' | 'updatedAt'>>()
        .exec(),
    ]);
    return JSON.stringify([count, last?._id, last?.version, last?.updatedAt]);
  }

  async function read(): Promise<readonly BookEntry[]> {
    const found = await needs.find({ state: 'published' }, READ).lean<Read[]>().exec();
    return found.map((need) => ({
      id: need._id,
      wanted: reader.wanted(toEngineNeed({ ...need, words: '' })),
      listedAt: need.listedAt.getTime(),
    }));
  }

  return {
    async entries() {
      const stamp = await stampNow();
      if (known?.stamp !== stamp) {
        const entries = read();
        known = { stamp, entries };
        entries.catch(() => {
          // The next reader tries again; this one is told.
          known = null;
        });
      }
      return known.entries;
    },
  };
}
