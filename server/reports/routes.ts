import { z } from 'zod';
import { sendCsv, type CsvCell } from '../http/csv.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import {
  periodChangeSchema,
  periodInputSchema,
  periodPageSchema,
  periodQuerySchema,
  periodSchema,
  reportDecisionSchema,
  reportExportSchema,
  reportLinePageSchema,
  reportLineQuerySchema,
  reportSaveSchema,
  reportSchema,
  reportSubmitSchema,
  type ReportExport,
} from './schema.ts';
import type { PeriodService } from './periods.ts';
import type { ReportService } from './service.ts';

const periodPath = z.strictObject({ periodId: idSchema });
const reportPath = z.strictObject({ periodId: idSchema, clusterId: idSchema });
const among = ['cluster', 'staff'] as const;
const tag = 'Reports';

/** The periods: staff set them, clusters see when they are due. */
export function periodRoutes(periods: PeriodService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/report-periods',
      id: 'listReportPeriods',
      tag,
      summary: 'Reporting periods, with where the reports stand',
      access: among,
      query: periodQuerySchema,
      reply: periodPageSchema,
      handle: ({ viewer, query }) => periods.list(viewer, query),
    }),
    defineRoute({
      method: 'post',
      path: '/report-periods',
      id: 'addReportPeriod',
      tag,
      summary: 'Set a reporting period',
      access: ['staff'],
      body: periodInputSchema,
      reply: periodSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => periods.create(viewer, body),
    }),
    defineRoute({
      method: 'get',
      path: '/report-periods/:periodId',
      id: 'getReportPeriod',
      tag,
      summary: 'One reporting period',
      access: among,
      params: periodPath,
      reply: periodSchema,
      problems: [404],
      handle: ({ viewer, params }) => periods.get(viewer, params.periodId),
    }),
    defineRoute({
      method: 'put',
      path: '/report-periods/:periodId',
      id: 'changeReportPeriod',
      tag,
      summary: 'Change a reporting period',
      access: ['staff'],
      params: periodPath,
      body: periodChangeSchema,
      reply: periodSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) =>
        periods.update(viewer, params.periodId, body.version, body.period),
    }),
    defineRoute({
      method: 'delete',
      path: '/report-periods/:periodId',
      id: 'removeReportPeriod',
      tag,
      summary: 'Remove a period that nobody has begun to report about',
      access: ['staff'],
      params: periodPath,
      problems: [404, 409, 412],
      handle: ({ viewer, params }) => periods.remove(viewer, params.periodId),
    }),
  ];
}

const COLUMNS = [
  'cluster',
  'country',
  'state',
  'members registered',
  'invitations sent',
  'event attendances',
  'use cases',
  'posts',
  'questions',
  'activity kind',
  'activity date',
  'activity title',
  'audience',
  'reached',
  'link',
  'comments',
];

/** A row for each activity; the counted figures and comments stand in the first row of a cluster only, so that columns can be added up. */
function* rowsOf({ reports }: ReportExport): Generator<readonly CsvCell[]> {
  for (const { cluster, state, prefilled, report } of reports) {
    const activities = report.activities.length === 0 ? [null] : report.activities;
    for (const [at, activity] of activities.entries()) {
      const first = at === 0;
      const figure = (value: number): CsvCell => (first ? value : null);
      yield [
        cluster.name,
        cluster.country,
        state,
        figure(prefilled.membersRegistered),
        figure(prefilled.invitationsSent),
        figure(prefilled.eventAttendances),
        figure(prefilled.useCases),
        figure(prefilled.posts),
        figure(prefilled.questions),
        activity?.kind ?? null,
        activity?.date ?? null,
        activity?.title ?? null,
        activity?.audience ?? null,
        activity?.reached ?? null,
        activity?.link ?? null,
        first ? report.comments : null,
      ];
    }
  }
}

/** Reports: a cluster its own; staff all that were handed in. */
export function reportRoutes(reports: ReportService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/report-periods/:periodId/reports',
      id: 'listReports',
      tag,
      summary: 'Every cluster and where its report stands',
      access: ['staff'],
      params: periodPath,
      query: reportLineQuerySchema,
      reply: reportLinePageSchema,
      problems: [404],
      handle: ({ params, query }) => reports.overview(params.periodId, query),
    }),
    defineRoute({
      method: 'get',
      path: '/report-periods/:periodId/export',
      id: 'exportReports',
      tag,
      summary: 'All reports that were handed in about a period',
      access: ['staff'],
      params: periodPath,
      reply: reportExportSchema,
      problems: [404],
      handle: ({ viewer, params }) => reports.collect(viewer, params.periodId),
    }),
    defineRoute({
      method: 'get',
      path: '/report-periods/:periodId/export.csv',
      id: 'exportReportsCsv',
      tag,
      summary: 'The same as CSV, a row for each activity',
      access: ['staff'],
      params: periodPath,
      replyMediaType: 'text/csv',
      problems: [404],
      handle: async ({ viewer, params, res }) => {
        const collected = await reports.collect(viewer, params.periodId);
        await sendCsv(res, 'reports.csv', COLUMNS, rowsOf(collected));
      },
    }),
    defineRoute({
      method: 'get',
      path: '/report-periods/:periodId/reports/:clusterId',
      id: 'getReport',
      tag,
      summary: 'One report: your own, or for staff what was handed in',
      access: among,
      params: reportPath,
      reply: reportSchema,
      problems: [404],
      handle: ({ viewer, params }) => reports.get(viewer, params.periodId, params.clusterId),
    }),
    defineRoute({
      method: 'put',
      path: '/report-periods/:periodId/reports/:clusterId',
      id: 'saveReport',
      tag,
      summary: 'Save your report so far',
      access: ['cluster'],
      params: reportPath,
      body: reportSaveSchema,
      reply: reportSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => reports.save(viewer, params, body),
    }),
    defineRoute({
      method: 'post',
      path: '/report-periods/:periodId/reports/:clusterId/submit',
      id: 'submitReport',
      tag,
      summary: 'Hand your report in',
      access: ['cluster'],
      params: reportPath,
      body: reportSubmitSchema,
      reply: reportSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => reports.submit(viewer, params, body.version),
    }),
    defineRoute({
      method: 'post',
      path: '/report-periods/:periodId/reports/:clusterId/decision',
      id: 'decideOnReport',
      tag,
      summary: 'Accept a report, or ask it back',
      access: ['staff'],
      params: reportPath,
      body: reportDecisionSchema,
      reply: reportSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => reports.decide(viewer, params, body),
    }),
  ];
}
