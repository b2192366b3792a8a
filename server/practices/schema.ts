import { z } from 'zod';
import { linkSchema, onceKeySchema } from '../audience/schema.ts';
import {
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
  typedWords,
} from '../http/schema.ts';

/*
 * The words of good practice:
 * - post: what one cluster tells the others about something that worked (or did not). Files are links.
 * - hidden: taken off the list by staff, with a reason that its cluster is told.
 */
export const practiceTopicSchema = z.enum([
  'outreach',
  'events',
  'matchmaking',
  'applications',
  'use-cases',
  'other',
]);
export type PracticeTopic = z.infer<typeof practiceTopicSchema>;

export const practiceInputSchema = z.strictObject({
  title: lineOf(160),
  /** Light Markdown, as in announcements. */
  words: textOf(20_000).min(1, 'must not be empty'),
  topic: practiceTopicSchema,
  links: z.array(linkSchema).max(10).default([]),
});
export type PracticeInput = z.infer<typeof practiceInputSchema>;
export const practiceNewSchema = z.strictObject({
  post: practiceInputSchema,
  key: onceKeySchema.optional(),
});
export const practiceChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  post: practiceInputSchema,
});
export const moderationSchema = z
  .strictObject({
    hidden: z.boolean(),
    reason: textOf(500).default(''),
  })
  .refine(({ hidden, reason }) => !hidden || reason !== '', {
    path: ['reason'],
    message: 'must say why it is hidden: its cluster is told',
  });
export type Moderation = z.infer<typeof moderationSchema>;
export const commentNewSchema = z.strictObject({
  words: textOf(5_000).min(1, 'must not be empty'),
  key: onceKeySchema.optional(),
});

/** Who wrote something: a cluster, or the staff. `mine`: the reader may change or delete it. */
const authorShape = {
  by: z.string().nullable(),
  organisation: z.string().nullable(),
  clusterId: idSchema.nullable(),
  mine: z.boolean(),
  hidden: z.boolean(),
  /** Why it is hidden; only for its cluster and staff, who alone still see it. */
  reason: z.string(),
};
export const practiceSchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  title: z.string(),
  words: z.string(),
  topic: practiceTopicSchema,
  links: z.array(linkSchema),
  ...authorShape,
  comments: z.number().int(),
  createdAt: instantSchema,
  changedAt: instantSchema.nullable(),
});
export type PracticeView = z.infer<typeof practiceSchema>;
export const practicePageSchema = pageOf(practiceSchema);
export const practiceQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(100).optional(),
  topic: practiceTopicSchema.optional(),
  clusterId: idSchema.optional(),
  sort: timeSortSchema.default('newest'),
});
export const commentSchema = z.strictObject({
  id: idSchema,
  words: z.string(),
  ...authorShape,
  at: instantSchema,
});
export type CommentView = z.infer<typeof commentSchema>;
export const commentPageSchema = pageOf(commentSchema);
export const commentQuerySchema = z.strictObject({
  ...pageQuery,
  q: typedWords,
  sort: timeSortSchema.default('oldest'),
});
export type CommentQuery = z.infer<typeof commentQuerySchema>;
