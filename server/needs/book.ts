import type { Connection } from 'mongoose';
import type { NeedReader } from '../../matching/index.ts';
import { followRecords } from '../storage/follow.ts';
import { needModel, type NeedRecord } from './model.ts';
import { toEngineNeed } from './record.ts';

type Wanted = ReturnType<NeedReader['wanted']>;

/** A published need as it is ranked and counted. */
export interface BookEntry extends Pick<
  NeedRecord,
  'capabilities' | 'technologies' | 'fields' | 'sectors' | 'trlMin' | 'trlMax'
> {
  readonly id: string;
  readonly wanted: Wanted;
  /** Milliseconds since 1970. */
  readonly listedAt: number;
}

/** All published needs, in no order. */
export interface NeedBook {
  entries(): Promise<readonly BookEntry[]>;
}

/** Keeps what published needs want in memory: ranking thousands of them for one SME, and counting what they want, reads no documents. */
export function createNeedBook(connection: Connection, reader: NeedReader): NeedBook {
  const published = new Map<string, BookEntry>();
  let list: readonly BookEntry[] | null = null;
  const follower = followRecords(
    needModel(connection),
    ['state', 'title', 'capabilities', 'technologies', 'fields', 'sectors', 'trlMin', 'trlMax', 'listedAt'],
    {
      put(need) {
        list = null;
        if (need.state !== 'published') {
          published.delete(need._id);
          return;
        }
        const { capabilities, technologies, fields, sectors, trlMin, trlMax } = need;
        published.set(need._id, {
          id: need._id,
          wanted: reader.wanted(toEngineNeed({ ...need, words: '' })),
          listedAt: need.listedAt.getTime(),
          capabilities,
          technologies,
          fields,
          sectors,
          trlMin,
          trlMax,
        });
      },
      remove(id) {
        list = null;
        published.delete(id);
      },
    },
  );
  return {
    async entries() {
      await follower.fresh();
      return (list ??= [...published.values()]);
    },
  };
}
