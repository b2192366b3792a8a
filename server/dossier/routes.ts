import { z } from 'zod';
import { sendCsv, type CsvCell } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import { dossierSchema, type Dossier } from './schema.ts';
import type { DossierService } from './service.ts';

const consortiumPath = z.strictObject({ consortiumId: idSchema });
const tag = 'Consortia';
const access = ['sme', 'cluster', 'staff'] as const;

/** A consortium as the submission platform needs it: to read, to print, as JSON and as CSV. */
export function dossierRoutes(dossiers: DossierService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/consortia/:consortiumId/dossier',
      id: 'getDossier',
      tag,
      summary:
        'Everything that the submission platform needs of a consortium, as far as the reader may see it',
      access,
      params: consortiumPath,
      reply: dossierSchema,
      problems: [404],
      handle: ({ viewer, params }) => dossiers.of(viewer, params.consortiumId),
    }),
    defineRoute({
      method: 'get',
      path: '/consortia/:consortiumId/dossier.csv',
      id: 'exportDossier',
      tag,
      summary: 'The same as a CSV file of fields and values',
      access,
      params: consortiumPath,
      replyMediaType: 'text/csv',
      problems: [404],
      handle: async ({ viewer, params, res }) => {
        const dossier = await dossiers.of(viewer, params.consortiumId);
        await sendCsv(
          res,
          `dossier-${dossier.consortiumId}.csv`,
          ['part', 'field', 'value'],
          dossierRows(dossier),
        );
      },
    }),
  ];
}

/** One field a row, so that any platform can pick what it needs. */
export function* dossierRows({
  sides,
  eligibility,
  match,
  call,
  instrument,
  ...own
}: Dossier): Generator<CsvCell[]> {
  yield ['consortium', 'consortium_id', own.consortiumId];
  yield ['consortium', 'state', own.state];
  yield ['consortium', 'title', own.title];
  yield ['consortium', 'summary', own.summary];
  yield ['consortium', 'formed_at', own.formedAt];
  yield ['call', 'call_id', call.id];
  yield ['call', 'name', call.name];
  yield ['call', 'rules_version', call.rulesVersion];
  yield ['call', 'instrument', instrument?.name ?? null];
  yield ['call', 'grant_ceiling_eur', instrument?.grantCeilingEur ?? null];
  for (const [at, side] of sides.entries()) yield* sideRows(`company_${at === 0 ? 'a' : 'b'}`, side);
  yield ['eligibility', 'answer', eligibility.answer];
  for (const { code, answer, sentence } of eligibility.criteria)
    yield ['eligibility', code, `${answer}: ${sentence}`];
  for (const { label, sentence } of match?.factors ?? []) yield ['match', label, sentence];
}

function* sideRows(part: string, side: Dossier['sides'][number]): Generator<CsvCell[]> {
  const { sme, solution, declaration, contact } = side;
  yield [part, 'name', sme.name];
  yield [part, 'country', sme.country];
  yield [part, 'city', sme.city];
  yield [part, 'website', sme.website];
  yield [part, 'cluster', sme.clusterName];
  yield [part, 'leads', side.leads];
  yield [part, 'solution', solution?.title ?? null];
  yield [part, 'solution_trl', solution?.trl ?? null];
  yield [part, 'size_class', sme.sizeClass];
  if (declaration !== null) {
    yield [part, 'headcount_awu', declaration.headcount];
    yield [part, 'turnover_eur', declaration.turnoverEur];
    yield [part, 'balance_sheet_eur', declaration.balanceSheetEur];
    yield [part, 'declared_on', declaration.date];
  }
  if (contact !== null) {
    yield [part, 'contact_name', contact.name];
    yield [part, 'contact_email', contact.email];
    yield [part, 'contact_phone', contact.phone];
  }
}
