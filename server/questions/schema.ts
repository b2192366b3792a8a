import { z } from 'zod';
import { roleSchema } from '../accounts/schema.ts';
import { onceKeySchema } from '../audience/schema.ts';
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
 * The words of questions:
 * - question: a thread between those who ask (the people of one cluster, one SME, or one account of the demand side) and the staff.
 * - FAQ entry: an answer that staff wrote anew for everybody, without the names of those who asked.
 */

/** open: the staff's turn; answered: the asker's turn; closed: done, until somebody writes again. */
export const questionStateSchema = z.enum(['open', 'answered', 'closed']);
export type QuestionState = z.infer<typeof questionStateSchema>;
export const questionTopicSchema = z.enum([
  'call',
  'partners',
  'events',
  'cluster',
  'reports',
  'technical',
  'other',
]);
export type QuestionTopic = z.infer<typeof questionTopicSchema>;

const wordsSchema = textOf(5_000).min(1, 'must not be empty');
export const questionNewSchema = z.strictObject({
  subject: lineOf(160),
  topic: questionTopicSchema,
  words: wordsSchema,
  key: onceKeySchema.optional(),
});
export type QuestionNew = z.infer<typeof questionNewSchema>;
export const questionMessageSchema = z.strictObject({
  version: z.number().int().min(1),
  words: wordsSchema,
});
export const questionChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  /** Only closing and opening again are asked for; answers come with messages. */
  state: questionStateSchema.exclude(['answered']).optional(),
  /** Staff only: who takes care of it; null: nobody yet. */
  assigneeId: idSchema.nullable().optional(),
  topic: questionTopicSchema.optional(),
});
export type QuestionChange = z.infer<typeof questionChangeSchema>;

const personSchema = z.strictObject({ id: idSchema, name: z.string() });
export const messageSchema = z.strictObject({
  id: idSchema,
  /** 'staff' or the side that asked. */
  from: z.enum(['asker', 'staff']),
  /** null: the account is gone. */
  by: z.string().nullable(),
  words: z.string(),
  at: instantSchema,
});
export const questionSchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  subject: z.string(),
  topic: questionTopicSchema,
  state: questionStateSchema,
  asker: z.strictObject({ role: roleSchema, organisation: z.string().nullable() }),
  assignee: personSchema.nullable(),
  messages: z.array(messageSchema),
  /** The FAQ entry that came of it. */
  faqId: idSchema.nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type QuestionView = z.infer<typeof questionSchema>;
export const questionPageSchema = pageOf(questionSchema);
export const questionQuerySchema = z.strictObject({
  ...pageQuery,
  state: questionStateSchema.optional(),
  topic: questionTopicSchema.optional(),
  /** Staff: 'me' for those that you take care of, 'nobody' for those that nobody does. */
  assignee: z.enum(['me', 'nobody']).optional(),
  q: z.string().trim().max(100).optional(),
  sort: timeSortSchema.default('newest'),
});

export const faqInputSchema = z.strictObject({
  question: lineOf(300),
  answer: textOf(10_000).min(1, 'must not be empty'),
  topic: questionTopicSchema,
  /** public: also without an account; members: everybody signed in. */
  readers: z.enum(['public', 'members']).default('members'),
});
export type FaqInput = z.infer<typeof faqInputSchema>;
export const faqNewSchema = z.strictObject({
  entry: faqInputSchema,
  /** The question that it answers; it is not named to readers. */
  questionId: idSchema.nullable().default(null),
  key: onceKeySchema.optional(),
});
export const faqChangeSchema = z.strictObject({
  version: z.number().int().min(1),
  entry: faqInputSchema,
});
export const faqRemoveSchema = z.strictObject({ version: z.coerce.number().int().min(1) });
export const faqVoteSchema = z.strictObject({ helpful: z.boolean() });
export const faqSchema = z.strictObject({
  id: idSchema,
  version: z.number().int(),
  question: z.string(),
  answer: z.string(),
  topic: questionTopicSchema,
  readers: z.enum(['public', 'members']),
  updatedAt: instantSchema,
  /** What the reader said; null: nothing yet. */
  myVote: z.boolean().nullable(),
  /** How many found it helpful and how many did not, for staff. */
  votes: z.strictObject({ yes: z.number().int(), no: z.number().int() }).nullable(),
});
export type FaqView = z.infer<typeof faqSchema>;
export const faqPageSchema = pageOf(faqSchema);
export const faqQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(100).optional(),
  topic: questionTopicSchema.optional(),
  sort: z.enum(['topic', 'newest']).default('topic'),
});
