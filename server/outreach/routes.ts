import { z } from 'zod';
import { sendCsv } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { htmlOf } from './fill.ts';
import {
  kitFileQuerySchema,
  kitQuerySchema,
  kitSchema,
  outreachKindSchema,
  templateChangeSchema,
  templateSchema,
  templatesSchema,
  type KitView,
  type OutreachKind,
} from './schema.ts';
import type { OutreachService } from './service.ts';

const tag = 'Outreach kit';
const among = ['cluster', 'staff'] as const;
const HEADINGS: Readonly<Record<OutreachKind, string>> = {
  short: 'In one sentence',
  social: 'For social media',
  medium: 'For a web page or a mail',
  newsletter: 'For a newsletter',
};

const partsOf = (kit: KitView) => [
  ...kit.texts.map(({ kind, words }) => ({ heading: HEADINGS[kind], words })),
  { heading: 'Figures', words: kit.figures.map(({ name, value }) => `${name}: ${value}`).join('\n') },
];

/** The outreach kit: for clusters and staff; staff write the templates. */
export function outreachRoutes(outreach: OutreachService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/outreach-kit',
      id: 'getOutreachKit',
      tag,
      summary: 'Texts and figures about an open call, ready to be sent on',
      access: among,
      query: kitQuerySchema,
      reply: kitSchema,
      problems: [404],
      handle: ({ query }) => outreach.kit(query.callId),
    }),
    defineRoute({
      method: 'get',
      path: '/outreach-kit/file',
      id: 'getOutreachKitFile',
      tag,
      summary: 'The outreach kit as a file: plain text, HTML, or its figures as CSV',
      access: among,
      query: kitFileQuerySchema,
      replyMediaType: 'text/plain',
      problems: [404],
      handle: async ({ query, res }) => {
        const kit = await outreach.kit(query.callId);
        if (query.format === 'csv') {
          const rows = kit.figures.map(({ name, value }) => [name, value] as const);
          await sendCsv(res, 'outreach-figures.csv', ['figure', 'value'], rows);
        } else if (query.format === 'html') {
          res.type('text/html; charset=utf-8').attachment('outreach-kit.html');
          res.send(htmlOf(kit.call.name, partsOf(kit)));
        } else {
          const parts = partsOf(kit).map(({ heading, words }) => `${heading}\n\n${words}`);
          res.type('text/plain; charset=utf-8').attachment('outreach-kit.txt');
          res.send(`${[kit.call.name, ...parts].join('\n\n----\n\n')}\n`);
        }
      },
    }),
    defineRoute({
      method: 'get',
      path: '/outreach-templates',
      id: 'listOutreachTemplates',
      tag,
      summary: 'The templates of the outreach kit, and what may stand in braces',
      access: ['staff'],
      reply: templatesSchema,
      handle: () => outreach.templates(),
    }),
    defineRoute({
      method: 'put',
      path: '/outreach-templates/:kind',
      id: 'changeOutreachTemplate',
      tag,
      summary: 'Change a template',
      access: ['staff'],
      params: z.strictObject({ kind: outreachKindSchema }),
      body: templateChangeSchema,
      reply: templateSchema,
      problems: [412],
      handle: ({ viewer, params, body }) => outreach.update(viewer, params.kind, body),
    }),
  ];
}
