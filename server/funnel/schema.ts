import { z } from 'zod';
import { countrySchema, idSchema, instantSchema } from '../http/schema.ts';

/*
 * From registered to funded. suggested: it has a suggestion now; met: it had a meeting at an event of the call; intent: both sides want it (a
 * consortium was proposed); consortium: it was formed; the last four come from the outcomes that staff record.
 */
export const STAGES = [
  'registered',
  'suggested',
  'met',
  'intent',
  'consortium',
  'submitted',
  'selected',
  'jury-day',
  'in-programme',
] as const;
export const stageSchema = z.enum(STAGES);
export type Stage = z.infer<typeof stageSchema>;

export const funnelQuerySchema = z.strictObject({
  /** One call. [all calls together] */
  callId: idSchema.optional(),
  instrumentId: idSchema.optional(),
  country: countrySchema.optional(),
  clusterId: idSchema.optional(),
});
export type FunnelQuery = z.infer<typeof funnelQuerySchema>;

const count = z.number().int().nullable();
export const targetsSchema = z.strictObject({
  source: z.string(),
  asOf: z.string(),
  stages: z.partialRecord(stageSchema, z.strictObject({ smes: count, projects: count })),
  budgetEur: z.number().int(),
});
export type Targets = z.infer<typeof targetsSchema>;

const stageCountSchema = z.strictObject({
  stage: stageSchema,
  /** SMEs that got so far; null where it cannot be told, such as for one instrument before anybody chose one. */
  smes: count,
  /** Pairs or projects; null before two SMEs belong together. */
  projects: count,
});
const groupRowSchema = z.strictObject({
  /** An instrument, a country, or a cluster's id ('none': no cluster). */
  key: z.string(),
  /** A name where the key is not one. */
  name: z.string().nullable(),
  /** In the order of the stages: SMEs, but projects by instrument; null where it cannot be told. */
  counts: z.array(count),
});
export type FunnelRow = z.infer<typeof groupRowSchema>;

export const funnelSchema = z.strictObject({
  /** null: all calls. */
  callId: z.string().nullable(),
  /** Whether it ends at 'consortium', as project results are not for this reader. */
  withoutResults: z.boolean(),
  stages: z.array(stageCountSchema),
  groups: z.strictObject({
    instrument: z.array(groupRowSchema),
    country: z.array(groupRowSchema),
    cluster: z.array(groupRowSchema),
  }),
  /** What the programme set out for, all calls together; null where it does not compare with what was asked. */
  targets: targetsSchema.nullable(),
  /** Grants in euros; null where results are not shown. */
  money: z
    .strictObject({
      /** Of the call, or of the programme; null: not known. */
      budgetEur: z.number().int().nullable(),
      /** Of projects in the programme: what was awarded, or the ceiling of the instrument where that is not known. */
      committedEur: z.number().int(),
      /** Projects in it whose grant is not recorded, so that the ceiling stands in. */
      assumed: z.number().int(),
    })
    .nullable(),
  computedAt: instantSchema,
});
export type FunnelView = z.infer<typeof funnelSchema>;

const accessRowSchema = z.strictObject({
  /** A country, a cluster's id ('none': no cluster), a size class, or 'widening' and 'not-widening'. */
  key: z.string(),
  name: z.string().nullable(),
  /** SMEs of the group at each stage, in their order. */
  counts: z.array(count),
  /** Its share of all registered SMEs, 0 to 1. */
  share: z.number(),
  /** Of its SMEs, how many are in a consortium, 0 to 1. */
  success: z.number(),
});
export type AccessRow = z.infer<typeof accessRowSchema>;
const rows = z.array(accessRowSchema);

/** Exposure and success by group, for one call, and how they went over time. */
export const callAccessSchema = z.strictObject({
  callId: z.string(),
  stages: z.array(stageSchema),
  /** Of all SMEs, the share that is in a consortium: what the groups are compared with. */
  success: z.number(),
  groups: z.strictObject({ country: rows, cluster: rows, sizeClass: rows, widening: rows }),
  /** SMEs without any suggestion; see GET /pairs/unsuggested for why, and what would help. */
  unsuggested: z.number().int().nullable(),
  /** One point a day, oldest first: share of widening countries among the registered, the suggested and those in a consortium. */
  history: z.array(
    z.strictObject({
      day: z.string(),
      counts: z.array(count),
      widening: z.array(count),
    }),
  ),
  computedAt: instantSchema,
});
export type CallAccess = z.infer<typeof callAccessSchema>;
