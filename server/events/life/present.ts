import type { Viewer } from '../../accounts/viewer.ts';
import type { EventRecord, HistoryEntry } from '../model.ts';
import { roundOf, runningRound, standing, tablesOf, type Plan } from '../plan/plan.ts';
import type { EventInput, EventView, PlaceView } from './schema.ts';
import type { PresenceCounts } from '../people/schema.ts';
import type { RoundView } from '../rounds/schema.ts';
import { actionsIn } from './state.ts';
import { roundSlots, type RoundSlot } from './timetable.ts';

/*
 * What leaves the server of an event. Every field is listed by hand, so that a new one stays inside until somebody decides who may
 * see it.
 */

/** The rounds of an event in time, as known now. */
export const slotsOf = (event: Pick<EventRecord, 'timetable' | 'delayMinutes'>, plan: Plan): RoundSlot[] =>
  roundSlots(event.timetable, event.delayMinutes, (number) => plan.rounds.get(number));

const NOBODY: EventInput['invited'] = { all: false, clusterIds: [], countries: [], smeIds: [] };

function presentPlace(place: EventRecord['place'], isStaff: boolean): PlaceView {
  return place.kind === 'venue'
    ? { kind: 'venue', address: place.address, tables: place.tables }
    : { kind: 'online', tables: tablesOf(place), links: isStaff ? [...place.links] : [] };
}

function presentRound(slot: RoundSlot, plan: Plan): RoundView {
  const round = roundOf(plan, slot.number);
  return {
    number: slot.number,
    state: round.state,
    startsAt: slot.startsAt.toISOString(),
    endsAt: slot.endsAt.toISOString(),
    meetings: standing(round).length,
    published: round.published,
  };
}

/** An event as this reader may see it. */
export function presentEvent(
  viewer: Pick<Viewer, 'role'>,
  event: EventRecord,
  { plan, presence }: { plan: Plan; presence: PresenceCounts },
): EventView {
  const isStaff = viewer.role === 'staff';
  return {
    id: event._id,
    version: event.version,
    callId: event.callId,
    name: event.name,
    description: event.description,
    place: presentPlace(event.place, isStaff),
    timeZone: event.timeZone,
    timetable: event.timetable,
    invited: isStaff ? event.invited : NOBODY,
    contactsAt: event.contactsAt,
    requestMinutes: event.requestMinutes,
    state: event.state,
    delayMinutes: event.delayMinutes,
    rounds: slotsOf(event, plan).map((slot) => presentRound(slot, plan)),
    runningRound: runningRound(plan)?.number ?? null,
    presence: { ...presence },
    broadcast: event.broadcast && { text: event.broadcast.text, at: event.broadcast.at.toISOString() },
    actions: isStaff ? actionsIn(event.state) : [],
  };
}

/** One line of a history, with what it was before and after where that is one value. */
export function presentLine({ at, by, what, note, before, after }: HistoryEntry) {
  const values = before === null && after === null ? '' : `: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
  return { at: at.toISOString(), by, what: `${what}${values}`, note };
}
