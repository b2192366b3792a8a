import { z } from 'zod';
import { sendCsv } from '../http/csv.ts';
import { sendJsonItems } from '../http/json-items.ts';
import { defineRoute, type Route } from '../http/route.ts';
import {
  auditCheckSchema,
  auditChoicesSchema,
  auditFilterSchema,
  auditPageSchema,
  auditQuerySchema,
  type AuditEntryView,
} from './schema.ts';
import type { AuditService } from './service.ts';

const tag = 'Audit';
const access = ['staff'] as const;

const COLUMNS = [
  'number',
  'at',
  'who',
  'role',
  'action',
  'kind',
  'id',
  'name',
  'before',
  'after',
  'reason',
  'hash',
];

function rowOf(entry: AuditEntryView) {
  const { seq, at, actor, action, kind, thingId, thingName, before, after, reason, hash } = entry;
  const text = (state: object | null) => (state === null ? null : JSON.stringify(state));
  const who = actor === null ? 'Tandem' : (actor.name ?? actor.id);
  return [
    seq,
    at,
    who,
    actor?.role ?? 'system',
    action,
    kind,
    thingId,
    thingName,
    text(before),
    text(after),
    reason,
    hash,
  ];
}

async function* rowsOf(entries: AsyncIterable<AuditEntryView>) {
  for await (const entry of entries) yield rowOf(entry);
}

/** The log of decisions, for staff. */
export function auditRoutes(audit: AuditService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/audit',
      id: 'listAudit',
      tag,
      summary: 'Decisions: who did what to which thing, and how it stood before and after',
      access,
      query: auditQuerySchema,
      reply: auditPageSchema,
      handle: ({ query }) => audit.list(query),
    }),
    defineRoute({
      method: 'get',
      path: '/audit/choices',
      id: 'listAuditChoices',
      tag,
      summary: 'Kinds of things and actions that the log has entries of, for filters',
      access,
      reply: auditChoicesSchema,
      handle: () => audit.choices(),
    }),
    defineRoute({
      method: 'post',
      path: '/audit/checks',
      id: 'checkAudit',
      tag,
      summary:
        'Follow the chain of fingerprints, play the log and compare it with the database; stops when the request is aborted',
      access,
      body: z.strictObject({}),
      reply: auditCheckSchema,
      problems: [409],
      handle: ({ viewer, signal }) => audit.check(viewer, signal),
    }),
    defineRoute({
      method: 'get',
      path: '/audit/entries.csv',
      id: 'exportAuditCsv',
      tag,
      summary: 'The log as a CSV file, oldest entry first; takes the same filters',
      access,
      query: auditFilterSchema,
      replyMediaType: 'text/csv',
      handle: async ({ viewer, query, res }) => {
        await sendCsv(res, 'tandem-audit.csv', COLUMNS, rowsOf(await audit.export(viewer, query, 'csv')));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/audit/entries.json',
      id: 'exportAuditJson',
      tag,
      summary: 'The log as a JSON file, oldest entry first; takes the same filters',
      access,
      query: auditFilterSchema,
      replyMediaType: 'application/json',
      handle: async ({ viewer, query, res }) => {
        await sendJsonItems(res, 'tandem-audit.json', await audit.export(viewer, query, 'json'));
      },
    }),
  ];
}
