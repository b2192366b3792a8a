import type { Connection } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { eventModel, type EventRecord, type RequestRecord } from './model.ts';
import { standing, type Plan } from './plan/plan.ts';

/** An event as the audit log keeps it. */
export function eventState(event: Omit<EventRecord, 'history'>): AuditedState {
  const { callId, name, state, timeZone, timetable, contactsAt, delayMinutes, version } = event;
  const { startsAt } = timetable;
  return { callId, name, state, startsAt, timeZone, contactsAt, delayMinutes, version };
}

/** The events that there are, for the comparison with the log. */
export function auditedEvents(connection: Connection): AuditedThings {
  return {
    kind: 'event',
    async states() {
      const all = await eventModel(connection).find({}, { history: 0 }).lean<EventRecord[]>().exec();
      return new Map(all.map((event) => [event._id, eventState(event)]));
    },
  };
}

/** What people decide on the plan of an event, as the audit log calls it. What the engine repairs by itself is in the plan's own history. */
type PlanVerb = 'edit' | 'publish' | 'begin-round' | 'end-round' | 'move-meeting' | 'miss-meeting';

/** Writes what somebody decided on a plan into the log: what was asked for, not the plan around it. */
export async function recordPlan(
  audit: Audit,
  viewer: Pick<Viewer, 'id' | 'role'>,
  decision: { eventId: string; verb: PlanVerb; what: AuditedState },
): Promise<void> {
  await audit.record({
    actor: viewer,
    action: `plan.${decision.verb}`,
    thing: { kind: 'plan', id: decision.eventId },
    before: null,
    after: decision.what,
  });
}

/** The meetings of these rounds and the pairs that staff ruled out, as they are published. */
export function publishedState(plan: Plan, numbers: readonly number[]): AuditedState {
  const rounds = numbers.flatMap((number) => {
    const round = plan.rounds.get(number);
    if (!round) return [];
    return [{ number, meetings: standing(round).map(({ a, b, table }) => ({ a, b, table })) }];
  });
  return { version: plan.version, rounds, forbidden: plan.forbidden.map(([a, b]) => ({ a, b })) };
}

/** Writes the answer to a request to meet into the log; the words of its message and comment stay out of it. */
export async function recordAnswer(
  audit: Audit,
  viewer: Pick<Viewer, 'id' | 'role'>,
  { before, after }: { before: RequestRecord; after: RequestRecord },
): Promise<void> {
  const stateOf = ({ eventId, fromId, toId, state, reason, meetingId }: RequestRecord): AuditedState => ({
    eventId,
    fromId,
    toId,
    state,
    reason,
    meetingId,
  });
  await audit.record({
    actor: viewer,
    action: 'request.answer',
    thing: { kind: 'request', id: after._id },
    before: stateOf(before),
    after: stateOf(after),
  });
}
