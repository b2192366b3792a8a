import { z } from 'zod';
import { idSchema, instantSchema } from '../../http/schema.ts';
import { smeCardSchema } from '../../smes/schema.ts';

export const planInputSchema = z.strictObject({
  /** The coming rounds to plan; empty: all that have not begun. */
  rounds: z.array(z.number().int().min(1).max(20)).max(20).default([]),
  /** Plan for those who are here, or also for those expected. */
  who: z.enum(['here', 'here-and-expected']).default('here-and-expected'),
});
export type PlanInput = z.infer<typeof planInputSchema>;
export const planEditSchema = z.discriminatedUnion('edit', [
  z.strictObject({
    edit: z.literal('pin'),
    round: z.number().int().min(1).max(20),
    a: idSchema,
    b: idSchema,
  }),
  z.strictObject({ edit: z.literal('forbid'), a: idSchema, b: idSchema }),
  z.strictObject({ edit: z.literal('move'), meetingId: idSchema, toRound: z.number().int().min(1).max(20) }),
  z.strictObject({ edit: z.literal('unpin'), meetingId: idSchema }),
]);
export type PlanEdit = z.infer<typeof planEditSchema>;
/** A draft in figures, beside the published plan. */
export const draftSchema = z.strictObject({
  version: z.number().int(),
  createdAt: instantSchema,
  by: z.string(),
  rounds: z.array(z.number().int()),
  meetings: z.number().int(),
  total: z.number(),
  /** No plan of these rounds can have a larger total. */
  bound: z.number(),
  /** Share by which the total may be below the best there is, 0 to 1. */
  gap: z.number(),
  status: z.enum(['optimal', 'feasible']),
  wishes: z.strictObject({
    met: z.number().int(),
    notMet: z.array(z.strictObject({ from: smeCardSchema, to: smeCardSchema, why: z.string() })),
  }),
  /** SMEs without any meeting in these rounds, and why. */
  alone: z.array(z.strictObject({ sme: smeCardSchema, why: z.string() })),
  byes: z.array(z.strictObject({ round: z.number().int(), smes: z.array(smeCardSchema) })),
  byCountry: z.array(
    z.strictObject({
      key: z.string(),
      smes: z.number().int(),
      meetings: z.number().int(),
      alone: z.number().int(),
      meanScore: z.number(),
    }),
  ),
  byCluster: z.array(
    z.strictObject({
      key: z.string(),
      smes: z.number().int(),
      meetings: z.number().int(),
      alone: z.number().int(),
      meanScore: z.number(),
    }),
  ),
  /** Compared with what is published: meetings that stay, go and come. */
  changes: z.strictObject({ kept: z.number().int(), lost: z.number().int(), gained: z.number().int() }),
});
export type DraftView = z.infer<typeof draftSchema>;
export const publishInputSchema = z.strictObject({ version: z.number().int() });
