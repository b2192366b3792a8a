import { z } from 'zod';
import { roleSchema } from '../accounts/schema.ts';
import { daysQuery, idSchema, instantSchema, pageOf, pageQuery, timeSortSchema } from '../http/schema.ts';

const stateSchema = z.record(z.string(), z.unknown());
const nameSchema = z
  .string()
  .regex(/^[a-z][a-z0-9.-]{0,63}$/, 'must be a name of small letters, such as call.publish');

/** One decision. */
export const auditEntrySchema = z.strictObject({
  /** 1, 2, 3 … without a gap. */
  seq: z.number().int(),
  at: instantSchema,
  /** Who decided; null for the software itself. The name is null where the person was erased. */
  actor: z.strictObject({ id: idSchema, role: roleSchema, name: z.string().nullable() }).nullable(),
  /** `thing.verb`. */
  action: z.string(),
  kind: z.string(),
  thingId: z.string(),
  /** What the thing is called, where it has a name that is not somebody's own. */
  thingName: z.string().nullable(),
  before: stateSchema.nullable(),
  after: stateSchema.nullable(),
  reason: z.string(),
  /** Fingerprint of this entry and all before it. */
  hash: z.string(),
});
export type AuditEntryView = z.infer<typeof auditEntrySchema>;
export const auditPageSchema = pageOf(auditEntrySchema);

const filters = {
  /** Kind of thing, such as `consortium`. */
  kind: nameSchema.optional(),
  thingId: z.string().trim().min(1).max(200).optional(),
  action: nameSchema.optional(),
  actorId: idSchema.optional(),
  ...daysQuery,
};
export const auditFilterSchema = z.strictObject(filters);
export type AuditFilter = z.infer<typeof auditFilterSchema>;
export const auditQuerySchema = z.strictObject({
  ...pageQuery,
  ...filters,
  sort: timeSortSchema.default('newest'),
});
export type AuditQuery = z.infer<typeof auditQuerySchema>;

/** What can be chosen in the filters: only what there is. */
export const auditChoicesSchema = z.strictObject({
  kinds: z.array(z.string()),
  actions: z.array(z.string()),
});
export type AuditChoices = z.infer<typeof auditChoicesSchema>;

/** What a check of the whole log found. */
export const auditCheckSchema = z.strictObject({
  at: instantSchema,
  entries: z.number().int(),
  /** One sentence. */
  summary: z.string(),
  sound: z.boolean(),
  chainFault: z.strictObject({ seq: z.number().int(), what: z.string() }).nullable(),
  kinds: z.array(
    z.strictObject({ kind: z.string(), things: z.number().int(), differences: z.number().int() }),
  ),
  /** The first of them. */
  differences: z.array(
    z.strictObject({
      kind: z.string(),
      id: z.string(),
      logged: stateSchema.nullable(),
      stored: stateSchema.nullable(),
    }),
  ),
});
export type AuditCheckView = z.infer<typeof auditCheckSchema>;
