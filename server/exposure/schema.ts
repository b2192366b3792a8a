import { z } from 'zod';
import { UNSEEN_REASONS } from '../../matching/index.ts';
import { REASON_CODES } from '../../matching/types.ts';
import { instantSchema, pageOf } from '../http/schema.ts';
import { smeCardSchema } from '../smes/schema.ts';

/** What one group of SMEs gets. Shares are decimals in [0, 1]. */
const exposureRowSchema = z.strictObject({
  /** A country, a cluster's id ('none': no cluster), a size class, or 'widening' and 'not-widening'. */
  key: z.string(),
  /** A cluster's name; null for the others, and for a cluster that has left. */
  name: z.string().nullable(),
  smes: z.number().int(),
  /** Its share of all SMEs, and of all places on suggestion lists. */
  poolShare: z.number(),
  listShare: z.number(),
  /** Places on suggestion lists that go to its SMEs. */
  suggested: z.number().int(),
  /** Its SMEs that are on nobody's list. */
  unsuggested: z.number().int(),
  paired: z.number().int(),
  alone: z.number().int(),
  /** Mean score of the pairs that its SMEs are in; null where there is none. */
  meanScore: z.number().nullable(),
});
export type ExposureRowView = z.infer<typeof exposureRowSchema>;

const rows = z.array(exposureRowSchema);
export const exposureGroupsSchema = z.strictObject({
  country: rows,
  cluster: rows,
  sizeClass: rows,
  widening: rows,
});
export type ExposureGroups = z.infer<typeof exposureGroupsSchema>;

/** Why an SME is on nobody's list. */
export const unsuggestedReasonSchema = z.enum(UNSEEN_REASONS);
export type UnsuggestedReason = z.infer<typeof unsuggestedReasonSchema>;

/** Exposure in a few figures, to be followed from run to run. */
export const exposureFiguresSchema = z.strictObject({
  /**
   * Gini coefficient of how often each SME is suggested, among those that may be: 0 where all are suggested equally often, towards 1
   * where few take all places.
   */
  gini: z.number(),
  /** SMEs that are on nobody's list. */
  unsuggested: z.number().int(),
  /** Widening countries: their share of all SMEs and of all places on lists. */
  widening: z.strictObject({ poolShare: z.number(), listShare: z.number() }),
});
export type ExposureFigures = z.infer<typeof exposureFiguresSchema>;

/** Who is seen on the lists, and who is paired in the best set. */
export const exposureSchema = z.strictObject({
  ...exposureFiguresSchema.shape,
  smes: z.number().int(),
  groups: exposureGroupsSchema,
  computedAt: instantSchema,
  /** The record of this run, see `GET /runs/:runId`. */
  runId: z.string(),
});
export type ExposureView = z.infer<typeof exposureSchema>;

/** An SME that is on nobody's list, why, and what would help. */
export const unsuggestedSchema = z.strictObject({
  sme: smeCardSchema,
  /**
   * may-not-take-part: a rule about the SME itself keeps it out, see `rules`; nobody-eligible: no pair with anybody is allowed;
   * never-among-the-best: it has suggestions of its own, but is among the best partners of nobody.
   */
  reason: unsuggestedReasonSchema,
  rules: z.array(z.enum(REASON_CODES)),
  /** The empty field of its profile that would help most; null where none would. */
  help: z.strictObject({ field: z.string(), label: z.string() }).nullable(),
});
export type UnsuggestedView = z.infer<typeof unsuggestedSchema>;
export const unsuggestedPageSchema = pageOf(unsuggestedSchema);
