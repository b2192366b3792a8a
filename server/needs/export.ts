import { pipeline } from 'node:stream/promises';
import type { Response } from 'express';
import { sendCsv, type CsvCell } from '../http/csv.ts';
import type { NeedCard } from './schema.ts';

const COLUMNS = [
  'id',
  'title',
  'state',
  'organisation',
  'organisation_kind',
  'country',
  'fields',
  'capabilities',
  'technologies',
  'sectors',
  'trl_min',
  'trl_max',
  'needed_by',
  'demonstrator',
  'demonstrator_where',
  'published_at',
] as const;

/** Several terms in one cell, as the import template of companies has them. */
const joined = (terms: readonly string[]): string => terms.join('; ');

function rowOf(need: NeedCard): CsvCell[] {
  return [
    need.id,
    need.title,
    need.state,
    need.organisation,
    need.organisationKind,
    need.country,
    joined(need.fields),
    joined(need.capabilities),
    joined(need.technologies),
    joined(need.sectors),
    need.trlMin,
    need.trlMax,
    need.neededBy,
    need.demonstrator?.what ?? null,
    need.demonstrator?.where ?? null,
    need.publishedAt,
  ];
}

async function* rowsOf(needs: AsyncIterable<NeedCard>): AsyncGenerator<readonly CsvCell[]> {
  for await (const need of needs) yield rowOf(need);
}

/** Needs as a CSV file, written while they are read. */
export function sendNeedsCsv(res: Response, needs: AsyncIterable<NeedCard>): Promise<void> {
  return sendCsv(res, 'needs.csv', COLUMNS, rowsOf(needs));
}

/** A need in the JSON file. */
function entryOf(need: NeedCard) {
  const { id, title, state, organisation, organisationKind, country, opening, neededBy, demonstrator } = need;
  const { fields, capabilities, technologies, sectors, trlMin, trlMax, publishedAt } = need;
  return {
    id,
    title,
    state,
    organisation,
    organisationKind,
    country,
    opening,
    fields,
    capabilities,
    technologies,
    sectors,
    trlMin,
    trlMax,
    neededBy,
    demonstrator,
    publishedAt,
  };
}

/** Needs as one JSON file, an array under `needs`, written while they are read. */
export async function sendNeedsJson(res: Response, needs: AsyncIterable<NeedCard>): Promise<void> {
  res.type('json').attachment('needs.json');
  async function* pieces(): AsyncGenerator<string> {
    let first = true;
    yield '{"needs":[';
    for await (const need of needs) {
      yield `${first ? '' : ','}\n${JSON.stringify(entryOf(need))}`;
      first = false;
    }
    yield '\n]}\n';
  }
  try {
    await pipeline(pieces(), res);
  } catch (error) {
    // The reader went away: there is nobody to tell.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE') return;
    throw error;
  }
}
