import type { Viewer } from '../../accounts/viewer.ts';
import type { Audit } from '../../audit/audit.ts';
import { conflict, notFound } from '../../http/errors.ts';
import { recordPlan } from '../audited.ts';
import type { EventRecord } from '../model.ts';
import type { PlanNews } from '../plan/changes.ts';
import type { PlanStore } from '../plan/store.ts';
import { runningRound, tablesOf } from '../plan/plan.ts';
import { endStep, startStep } from './steps.ts';
import type { EventView } from '../life/schema.ts';
import type { EventService } from '../life/service.ts';
import { isOpen } from '../life/state.ts';
import type { EventStore } from '../life/store.ts';

export interface RoundServiceDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'view'>;
  readonly plans: PlanStore;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** Hears of each change of a plan once it is written. */
  readonly planChanged: (event: EventRecord, news: PlanNews) => void;
}

export type RoundService = ReturnType<typeof createRoundService>;

/** Rounds: staff begin and end them, and they end by themselves when their time is over. */
export function createRoundService(deps: RoundServiceDeps) {
  const { events, plans, clock } = deps;

  async function end(
    event: EventRecord,
    number: number,
    how: { endsAt: Date; author: Pick<Viewer, 'id' | 'name'> | null },
  ): Promise<boolean> {
    const { news } = await plans.change(event._id, tablesOf(event.place), (plan) =>
      endStep(plan, { number, ...how }),
    );
    if (news) deps.planChanged(event, news);
    return news !== null;
  }

  function checkNumber({ timetable }: EventRecord, number: number): void {
    if (number < 1 || number > timetable.rounds) throw notFound('round');
  }

  return {
    /** @throws HttpProblem 404, 409 */
    async start(viewer: Viewer, eventId: string, number: number): Promise<EventView> {
      const event = await events.get(eventId);
      checkNumber(event, number);
      if (event.state !== 'open') {
        throw conflict('not-open', `${event.name} is ${event.state}: rounds begin while it is open.`);
      }
      const { rounds, roundMinutes: minutes } = event.timetable;
      const { news } = await plans.change(eventId, tablesOf(event.place), (plan) =>
        startStep(plan, { number, rounds, minutes, now: clock(), author: viewer }),
      );
      await recordPlan(deps.audit, viewer, { eventId, verb: 'begin-round', what: { round: number } });
      if (news) deps.planChanged(event, news);
      return deps.eventService.view(viewer, event);
    },

    /** Ends a round before its time. @throws HttpProblem 404, 409 */
    async end(viewer: Viewer, eventId: string, number: number): Promise<EventView> {
      const event = await events.get(eventId);
      checkNumber(event, number);
      if (!(await end(event, number, { endsAt: clock(), author: viewer }))) {
        throw conflict('not-running', `Round ${number} is not running.`);
      }
      await recordPlan(deps.audit, viewer, { eventId, verb: 'end-round', what: { round: number } });
      return deps.eventService.view(viewer, event);
    },

    /** Ends what is running at an event that is over. */
    async endAll(event: EventRecord): Promise<void> {
      const running = runningRound(await plans.read(event._id));
      if (running) await end(event, running.number, { endsAt: clock(), author: null });
    },

    /** Ends every round whose time is over, and what runs at events that are not open; says when the next one is due. */
    async endDue(): Promise<Date | null> {
      let next: Date | null = null;
      for (const event of await events.list()) {
        const running = runningRound(await plans.read(event._id));
        if (!running?.endsAt) continue;
        const due = running.endsAt <= clock() || !isOpen(event.state);
        if (due) await end(event, running.number, { endsAt: running.endsAt, author: null });
        else if (next === null || running.endsAt < next) next = running.endsAt;
      }
      return next;
    },
  };
}
