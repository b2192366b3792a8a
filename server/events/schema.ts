/*
 * The words of a live matchmaking event:
 * - event: an occasion on which SMEs meet in rounds, in a place with tables or online with a link for each table.
 * - presence: where an invited SME stands with an event (expected, here, left).
 * - round: a span of time in which each SME sits in at most one meeting; a bye is a round without one.
 * - meeting: two SMEs at one table in one round.
 * - wish: what an SME says of a partner before (must meet, would like, not for me). Private; it feeds the plan.
 * - request: a question from one SME to another to meet; it expires, and blocks nothing while it is pending.
 * - plan: the proposed meetings of the coming rounds; a draft until staff publish it.
 */

/* What others read of the event, from the rooms. Within a room its own schema is read. */
export * from './life/schema.ts';
export * from './meetings/schema.ts';
export * from './people/schema.ts';
export * from './plan/schema.ts';
export * from './requests/schema.ts';
export * from './room/schema.ts';
export * from './rounds/schema.ts';
