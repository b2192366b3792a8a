import type { Viewer } from '../../accounts/viewer.ts';
import { conflict, notFound } from '../../http/errors.ts';
import { pageOfArray } from '../../http/paging.ts';
import type { Page } from '../../http/schema.ts';
import { hasWords } from '../../smes/search-name.ts';
import { newId } from '../../storage/ids.ts';
import { checkChange, checkDefinition, type DefinitionFacts } from './definition.ts';
import { seenBy, type Invited } from './invited.ts';
import type { EventRecord } from '../model.ts';
import { EMPTY_PLAN } from '../plan/plan.ts';
import type { PlanStore } from '../plan/store.ts';
import type { PresenceStore } from '../people/presence-store.ts';
import { presentEvent } from './present.ts';
import type { EventAction, EventInput, EventQuery, EventView, HistoryQuery } from './schema.ts';
import { historyPage } from './history.ts';
import { actionsIn, isFinal, stateAfter, TRANSITIONS } from './state.ts';
import type { EventStep, EventStore } from './store.ts';

export interface EventServiceDeps {
  readonly events: EventStore;
  readonly plans: PlanStore;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly facts: DefinitionFacts;
  /** The call in force, which a new event is for. */
  readonly callId: () => Promise<string>;
  readonly clock: () => Date;
  /** Hears of each change once it is written. */
  readonly changed: (event: EventRecord, before: EventRecord | null) => void;
}

export type EventService = ReturnType<typeof createEventService>;

type EventOrder = (one: EventRecord, other: EventRecord) => number;
const byStart: EventOrder = (one, other) =>
  one.timetable.startsAt.localeCompare(other.timetable.startsAt) || one._id.localeCompare(other._id);
const EVENT_ORDERS: Readonly<Record<EventQuery['sort'], EventOrder>> = {
  next: (one, other) => Number(isFinal(one.state)) - Number(isFinal(other.state)) || byStart(one, other),
  newest: (one, other) => byStart(other, one),
  oldest: byStart,
};

const NOBODY_THERE = { expected: 0, here: 0, left: 0 };

/** Events: what they are, in which state, and who changed what. */
export function createEventService(deps: EventServiceDeps) {
  const { events, plans, presence, invited, facts, clock } = deps;

  async function views(viewer: Viewer, shown: readonly EventRecord[]): Promise<EventView[]> {
    const ids = shown.map(({ _id }) => _id);
    const [planOf, presenceOf] = await Promise.all([plans.readAll(ids), presence.countsOf(ids)]);
    return shown.map((event) =>
      presentEvent(viewer, event, {
        plan: planOf.get(event._id) ?? EMPTY_PLAN,
        presence: presenceOf.get(event._id) ?? NOBODY_THERE,
      }),
    );
  }

  async function view(viewer: Viewer, event: EventRecord): Promise<EventView> {
    const [plan, counts] = await Promise.all([plans.read(event._id), presence.counts(event._id)]);
    return presentEvent(viewer, event, { plan, presence: counts });
  }

  /** An event that this viewer may see. @throws HttpProblem 404, also where it may not know that there is one */
  async function seen(viewer: Viewer, id: string): Promise<EventRecord> {
    const [event, isSeen] = await Promise.all([events.get(id), seenBy(viewer, invited)]);
    if (!isSeen(event)) throw notFound('event');
    return event;
  }

  async function change(
    viewer: Viewer,
    id: string,
    step: (event: EventRecord) => EventStep,
  ): Promise<EventView> {
    const before = await events.get(id);
    const after = await events.change(id, viewer, step);
    deps.changed(after, before);
    return view(viewer, after);
  }

  function refuseFinal({ name, state }: EventRecord): void {
    if (isFinal(state)) throw conflict('event-over', `${name} is ${state}: it is not changed any more.`);
  }

  return {
    seen,
    view,

    /** A page of the events that this viewer may see. */
    async list(viewer: Viewer, query: EventQuery): Promise<Page<EventView>> {
      const [all, seenByViewer, isInvited] = await Promise.all([
        events.list(query.state && [query.state]),
        seenBy(viewer, invited),
        query.smeId === undefined ? () => true : invited.inviting(query.smeId),
      ]);
      const sorted = all
        .filter((event) => seenByViewer(event) && isInvited(event) && hasWords(query.q, event.name))
        .toSorted(EVENT_ORDERS[query.sort]);
      const page = pageOfArray(sorted, query);
      return { ...page, items: await views(viewer, page.items) };
    },

    /** @throws HttpProblem 404 */
    get: async (viewer: Viewer, id: string): Promise<EventView> => view(viewer, await seen(viewer, id)),

    async create(viewer: Viewer, input: EventInput): Promise<EventView> {
      await checkDefinition(input, facts);
      const event = await events.add(
        {
          ...input,
          _id: newId(),
          version: 1,
          callId: await deps.callId(),
          state: 'draft',
          delayMinutes: 0,
          broadcast: null,
          told: 0,
          change: 'state',
          createdAt: clock(),
        },
        viewer,
      );
      deps.changed(event, null);
      return view(viewer, event);
    },

    /** Changes the definition, if it still has the version that the change was made on. @throws HttpProblem 400, 404, 409 */
    async replace(viewer: Viewer, id: string, version: number, input: EventInput): Promise<EventView> {
      await events.get(id);
      await checkDefinition(input, facts);
      const plan = await plans.read(id);
      return change(viewer, id, (event) => {
        if (event.version !== version) {
          const detail =
            'This event was changed by somebody else since you opened it. Load it again, then make your change.';
          throw conflict('changed-meanwhile', detail);
        }
        checkChange(event, input, plan);
        const line = { what: 'Changed', note: '', before: null, after: null };
        return { set: input, change: 'timetable', line, verb: 'change' };
      });
    },

    /** Moves an event to its next state. @throws HttpProblem 404, 409 naming what is allowed now */
    act(viewer: Viewer, id: string, action: EventAction, note: string): Promise<EventView> {
      return change(viewer, id, (event) => {
        const state = stateAfter(event.state, action);
        if (state === null) {
          const allowed = actionsIn(event.state).join(', ') || 'nothing any more';
          throw conflict('not-now', `${event.name} is ${event.state}. Now it is possible to: ${allowed}.`);
        }
        const line = { what: TRANSITIONS[action].what, note, before: event.state, after: state };
        return { set: { state }, change: 'state', line, verb: action };
      });
    },

    /** Everything that is still to come is this much later than the timetable says. @throws HttpProblem 404, 409 */
    delay(viewer: Viewer, id: string, minutes: number): Promise<EventView> {
      return change(viewer, id, (event) => {
        refuseFinal(event);
        const line = {
          what: 'Delay in minutes',
          note: '',
          before: String(event.delayMinutes),
          after: String(minutes),
        };
        return { set: { delayMinutes: minutes }, change: 'timetable', line, verb: 'delay' };
      });
    },

    /** A message of staff to everybody at the event. @throws HttpProblem 404, 409 */
    broadcast(viewer: Viewer, id: string, text: string): Promise<EventView> {
      return change(viewer, id, (event) => {
        refuseFinal(event);
        const line = { what: 'Message to everybody', note: text, before: null, after: null };
        return { set: { broadcast: { text, at: clock() } }, change: 'broadcast', line, verb: 'broadcast' };
      });
    },

    /** Who changed what of the event itself and of its plan. @throws HttpProblem 400, 404 */
    async history(id: string, query: HistoryQuery) {
      await events.get(id);
      const [own, planned] = await Promise.all([events.history(id), plans.history(id)]);
      return historyPage({ event: own, plan: planned }, query);
    },
  };
}
