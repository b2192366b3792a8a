import type { Model } from 'mongoose';
import { newId } from '../storage/ids.ts';
import type { Company, DuplicateIndex } from './duplicates.ts';
import type { KnownRef } from './known.ts';
import type { ImportRecord, ImportRowRecord } from './model.ts';
import type { CheckedRow } from './rows.ts';

const BATCH = 200;

/** Where an SME of the file goes when it is registered. */
export type PlaceOf = (country: string) => string | null;

/**
 * Writes the checked rows of a file to the staging collection, batch by batch, and finds their duplicates among the known companies and
 * the earlier rows. Nothing else is changed. Returns how many rows there are of each kind.
 */
export async function stageRows(options: {
  importId: string;
  rows: AsyncIterable<CheckedRow>;
  model: Model<ImportRowRecord>;
  known: DuplicateIndex<KnownRef>;
  placeOf: PlaceOf;
  onBatch: () => void;
}): Promise<ImportRecord['rows']> {
  const counts = { total: 0, accepted: 0, refused: 0, duplicates: 0, created: 0, merged: 0, skipped: 0 };
  let batch: ImportRowRecord[] = [];
  const flush = async () => {
    if (batch.length > 0) await options.model.insertMany(batch, { lean: true });
    batch = [];
    options.onBatch();
  };
  for await (const row of options.rows) {
    const staged = stage(row, options);
    batch.push(staged);
    counts.total += 1;
    if (staged.outcome === 'refused') counts.refused += 1;
    else if (staged.outcome === 'duplicate') counts.duplicates += 1;
    else counts.accepted += 1;
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  return counts;
}

/** What is compared to find duplicates of a row. */
export function companyOf(
  row: Pick<ImportRowRecord, 'name' | 'country' | 'externalId' | 'source' | 'input'>,
): Company {
  const { name, country, externalId, source } = row;
  return { name, country, externalId, source, website: row.input?.website ?? null };
}

function stage(
  row: CheckedRow,
  options: { importId: string; known: DuplicateIndex<KnownRef>; placeOf: PlaceOf },
): ImportRowRecord {
  const staged: ImportRowRecord = {
    _id: `${options.importId}-${String(row.line)}`,
    importId: options.importId,
    line: row.line,
    name: row.name,
    country: row.country,
    outcome: row.input === null ? 'refused' : 'accepted',
    issues: [...row.issues],
    duplicateOf: null,
    decision: null,
    smeId: newId(),
    targetId: null,
    clusterId: row.input === null ? null : options.placeOf(row.country),
    externalId: row.externalId,
    source: row.source,
    input: row.input,
  };
  if (row.input === null) return staged;
  const company = companyOf(staged);
  const match = options.known.find(company);
  // A later row that is the same again is merged into the same SME.
  options.known.add(company, { smeId: match?.ref.smeId ?? staged.smeId, line: row.line });
  if (!match) return staged;
  const { ref, because } = match;
  return {
    ...staged,
    outcome: 'duplicate',
    targetId: ref.smeId,
    duplicateOf: {
      smeId: ref.line === null ? ref.smeId : null,
      line: ref.line,
      name: match.company.name,
      country: match.company.country,
      because,
    },
  };
}
