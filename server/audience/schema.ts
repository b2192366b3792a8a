import { z } from 'zod';
import { roleSchema } from '../accounts/schema.ts';
import { countrySchema, idSchema, lineOf } from '../http/schema.ts';

/** Whom something is for: everybody who fits all three; an empty list leaves its question open. Staff see everything. */
export const targetSchema = z.strictObject({
  roles: z.array(roleSchema).max(4).default([]),
  /** ISO 3166-1 alpha-2; of the cluster or the SME. */
  countries: z.array(countrySchema).max(60).default([]),
  /** These clusters and their members. */
  clusterIds: z.array(idSchema).max(200).default([]),
});
export type Target = z.infer<typeof targetSchema>;

/** A link that is shown with its host; https only. */
export const linkSchema = z.strictObject({
  label: lineOf(120),
  url: z
    .url({ protocol: /^https$/, error: 'must be a web address that begins with https://' })
    .max(500)
    .refine((url) => !/[\s<>"'`]/.test(url), 'must not hold spaces, quotes or angle brackets'),
});
export type Link = z.infer<typeof linkSchema>;

/** Chosen by the client when a form is opened: a request that is sent twice makes one thing. */
export const onceKeySchema = z
  .string()
  .regex(/^[A-Za-z0-9_-]{16,64}$/, 'must have 16 to 64 letters, digits, "-" or "_"');
