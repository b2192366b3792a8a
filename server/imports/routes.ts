import { z } from 'zod';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import {
  importCommitSchema,
  importPageSchema,
  importQuerySchema,
  importRowPageSchema,
  importRowQuerySchema,
  importSchema,
  importUploadQuerySchema,
} from './schema.ts';
import type { ImportService } from './service.ts';
import { templateCsv } from './template.ts';
import { bytesOf, lingerAfterAnswer } from './upload.ts';

const importPath = z.strictObject({ importId: idSchema });
const tag = 'Imports';
const access = ['staff', 'cluster'] as const;
/** Imports: upload (check only), look at the rows, commit or cancel. */
export function importRoutes(imports: ImportService): Route[] {
  return [...uploadRoutes(imports), ...readingRoutes(imports), ...commitRoutes(imports)];
}

function uploadRoutes(imports: ImportService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/imports/template.csv',
      id: 'getImportTemplate',
      tag,
      summary: 'The template: a CSV file with the header line',
      access,
      replyMediaType: 'text/csv',
      handle: ({ res }) => {
        res.type('text/csv; charset=utf-8').attachment('tandem-template.csv').send(templateCsv());
      },
    }),
    defineRoute({
      method: 'post',
      path: '/imports',
      id: 'uploadImport',
      tag,
      summary: 'Upload a CSV file: it is checked only and changes nothing until it is committed',
      access,
      query: importUploadQuerySchema,
      csvBody: true,
      reply: importSchema,
      status: 201,
      problems: [413, 415],
      handle: async ({ viewer, query, req, res }) => {
        lingerAfterAnswer(req, res);
        return imports.upload(viewer, {
          clusterId: query.clusterId,
          fileName: query.fileName,
          chunks: bytesOf(req),
          totalBytes: Number(req.get('content-length') ?? 0),
        });
      },
    }),
  ];
}

function readingRoutes(imports: ImportService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/imports',
      id: 'listImports',
      tag,
      summary: 'Imports, by the words of their file, their state and their cluster',
      access,
      query: importQuerySchema,
      reply: importPageSchema,
      handle: ({ viewer, query }) => imports.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/:importId',
      id: 'getImport',
      tag,
      summary: 'One import and how far it is',
      access,
      params: importPath,
      reply: importSchema,
      problems: [404],
      handle: ({ viewer, params }) => imports.get(viewer, params.importId),
    }),
    defineRoute({
      method: 'get',
      path: '/imports/:importId/rows',
      id: 'listImportRows',
      tag,
      summary: 'Rows of an import, each with what is wrong in it and what is allowed',
      access,
      params: importPath,
      query: importRowQuerySchema,
      reply: importRowPageSchema,
      problems: [404],
      handle: ({ viewer, params, query }) => imports.rows(viewer, params.importId, query),
    }),
  ];
}

function commitRoutes(imports: ImportService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/imports/:importId/commit',
      id: 'commitImport',
      tag,
      summary: 'Register the accepted rows, in the background; safe to repeat after a crash',
      access,
      params: importPath,
      body: importCommitSchema,
      reply: importSchema,
      status: 202,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => imports.commit(viewer, params.importId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/imports/:importId/cancel',
      id: 'cancelImport',
      tag,
      summary: 'Cancel an import; what was registered stays',
      access,
      params: importPath,
      reply: importSchema,
      problems: [404, 409],
      handle: ({ viewer, params }) => imports.cancel(viewer, params.importId),
    }),
  ];
}
