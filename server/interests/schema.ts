import { z } from 'zod';
import { contactSchema } from '../consortia/schema.ts';
import { idSchema, instantSchema, pageOf, pageQuery, textOf, timeSortSchema } from '../http/schema.ts';
import { organisationKindSchema } from '../needs/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

/*
 * An interest: one SME, or two together, would answer a need. Either side can begin it; it is accepted once everybody concerned has said
 * yes, and only then each side sees the contact of the other.
 */
export const interestStateSchema = z.enum(['open', 'accepted', 'declined', 'withdrawn', 'lapsed']);
export type InterestState = z.infer<typeof interestStateSchema>;

export const newInterestSchema = z.strictObject({
  /** One SME, or two that would answer together. */
  smeIds: z
    .array(idSchema)
    .min(1)
    .max(2)
    .refine((ids) => new Set(ids).size === ids.length, 'names the same company twice'),
  /** What the other side reads first. */
  message: textOf(2_000).default(''),
});
export type NewInterest = z.infer<typeof newInterestSchema>;

export const interestReplySchema = z
  .strictObject({
    reply: z.enum(['accept', 'decline', 'withdraw']),
    version: z.number().int(),
    /** Needed to decline: what the others read. */
    reason: textOf(1_000).default(''),
  })
  .refine(({ reply, reason }) => reply !== 'decline' || reason !== '', {
    path: ['reason'],
    message: 'say why, so that the others can learn from it',
  });
export type InterestReply = z.infer<typeof interestReplySchema>;

export const interestSchema = z.strictObject({
  id: idSchema,
  state: interestStateSchema,
  version: z.number().int(),
  need: z.strictObject({
    id: idSchema,
    title: z.string(),
    /** null: its name is not shown before both sides agreed. */
    organisation: z.string().nullable(),
    organisationKind: organisationKindSchema,
    country: z.string(),
  }),
  smes: z.array(smeCardSchema),
  startedBy: z.enum(['sme', 'demand']),
  message: z.string(),
  /** Who has not said yes yet: 'demand' or ids of SMEs. */
  waitsFor: z.array(z.string()),
  /** It waits for the reader. */
  myTurn: z.boolean(),
  /** The reader may take it back. */
  mayWithdraw: z.boolean(),
  /** Who declined or withdrew it: 'demand', 'staff' or the id of an SME. */
  endedBy: z.string().nullable(),
  reason: z.string(),
  /** Of the others, once everybody has agreed; null before. */
  contacts: z
    .array(
      z.strictObject({
        /** 'demand', or the id of an SME. */
        of: z.string(),
        contact: contactSchema,
      }),
    )
    .nullable(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type InterestView = z.infer<typeof interestSchema>;
export const interestPageSchema = pageOf(interestSchema);
export const interestQuerySchema = z.strictObject({
  ...pageQuery,
  state: interestStateSchema.optional(),
  needId: idSchema.optional(),
  /** By the latest change. */
  sort: timeSortSchema.default('newest'),
});
