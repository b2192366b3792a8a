import { z } from 'zod';
import { idSchema, instantSchema } from '../http/schema.ts';
import { partnersSchema } from '../suggestions/schema.ts';

/**
 * The live protocol. The database holds, for each account, an append-only stream of events numbered 1, 2, 3 … without gaps. The
 * socket is only the fast way to hear of them: a client keeps the number of the last event that it has handled and asks for what
 * came after (`catch-up`) when it connects and whenever a number is missing.
 */

/** Why a suggestion list changed. */
export const causeSchema = z.enum(['profile', 'answer', 'weights', 'pool', 'rebuild']);
export type Cause = z.infer<typeof causeSchema>;

/** What happened; each kind has its own payload. */
export const liveEventSchema = z.discriminatedUnion('kind', [
  /** The list of an SME that this account speaks for. Superseded ones carry no list in a replay: only the newest does. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('suggestions'),
    cause: causeSchema,
    smeId: idSchema,
    partners: partnersSchema.nullable(),
  }),
  /** A profile that this account may edit was changed (by itself in another window, its cluster or staff). */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('profile'),
    smeId: idSchema,
    version: z.number().int(),
  }),
  /** The members of this account's cluster changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('members'),
    clusterId: idSchema,
  }),
  /** An import of this account ended or changed state. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('import'),
    importId: idSchema,
    state: z.string(),
  }),
  /** Staff: the weights were changed. */
  z.strictObject({
    seq: z.number().int(),
    at: instantSchema,
    kind: z.literal('weights'),
    version: z.number().int(),
    by: z.string().nullable(),
  }),
]);
export type LiveEvent = z.infer<typeof liveEventSchema>;
/** What a feature hands in: an event without its number and time; the list of 'suggestions' is filled in at delivery. */
export type LiveNotice =
  | { kind: 'suggestions'; cause: Cause; smeId: string }
  | { kind: 'profile'; smeId: string; version: number }
  | { kind: 'members'; clusterId: string }
  | { kind: 'import'; importId: string; state: string }
  | { kind: 'weights'; version: number; by: string | null };

export const catchUpRequestSchema = z.strictObject({ since: z.number().int().min(0) });
export const catchUpReplySchema = z.strictObject({
  events: z.array(liveEventSchema),
  /** Number of the newest event; the client has everything once it has handled this. */
  upTo: z.number().int(),
  /** True where the asked events are no longer kept: reload the page's data, then go on from `upTo`. */
  reload: z.boolean(),
});
export type CatchUpReply = z.infer<typeof catchUpReplySchema>;

/** How far a long task is; not kept, not numbered. `task` is `import:<id>`, `preview:<id>` or `rebuild`; `pool` tells staff how many lists (`total`) changed just now. */
export interface Progress {
  task: string;
  label: string;
  done: number;
  total: number;
}

export interface ServerToClient {
  event: (event: LiveEvent) => void;
  progress: (progress: Progress) => void;
  /** The session or account ended; the socket closes right after. */
  'session-ended': (reason: 'signed-out' | 'account-closed' | 'expired') => void;
}
export interface ClientToServer {
  'catch-up': (
    request: z.infer<typeof catchUpRequestSchema>,
    reply: (answer: CatchUpReply | { error: string }) => void,
  ) => void;
}
