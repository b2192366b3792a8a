import { z } from 'zod';
import { sendCsv } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import { bytesOf, lingerAfterAnswer } from '../imports/upload.ts';
import { OUTCOME_COLUMNS, type OutcomeFiles } from './file.ts';
import { RESULT_COLUMNS, type ResultsService } from './results.ts';
import {
  outcomeFileQuerySchema,
  outcomeFileSchema,
  outcomeInputSchema,
  outcomePageSchema,
  outcomeQuerySchema,
  outcomeSchema,
} from './schema.ts';
import type { OutcomeService } from './service.ts';

const callPath = z.strictObject({ callId: idSchema });
const consortiumPath = z.strictObject({ consortiumId: idSchema });
const tag = 'Outcomes';
const access = ['staff'] as const;

/** What became of consortia: staff record it one by one, or from a file of the submission platform. */
export function outcomeRoutes(deps: {
  outcomes: OutcomeService;
  files: OutcomeFiles;
  results: ResultsService;
}): Route[] {
  const { outcomes, files, results } = deps;
  return [
    defineRoute({
      method: 'get',
      path: '/calls/:callId/outcomes',
      id: 'listOutcomes',
      tag,
      summary: 'Formed consortia of a call with what became of them',
      access,
      params: callPath,
      query: outcomeQuerySchema,
      reply: outcomePageSchema,
      handle: ({ params, query }) => outcomes.list(params.callId, query),
    }),
    defineRoute({
      method: 'get',
      path: '/outcomes/template.csv',
      id: 'getOutcomeTemplate',
      tag,
      summary: 'The header line of a file of outcomes',
      access,
      replyMediaType: 'text/csv',
      handle: ({ res }) => sendCsv(res, 'tandem-outcomes.csv', OUTCOME_COLUMNS, []),
    }),
    defineRoute({
      method: 'get',
      path: '/calls/:callId/results.csv',
      id: 'exportResults',
      tag,
      summary: 'Results of a call for reports: names only of SMEs that agreed to be named',
      access,
      params: callPath,
      replyMediaType: 'text/csv',
      problems: [404],
      async handle({ viewer, params, res }) {
        const rows = await results.export(viewer, params.callId);
        await sendCsv(res, 'results.csv', RESULT_COLUMNS, rows);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/calls/:callId/outcomes/file',
      id: 'uploadOutcomes',
      tag,
      summary: 'Check a file of the submission platform row by row, and record it where every row fits',
      access,
      params: callPath,
      query: outcomeFileQuerySchema,
      csvBody: true,
      reply: outcomeFileSchema,
      problems: [404, 409, 413, 415],
      handle: ({ viewer, params, query, signal, req, res }) => {
        lingerAfterAnswer(req, res);
        return files.take(viewer, params.callId, bytesOf(req), { commit: query.commit === 'true', signal });
      },
    }),
    defineRoute({
      method: 'put',
      path: '/consortia/:consortiumId/outcome',
      id: 'recordOutcome',
      tag,
      summary: 'Record what became of a consortium',
      access,
      params: consortiumPath,
      body: outcomeInputSchema,
      reply: outcomeSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => outcomes.record(viewer, params.consortiumId, body),
    }),
  ];
}
