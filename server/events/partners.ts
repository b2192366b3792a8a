import type { Logger } from 'pino';
import type { Viewer } from '../accounts/viewer.ts';
import type { Live } from '../live/live.ts';
import { SCALE } from '../../matching/types.ts';
import type { EventBrief } from '../matching/event-rooms.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeService } from '../smes/service.ts';
import type { Audience } from '../suggestions/audience.ts';
import { smeOf } from './acting.ts';
import { Coalescer } from './coalesce.ts';
import type { PresenceStore } from './presence-store.ts';
import type { EventPartnersView, EventPartnerView, PresenceState } from './schema.ts';
import type { EventService } from './service.ts';
import { isLive } from './state.ts';
import type { EventStore } from './store.ts';

export interface PartnersDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'seen'>;
  readonly presence: PresenceStore;
  readonly matcher: Pick<Matcher, 'eventLists' | 'eventBriefs' | 'closeEvent'>;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly audience: Audience;
  readonly live: Pick<Live, 'notifyAll'>;
  readonly log: Logger;
  /** Arrivals within this time are looked at together; later ones while these are. [2 ms] */
  readonly pauseMs?: number;
}

export type EventPartnersService = ReturnType<typeof createEventPartners>;

function adviceFor(state: PresenceState, found: number): string | null {
  if (state === 'invited' || state === 'left')
    return 'Say that you come, or check in: then you see whom you can meet.';
  return found === 0 ? 'Nobody who is here or expected fits yet. This list changes as people arrive.' : null;
}

/** The best partners of each SME among those who are at an event, and those who are expected; they follow every arrival. */
export function createEventPartners(deps: PartnersDeps) {
  const { events, presence, matcher, smes, log } = deps;

  /** Tells the engine who is where. @returns those whose list changed */
  async function update(eventId: string): Promise<readonly string[]> {
    const event = await events.find(eventId);
    if (!event || !isLive(event.state)) {
      await matcher.closeEvent(eventId);
      return [];
    }
    const people = [...(await presence.all(eventId)).values()];
    const inState = (wanted: PresenceState): string[] =>
      people.flatMap(({ smeId, state }) => (state === wanted ? smeId : []));
    return matcher.eventLists({ event: eventId, here: inState('here'), expected: inState('expected') });
  }

  async function refresh(eventId: string): Promise<void> {
    const changed = await update(eventId);
    if (changed.length === 0) return;
    const accounts = await deps.audience.accountsOf(changed);
    await deps.live.notifyAll(
      [...accounts].map(([smeId, accountIds]) => ({
        accountIds,
        notice: { kind: 'event-partners', eventId, smeId },
      })),
    );
  }

  async function shown(list: readonly EventBrief[]): Promise<EventPartnerView[]> {
    const cards = await smes.cards(list.map(({ partner }) => partner));
    return list
      .flatMap(({ partner, score, summary }) => {
        const card = cards.get(partner);
        return card ? [{ partner: card, score: score / SCALE, summary }] : [];
      })
      .map((view, at) => ({ ...view, rank: at + 1 }));
  }

  async function view(eventId: string, smeId: string): Promise<EventPartnersView> {
    const state = await presence.stateOf(eventId, smeId);
    const isThere = state === 'here' || state === 'expected';
    let list = isThere ? await matcher.eventBriefs(eventId, smeId) : null;
    if (isThere && list === null) {
      await refresh(eventId);
      list = await matcher.eventBriefs(eventId, smeId);
    }
    const [here, expected] = await Promise.all([shown(list?.here ?? []), shown(list?.expected ?? [])]);
    return { smeId, here, expected, advice: adviceFor(state, here.length + expected.length) };
  }

  const queue = new Coalescer<null>(deps.pauseMs ?? 2, refresh, (error, eventId) => {
    log.warn({ err: error, eventId }, 'the partners at an event could not be brought up to date');
  });

  return {
    /** @throws HttpProblem 400, 403, 404, 503 */
    async partners(viewer: Viewer, eventId: string, named: string | undefined): Promise<EventPartnersView> {
      await deps.eventService.seen(viewer, eventId);
      return view(eventId, await smeOf(viewer, named, smes));
    },
    view,
    /** Somebody came, went, or fits better or worse than before. */
    changed(eventId: string): void {
      queue.add(eventId, null);
    },
    settled: () => queue.flush(),
    stop: () => queue.stop(),
  };
}
