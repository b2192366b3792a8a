import type { Viewer } from '../../accounts/viewer.ts';
import { conflict, notAllowed, notFound } from '../../http/errors.ts';
import { pageOfArray } from '../../http/paging.ts';
import type { Page } from '../../http/schema.ts';
import type { SmeCard } from '../../smes/schema.ts';
import { mayManageSme } from '../../smes/policy.ts';
import type { SmeService } from '../../smes/service.ts';
import { searchName } from '../../smes/search-name.ts';
import type { Badges } from './badges.ts';
import type { Invited, InvitedSme } from '../life/invited.ts';
import type { EventRecord, PresenceRecord } from '../model.ts';
import type { PlanStore } from '../plan/store.ts';
import { comingRounds, meetingIn, type Plan, type Round } from '../plan/plan.ts';
import type { PresenceStore } from './presence-store.ts';
import type { ParticipantQuery, ParticipantView, PresenceState } from './schema.ts';
import type { EventService } from '../life/service.ts';
import { isFinal, isLive, isOpen } from '../life/state.ts';
import type { EventStore } from '../life/store.ts';

export interface PresenceServiceDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'seen'>;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly plans: PlanStore;
  readonly badges: Badges;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  /** Hears of a change of presence before it is checked and written, from somebody who may say so; it may come to nothing. */
  readonly foreseen: (eventId: string, smeId: string, state: PresenceRecord['state']) => void;
  /** Hears of each change of presence once it is written. */
  readonly changed: (event: EventRecord, smeId: string, state: PresenceRecord['state']) => void;
}

export type PresenceService = ReturnType<typeof createPresenceService>;

type Stored = ReadonlyMap<string, PresenceRecord>;
/** By name as they come, or by something else and then by name: sorting keeps that order. */
function participantOrder(
  sort: ParticipantQuery['sort'],
  stored: Stored,
): (one: InvitedSme, other: InvitedSme) => number {
  const since = ({ _id }: InvitedSme): number => stored.get(_id)?.since.getTime() ?? 0;
  if (sort === 'country') return (one, other) => one.country.localeCompare(other.country);
  return sort === 'latest' ? (one, other) => since(other) - since(one) : () => 0;
}

const stateIn = (stored: Stored, smeId: string): PresenceState => stored.get(smeId)?.state ?? 'invited';

/** Why an SME sits in no meeting of the coming round; null where it does, or where nothing is published. */
function whyWithout(
  event: EventRecord,
  next: Round | undefined,
  smeId: string,
  state: PresenceState,
): string | null {
  if (!next || isFinal(event.state) || meetingIn(next, smeId)) return null;
  if (state === 'left') return 'It has left.';
  const absent = next.meetings.some((meeting) => meeting.absent === smeId);
  if (absent) return `It did not come to its meeting of round ${next.number}.`;
  if (state === 'invited') return 'It has not said that it comes.';
  if (state === 'expected' && isOpen(event.state)) return 'It is expected, but not here yet.';
  return `Nobody that it may meet is free in round ${next.number}.`;
}

/** The round that people look forward to. */
const nextPublished = (event: EventRecord, plan: Plan): Round | undefined =>
  comingRounds(plan, event.timetable.rounds).find(({ published }) => published);

