import { z } from 'zod';
import { idSchema, instantSchema, lineOf } from '../../http/schema.ts';
import { eventStateSchema } from '../life/schema.ts';

/** What the projector shows: names and pairs only. Readable with a display link, without signing in. */
export const roomSchema = z.strictObject({
  eventId: idSchema,
  name: z.string(),
  state: eventStateSchema,
  serverTime: instantSchema,
  runningRound: z.strictObject({ number: z.number().int(), endsAt: instantSchema }).nullable(),
  nextRound: z.strictObject({ number: z.number().int(), startsAt: instantSchema }).nullable(),
  rounds: z.number().int(),
  counters: z.strictObject({
    here: z.number().int(),
    countries: z.number().int(),
    meetings: z.number().int(),
    wanted: z.number().int(),
    consortia: z.number().int(),
  }),
  /** Tables of the running round, or of the next one. */
  tables: z.array(
    z.strictObject({
      table: z.number().int(),
      a: z.strictObject({ name: z.string(), country: z.string() }),
      b: z.strictObject({ name: z.string(), country: z.string() }),
    }),
  ),
  /** Countries joined by meetings so far and by consortia. */
  links: z.array(
    z.strictObject({ a: z.string(), b: z.string(), meetings: z.number().int(), consortia: z.number().int() }),
  ),
  /** The newest consortia, newest first. */
  newest: z.array(
    z.strictObject({ a: z.string(), b: z.string(), countries: z.array(z.string()), at: instantSchema }),
  ),
  broadcast: z.string().nullable(),
});
export type RoomView = z.infer<typeof roomSchema>;
export const displayLinkSchema = z.strictObject({
  id: idSchema,
  label: z.string(),
  createdAt: instantSchema,
  url: z.string().nullable(),
});
export type DisplayLinkView = z.infer<typeof displayLinkSchema>;
export const displayLinksSchema = z.strictObject({ items: z.array(displayLinkSchema) });
export const displayLinkInputSchema = z.strictObject({ label: lineOf(60) });
/** The token of a display; staff need none. */
export const roomQuerySchema = z.strictObject({ token: z.string().min(20).max(200).optional() });
