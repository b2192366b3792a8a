import { z } from 'zod';
import { instantSchema } from '../../http/schema.ts';

export const roundStateSchema = z.enum(['planned', 'running', 'done']);
export const roundViewSchema = z.strictObject({
  number: z.number().int(),
  state: roundStateSchema,
  /** As planned now, delays included; for a running round the end is exact. */
  startsAt: instantSchema,
  endsAt: instantSchema,
  /** Meetings that are published; 0 where the round has no plan yet. */
  meetings: z.number().int(),
  published: z.boolean(),
});
export type RoundView = z.infer<typeof roundViewSchema>;
