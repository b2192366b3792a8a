import { trusted, type Model } from 'mongoose';
import type { SmeRecord } from '../smes/model.ts';
import { DuplicateIndex } from './duplicates.ts';

/** How a company of the index is referred to: the SME it is (or will be), and its line where it stands in the same file. */
export interface KnownRef {
  readonly smeId: string;
  readonly line: number | null;
}

type KnownFields = Pick<SmeRecord, '_id' | 'name' | 'country' | 'website' | 'externalId' | 'source'>;

/** Index of the SMEs in the database; only those created after `since`, where it is given, and without those in `except`. */
export async function knownCompanies(
  smes: Model<SmeRecord>,
  options: { since?: Date; except?: ReadonlySet<string> } = {},
): Promise<DuplicateIndex<KnownRef>> {
  const index = new DuplicateIndex<KnownRef>();
  const filter = options.since === undefined ? {} : { createdAt: trusted({ $gte: options.since }) };
  const fields = { name: 1, country: 1, website: 1, externalId: 1, source: 1 } as const;
  for await (const sme of smes.find(filter, fields).lean<KnownFields[]>().cursor({ batchSize: 1_000 })) {
    if (options.except?.has(sme._id)) continue;
    index.add(sme, { smeId: sme._id, line: null });
  }
  return index;
}
