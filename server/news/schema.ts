import { z } from 'zod';
import { linkSchema, onceKeySchema, targetSchema } from '../audience/schema.ts';
import {
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  timeSortSchema,
  textOf,
} from '../http/schema.ts';

/*
 * The words of news:
 * - announcement: a text of the staff for some of the accounts.
 * - embargo: the time between `earlyAt`, from when clusters may read it, and `publicAt`, from when everybody it is for may.
 */

/** draft: staff only; scheduled: decided, its hour has not come; published: everybody it is for sees it; withdrawn: taken back. */
export const announcementStateSchema = z.enum(['draft', 'scheduled', 'published', 'withdrawn']);
export type AnnouncementState = z.infer<typeof announcementStateSchema>;

export const announcementInputSchema = z
  .strictObject({
    title: lineOf(160),
    /** Light Markdown: paragraphs, lists, **strong**, *emphasis*, [links](https://…). */
    words: textOf(20_000).min(1, 'must not be empty'),
    links: z.array(linkSchema).max(10).default([]),
    target: targetSchema,
    /** Clusters may read it from then on; null: with everybody else. */
    earlyAt: instantSchema.nullable().default(null),
    /** Everybody it is for may read it from then on; null: as soon as it is published. */
    publicAt: instantSchema.nullable().default(null),
    /** Also by mail, to those who did not turn it off. */
    mail: z.boolean().default(false),
  })
  .refine((input) => input.earlyAt === null || (input.publicAt !== null && input.earlyAt < input.publicAt), {
    path: ['earlyAt'],
    message: 'must be before publicAt, which must be set: that is when the embargo ends',
  })
  .refine(
    ({ earlyAt, target }) =>
      earlyAt === null || target.roles.length === 0 || target.roles.includes('cluster'),
    { path: ['earlyAt'], message: 'only clusters read early, and this is not for clusters' },
  );
export type AnnouncementInput = z.infer<typeof announcementInputSchema>;
export const announcementNewSchema = z.strictObject({
  announcement: announcementInputSchema,
  key: onceKeySchema.optional(),
});
export const announcementChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  announcement: announcementInputSchema,
});
/** publish: at `publicAt`, or at once where there is none; unschedule: back to a draft; withdraw: nobody but staff sees it any more. */
export const announcementActionSchema = z.strictObject({
  version: z.number().int().min(1),
  action: z.enum(['publish', 'unschedule', 'withdraw']),
  reason: textOf(500).default(''),
});
export type AnnouncementAction = z.infer<typeof announcementActionSchema>;

export const announcementSchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  title: z.string(),
  words: z.string(),
  links: z.array(linkSchema),
  state: announcementStateSchema,
  /** Not for passing on before this moment; null: no embargo. */
  embargoUntil: instantSchema.nullable(),
  /** When the reader could first see it; null for drafts. */
  visibleAt: instantSchema.nullable(),
  /** When it was changed after it was first seen. */
  changedAt: instantSchema.nullable(),
  read: z.boolean(),
  /** For staff only. */
  staff: z
    .strictObject({
      target: targetSchema,
      earlyAt: instantSchema.nullable(),
      publicAt: instantSchema.nullable(),
      mail: z.boolean(),
      /** Accounts that have read it. */
      reads: z.number().int(),
      reason: z.string(),
    })
    .nullable(),
});
export type AnnouncementView = z.infer<typeof announcementSchema>;
export const announcementPageSchema = pageOf(announcementSchema);
export const announcementQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(100).optional(),
  /** For staff; others see what is published to them. */
  state: announcementStateSchema.optional(),
  sort: timeSortSchema.default('newest'),
});
export const unreadSchema = z.strictObject({ unread: z.number().int() });
export type UnreadView = z.infer<typeof unreadSchema>;
