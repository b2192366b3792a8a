import type { Request, Response } from 'express';
import { z } from 'zod';
import { sendCsv } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { ConsentService } from './consents.ts';
import { csvOf } from './csv-rows.ts';
import { loadProcessingRecord } from './record.ts';
import type { Retention } from './retention.ts';
import {
  consentInputSchema,
  consentSchema,
  consentsSchema,
  erasureInputSchema,
  erasureSchema,
  personalDataSchema,
  processingRecordSchema,
  purposeIdSchema,
  retentionSchema,
  sectionParamsSchema,
} from './schema.ts';
import type { PrivacyService } from './service.ts';

export interface PrivacyRoutesDeps {
  readonly consents: Pick<ConsentService, 'list' | 'answer'>;
  readonly privacy: PrivacyService;
  readonly retention: Pick<Retention, 'preview'>;
  /** @throws HttpProblem 400 where it is not the viewer's password, 429 */
  readonly confirmPassword: (accountId: string, password: string, req: Request) => Promise<void>;
  /** The session is over: its cookie goes. */
  readonly signOut: (req: Request, res: Response) => Promise<void>;
}

const tag = 'Privacy';

/** One's own data: consents, everything as a file, erasure. For staff: how long what is kept, and the record of processing. */
export function privacyRoutes(deps: PrivacyRoutesDeps): Route[] {
  return [...consentRoutes(deps), ...dataRoutes(deps), ...staffRoutes(deps)];
}

function consentRoutes({ consents }: PrivacyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/privacy/consents',
      id: 'listConsents',
      tag,
      summary: 'What I am asked to agree to, and what I answered, with date and version of the text',
      access: 'signed-in',
      reply: consentsSchema,
      handle: async ({ viewer }) => ({ items: await consents.list(viewer) }),
    }),
    defineRoute({
      method: 'put',
      path: '/privacy/consents/:purpose',
      id: 'answerConsent',
      tag,
      summary: 'Agree to a purpose, or take it back; it holds at once',
      access: 'signed-in',
      params: z.strictObject({ purpose: purposeIdSchema }),
      body: consentInputSchema,
      reply: consentSchema,
      problems: [409],
      handle: ({ viewer, params, body }) => consents.answer(viewer, params.purpose, body),
    }),
  ];
}

function dataRoutes({ privacy, confirmPassword, signOut }: PrivacyRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/privacy/data',
      id: 'listPersonalData',
      tag,
      summary:
        'What Tandem keeps about me and the company that I speak for, in figures, and what stays after an erasure',
      access: 'signed-in',
      reply: personalDataSchema,
      handle: ({ viewer }) => privacy.overview(viewer),
    }),
    defineRoute({
      method: 'get',
      path: '/privacy/everything.json',
      id: 'exportEverything',
      tag,
      summary: 'Everything about me and the company that I speak for, as one JSON file',
      access: 'signed-in',
      replyMediaType: 'application/json',
      handle: async ({ viewer, res }) => {
        const everything = await privacy.everything(viewer);
        res
          .type('json')
          .attachment('tandem-my-data.json')
          .send(`${JSON.stringify(everything, null, 2)}\n`);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/privacy/data/:of/:section.csv',
      id: 'exportSection',
      tag,
      summary: 'One section of what there is about me, or the company that I speak for, as a CSV file',
      access: 'signed-in',
      params: sectionParamsSchema,
      replyMediaType: 'text/csv',
      problems: [404],
      handle: async ({ viewer, params, res }) => {
        const { columns, rows } = csvOf(await privacy.section(viewer, params.of, params.section));
        await sendCsv(res, `tandem-${params.section}.csv`, columns, rows);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/privacy/erasure',
      id: 'eraseMe',
      tag,
      summary: 'Erase me, or the company that I speak for with all its accounts; with my password',
      access: 'signed-in',
      body: erasureInputSchema,
      reply: erasureSchema,
      problems: [409],
      handle: async ({ viewer, body, req, res }) => {
        await confirmPassword(viewer.id, body.password, req);
        const erased = await privacy.erase(viewer, body.what);
        await signOut(req, res);
        return erased;
      },
    }),
  ];
}

function staffRoutes({ retention }: PrivacyRoutesDeps): Route[] {
  const access = ['staff'] as const;
  return [
    defineRoute({
      method: 'get',
      path: '/privacy/retention',
      id: 'previewRetention',
      tag,
      summary: 'How long what is kept and why, and what the next run of the job would remove',
      access,
      reply: retentionSchema,
      handle: () => retention.preview(),
    }),
    defineRoute({
      method: 'get',
      path: '/privacy/record',
      id: 'getProcessingRecord',
      tag,
      summary: 'The record of processing activities (GDPR article 30)',
      access,
      reply: processingRecordSchema,
      handle: () => loadProcessingRecord(),
    }),
  ];
}