/** Who is at an event: arrivals, departures, the list of participants and their badges. */
export function createPresenceService(deps: PresenceServiceDeps) {
  const { events, presence, invited, plans, badges, smes } = deps;

  function checkMay(
    viewer: Viewer,
    owner: Awaited<ReturnType<SmeService['owner']>>,
    state: PresenceRecord['state'],
  ): void {
    if (!owner) throw notFound('SME');
    if (!mayManageSme(viewer, owner))
      throw notAllowed('Only the SME itself, its cluster and staff may say whether it is there.');
    if (viewer.role === 'cluster' && state === 'here') {
      throw notAllowed(
        'A cluster says who is expected or has left; an SME checks in itself, or staff do it.',
      );
    }
  }

  function checkTime(event: EventRecord, state: PresenceRecord['state']): void {
    if (!isLive(event.state)) throw conflict('event-not-live', `${event.name} is ${event.state}.`);
    if (state === 'here' && !isOpen(event.state)) {
      throw conflict('doors-closed', `The doors of ${event.name} are not open yet.`);
    }
  }

  /** Staff may bring in somebody who was not invited: from then on it is. An SME sees no event that it is not invited to. */
  async function invite(viewer: Viewer, event: EventRecord, smeId: string): Promise<EventRecord> {
    if (viewer.role === 'sme' || (await invited.includes(event, smeId))) return event;
    if (viewer.role !== 'staff') throw conflict('not-invited', `This SME is not invited to ${event.name}.`);
    const name = (await smes.owner(smeId))?.name ?? smeId;
    return events.change(event._id, viewer, (current) => ({
      set: { invited: { ...current.invited, smeIds: [...new Set([...current.invited.smeIds, smeId])] } },
      change: 'timetable',
      line: { what: 'Invited', note: name, before: null, after: null },
      verb: 'invite',
    }));
  }

  async function put(
    event: EventRecord,
    smeId: string,
    state: PresenceRecord['state'],
    by: string,
  ): Promise<PresenceRecord> {
    const { changed, record } = await presence.set(event._id, smeId, state, by);
    if (changed) deps.changed(event, smeId, state);
    return record;
  }

  function participant(
    event: EventRecord,
    plan: Plan,
    card: SmeCard,
    stored: PresenceRecord | undefined,
  ): ParticipantView {
    const rounds = [...plan.rounds.values()];
    const meetings = rounds.filter((round) => meetingIn(round, card.id)).length;
    const byes = rounds.filter((round) => round.published && !meetingIn(round, card.id)).length;
    const state = stored?.state ?? 'invited';
    return {
      sme: card,
      state,
      since: stored?.since.toISOString() ?? null,
      meetings,
      byes,
      withoutMeeting: whyWithout(event, nextPublished(event, plan), card.id, state),
    };
  }

  function matches(event: EventRecord, plan: Plan, stored: Stored, query: ParticipantQuery) {
    const words = searchName(query.q ?? '');
    const next = nextPublished(event, plan);
    return (sme: InvitedSme): boolean => {
      const state = stateIn(stored, sme._id);
      const without = whyWithout(event, next, sme._id, state) !== null;
      return (
        (query.state === undefined || state === query.state) &&
        (words === '' || sme.searchName.includes(words)) &&
        (query.clusterId === undefined || sme.clusterId === query.clusterId) &&
        (query.withoutMeeting === undefined || without === (query.withoutMeeting === 'true'))
      );
    };
  }

  /** The people whom this viewer may see in full: staff all, a cluster its own members. */
  const invitedFor = (viewer: Viewer, event: EventRecord): Promise<readonly InvitedSme[]> =>
    viewer.role === 'staff' ? invited.all(event) : invited.ofCluster(event, viewer.clusterId ?? '');

  return {
    /** Says where an SME stands with an event. @throws HttpProblem 403, 404, 409 */
    async set(
      viewer: Viewer,
      eventId: string,
      smeId: string,
      state: PresenceRecord['state'],
    ): Promise<ParticipantView> {
      if (viewer.role === 'staff' || viewer.smeId === smeId) deps.foreseen(eventId, smeId, state);
      const [seen, owner] = await Promise.all([deps.eventService.seen(viewer, eventId), smes.owner(smeId)]);
      checkMay(viewer, owner, state);
      checkTime(seen, state);
      const event = await invite(viewer, seen, smeId);
      // The news of it have the database and the event loop for themselves when it is written.
      const [stored, plan, cards] = await Promise.all([
        put(event, smeId, state, viewer.name),
        plans.read(eventId),
        smes.cards([smeId]),
      ]);
      const card = cards.get(smeId);
      if (!card) throw notFound('SME');
      return participant(event, plan, card, stored);
    },

    /** Checks in the SME whose badge this is; whoever holds it may. Again is harmless. @throws HttpProblem 409, 410 */
    async checkIn(token: string): Promise<{ eventId: string; eventName: string; smeName: string }> {
      const { eventId, smeId } = await badges.read(token);
      deps.foreseen(eventId, smeId, 'here');
      const [event, owner] = await Promise.all([events.get(eventId), smes.owner(smeId)]);
      if (!owner) throw notFound('SME');
      checkTime(event, 'here');
      await put(event, smeId, 'here', `${owner.name} (badge)`);
      return { eventId, eventName: event.name, smeName: owner.name };
    },

    /** @throws HttpProblem 404 */
    async participants(
      viewer: Viewer,
      eventId: string,
      query: ParticipantQuery,
    ): Promise<Page<ParticipantView>> {
      const event = await deps.eventService.seen(viewer, eventId);
      const [all, stored, plan] = await Promise.all([
        invitedFor(viewer, event),
        presence.all(eventId),
        plans.read(eventId),
      ]);
      const page = pageOfArray(
        all.filter(matches(event, plan, stored, query)).toSorted(participantOrder(query.sort, stored)),
        query,
      );
      const cards = await smes.cards(page.items.map(({ _id }) => _id));
      const items = page.items.flatMap(({ _id }) => {
        const card = cards.get(_id);
        return card ? [participant(event, plan, card, stored.get(_id))] : [];
      });
      return { ...page, items };
    },

    /** The badge sheet, a page at a time, by name. @throws HttpProblem 404 */
    async badges(eventId: string, query: { cursor?: string | undefined; limit: number }) {
      const page = pageOfArray(await invited.all(await events.get(eventId)), query);
      const ids = page.items.map(({ _id }) => _id);
      const [cards, sheet] = await Promise.all([smes.cards(ids), badges.of(eventId, ids)]);
      const items = ids.flatMap((id) => {
        const [sme, badge] = [cards.get(id), sheet.get(id)];
        return sme && badge ? [{ sme, ...badge }] : [];
      });
      return { ...page, items };
    },
  };
}
