import { z } from 'zod';
import { idSchema, instantSchema } from '../http/schema.ts';

const PURPOSE_IDS = ['matching', 'contacts', 'public-map', 'named-results', 'mails'] as const;
export const purposeIdSchema = z.enum(PURPOSE_IDS);
export type PurposeId = z.infer<typeof purposeIdSchema>;

const stateSchema = z.enum(['given', 'withdrawn']);
const answerSchema = z.strictObject({
  state: stateSchema,
  textVersion: z.number().int(),
  at: instantSchema,
});

/** A purpose as one reader is asked, and what was answered. */
export const consentSchema = z.strictObject({
  purpose: purposeIdSchema,
  of: z.enum(['sme', 'account']),
  title: z.string(),
  text: z.string(),
  without: z.string(),
  textVersion: z.number().int(),
  since: z.iso.date(),
  /** null: nobody answered yet. */
  state: stateSchema.nullable(),
  /** What Tandem does now. */
  allowed: z.boolean(),
  /** True where nobody answered this version of the text. */
  due: z.boolean(),
  /** All answers, newest first. */
  history: z.array(answerSchema),
});
export type ConsentView = z.infer<typeof consentSchema>;
export const consentsSchema = z.strictObject({ items: z.array(consentSchema) });
export const consentInputSchema = z.strictObject({
  state: stateSchema,
  /** Version of the text that was on the screen. */
  textVersion: z.number().int(),
});

export const personalDataSchema = z.strictObject({
  /** Kinds of records, each with its file. */
  sections: z.array(
    z.strictObject({
      name: z.string(),
      of: z.enum(['account', 'sme']),
      title: z.string(),
      records: z.number().int(),
      /** What stays of it after an erasure, and why; null: nothing. */
      stays: z.string().nullable(),
    }),
  ),
});
export type PersonalDataView = z.infer<typeof personalDataSchema>;
export const sectionParamsSchema = z.strictObject({
  of: z.enum(['account', 'sme']),
  section: z.string().regex(/^[a-z-]{1,40}$/, 'must be the name of a section'),
});

export const erasureInputSchema = z.strictObject({
  /** `account`: the person's own; `sme`: the company with all its accounts. */
  what: z.enum(['account', 'sme']),
  password: z.string().min(1).max(256),
});
export const erasureSchema = z.strictObject({
  id: idSchema,
  /** Records changed or deleted, by section. */
  counts: z.record(z.string(), z.number().int()),
});
export type ErasureView = z.infer<typeof erasureSchema>;

export const retentionSchema = z.strictObject({
  source: z.string(),
  since: z.iso.date(),
  items: z.array(
    z.strictObject({
      id: z.string(),
      what: z.string(),
      days: z.number().int(),
      from: z.string(),
      why: z.string(),
      by: z.enum(['job', 'rebuild', 'database', 'nobody']),
      /** What is older than this goes. */
      before: instantSchema,
      /** Records that the next run of the job would change or delete; null where something else applies the rule. */
      due: z.number().int().nullable(),
    }),
  ),
});
export type RetentionView = z.infer<typeof retentionSchema>;

const activitySchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  purpose: z.string(),
  /** Legal basis. */
  basis: z.string(),
  people: z.string(),
  data: z.string(),
  recipients: z.string(),
  /** Ids of rules of retention.json. */
  retention: z.array(z.string()),
  since: z.iso.date(),
});

/** The record of processing activities, GDPR article 30. */
export const processingRecordSchema = z.strictObject({
  source: z.string(),
  since: z.iso.date(),
  controller: z.string(),
  contact: z.string(),
  activities: z.array(activitySchema),
  transfers: z.string(),
  measures: z.array(z.string()),
});
export type ProcessingRecord = z.infer<typeof processingRecordSchema>;
