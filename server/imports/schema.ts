import { z } from 'zod';
import { idSchema, instantSchema, pageOf, pageQuery, timeSortSchema, typedWords } from '../http/schema.ts';

export const importStateSchema = z.enum([
  'checking',
  'checked',
  'refused',
  'committing',
  'committed',
  'cancelled',
  'failed',
]);

/** One thing that is wrong (or was left out) in one row, in words that say what to do. Lines count from 1, the header is line 1. */
export const rowIssueSchema = z.strictObject({
  line: z.number().int(),
  column: z.string().nullable(),
  value: z.string().nullable(),
  reason: z.string(),
  allowed: z.string(),
});
export type RowIssue = z.infer<typeof rowIssueSchema>;

export const duplicateDecisionSchema = z.enum(['merge', 'skip', 'new']);

export const importSchema = z.strictObject({
  id: idSchema,
  clusterId: idSchema.nullable(),
  fileName: z.string(),
  state: importStateSchema,
  /** Why the whole file was refused; null where it was not. */
  problem: rowIssueSchema.nullable(),
  rows: z.strictObject({
    total: z.number().int(),
    accepted: z.number().int(),
    refused: z.number().int(),
    duplicates: z.number().int(),
    /** After commit. */
    created: z.number().int(),
    merged: z.number().int(),
    skipped: z.number().int(),
  }),
  /** Columns of the file that are not read. */
  ignoredColumns: z.array(z.string()),
  createdBy: z.string(),
  createdAt: instantSchema,
  committedAt: instantSchema.nullable(),
});
export type ImportView = z.infer<typeof importSchema>;
export const importPageSchema = pageOf(importSchema);
export const importQuerySchema = z.strictObject({
  ...pageQuery,
  /** Words of the file's name. */
  q: typedWords,
  state: importStateSchema.optional(),
  clusterId: idSchema.optional(),
  sort: timeSortSchema.default('newest'),
});
export type ImportQuery = z.infer<typeof importQuerySchema>;

export const importRowSchema = z.strictObject({
  line: z.number().int(),
  name: z.string(),
  country: z.string(),
  outcome: z.enum(['accepted', 'refused', 'duplicate', 'created', 'merged', 'skipped']),
  issues: z.array(rowIssueSchema),
  /** For a duplicate: the SME that is already there (or the earlier line of the same file), and why they seem the same. */
  duplicateOf: z
    .strictObject({
      smeId: idSchema.nullable(),
      line: z.number().int().nullable(),
      name: z.string(),
      country: z.string(),
      because: z.string(),
    })
    .nullable(),
  decision: duplicateDecisionSchema.nullable(),
});
export type ImportRowView = z.infer<typeof importRowSchema>;
export const importRowPageSchema = pageOf(importRowSchema);
export const importRowQuerySchema = z.strictObject({
  ...pageQuery,
  outcome: z.enum(['accepted', 'refused', 'duplicate', 'created', 'merged', 'skipped']).optional(),
  /** Words of the company's name. */
  q: typedWords,
  sort: z.enum(['line', 'name']).default('line'),
});
export type ImportRowQuery = z.infer<typeof importRowQuerySchema>;

/** Query of the upload: the body is the CSV itself (text/csv). Each upload is checked first (dry run) and changes nothing. */
export const importUploadQuerySchema = z.strictObject({
  clusterId: idSchema.optional(),
  fileName: z.string().trim().max(200).default('upload.csv'),
});
export const importCommitSchema = z.strictObject({
  /** What to do with duplicates that have no decision of their own. */
  duplicates: duplicateDecisionSchema.default('skip'),
  decisions: z
    .array(z.strictObject({ line: z.number().int().min(2), decision: duplicateDecisionSchema }))
    .max(20_000)
    .default([]),
});
export type ImportCommit = z.infer<typeof importCommitSchema>;
