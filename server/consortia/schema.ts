import { z } from 'zod';
import {
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
} from '../http/schema.ts';
import { outcomeSchema } from '../outcomes/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

/*
 * A consortium: exactly two SMEs that go for an open call together. It begins as proposed (both want it, or staff enter it), both sides
 * agree on the same details, and it is formed at the second confirmation: in that moment, in one write, neither may be in another one of
 * the call.
 */
export const consortiumStateSchema = z.enum(['proposed', 'formed', 'withdrawn', 'dissolved']);
export type ConsortiumState = z.infer<typeof consortiumStateSchema>;

/** What both sides agree on. */
export const consortiumDetailsSchema = z.strictObject({
  /** An instrument of the call. */
  instrumentId: idSchema.nullable().default(null),
  title: z.union([lineOf(160), z.literal('')]).default(''),
  summary: textOf(2_000).default(''),
  /** The solution that each side brings; ids of its profile. */
  solutionA: idSchema.nullable().default(null),
  solutionB: idSchema.nullable().default(null),
  /** Which of the two leads. */
  leadSmeId: idSchema.nullable().default(null),
});
export type ConsortiumDetails = z.infer<typeof consortiumDetailsSchema>;

export const contactSchema = z.strictObject({
  name: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
});
export type Contact = z.infer<typeof contactSchema>;

export const consortiumSchema = z.strictObject({
  id: idSchema,
  callId: idSchema,
  /** Version of the call's rules that it was proposed or last confirmed under; null where that is not known. */
  rulesVersion: z.number().int().nullable(),
  eventId: idSchema.nullable(),
  state: consortiumStateSchema,
  a: smeCardSchema,
  b: smeCardSchema,
  details: consortiumDetailsSchema,
  /** Grows with each change of the details; a confirmation is of one version. */
  version: z.number().int(),
  confirmedByA: z.boolean(),
  confirmedByB: z.boolean(),
  /** What keeps it from being formed now, in plain sentences; empty: nothing. */
  blockers: z.array(z.string()),
  /** Of the other side, once they may be seen; null before. */
  contact: contactSchema.nullable(),
  /** What became of it on the submission platform, for the two SMEs and staff; null for clusters, and where nothing is recorded. */
  outcome: outcomeSchema.nullable(),
  /** Whether who asks may give it up now; told on its own page, false in lists. */
  mayLeave: z.boolean(),
  createdAt: instantSchema,
  formedAt: instantSchema.nullable(),
});
export type ConsortiumView = z.infer<typeof consortiumSchema>;
export const consortiumPageSchema = pageOf(consortiumSchema);
export const consortiumQuerySchema = z.strictObject({
  ...pageQuery,
  sort: timeSortSchema.default('newest'),
  state: consortiumStateSchema.optional(),
  smeId: idSchema.optional(),
  clusterId: idSchema.optional(),
  eventId: idSchema.optional(),
});
export type ConsortiumQuery = z.infer<typeof consortiumQuerySchema>;
export const consortiumInputSchema = z.strictObject({ a: idSchema, b: idSchema });
export const consortiumChangeSchema = z.strictObject({
  version: z.number().int(),
  details: consortiumDetailsSchema,
});
export const consortiumConfirmSchema = z.strictObject({ version: z.number().int() });
export const consortiumLeaveSchema = z.strictObject({ reason: textOf(500).default('') });
