import type { Logger } from 'pino';
import type { Viewer } from '../accounts/viewer.ts';
import type { Live } from '../live/live.ts';
import type { EventPartner } from '../matching/event-rooms.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeService } from '../smes/service.ts';
import type { Audience } from '../suggestions/audience.ts';
import { partnerCard } from '../suggestions/present.ts';
import type { PartnerCard } from '../suggestions/schema.ts';
import { smeOf } from './acting.ts';
import { Coalescer } from './coalesce.ts';
import type { Invited } from './invited.ts';
import type { PresenceStore } from './presence-store.ts';
import type { EventPartnersView, PresenceState } from './schema.ts';
import type { EventService } from './service.ts';
import { isLive } from './state.ts';
import type { EventStore } from './store.ts';

export interface PartnersDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'seen'>;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly matcher: Pick<Matcher, 'eventLists' | 'eventList' | 'closeEvent' | 'explain'>;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly audience: Audience;
  readonly live: Pick<Live, 'notifyAll'>;
  readonly log: Logger;
  /** Arrivals within this time are looked at together. [20 ms] */
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
  const { events, presence, invited, matcher, smes, log } = deps;

  /** Tells the engine who is where. @returns those whose list changed */
  async function update(eventId: string): Promise<readonly string[]> {
    const event = await events.find(eventId);
    if (!event || !isLive(event.state)) {
      await matcher.closeEvent(eventId);
      return [];
    }
    const [all, here, expected] = await Promise.all([
      invited.all(event),
      presence.idsIn(eventId, 'here'),
      presence.idsIn(eventId, 'expected'),
    ]);
    return matcher.eventLists({ event: eventId, invited: all.map(({ _id }) => _id), here, expected });
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

  async function cardsOf(smeId: string, list: readonly EventPartner[]): Promise<PartnerCard[]> {
    const ids = list.map(({ partner }) => partner);
    const [cards, explanations] = await Promise.all([
      smes.cards(ids),
      ids.length === 0 ? [] : matcher.explain(smeId, ids),
    ]);
    return explanations
      .filter(({ eligible }) => eligible)
      .flatMap((explanation, at) => {
        const card = cards.get(explanation.b);
        return card ? [partnerCard(explanation, card, at + 1)] : [];
      });
  }

  async function view(eventId: string, smeId: string): Promise<EventPartnersView> {
    const state = await presence.stateOf(eventId, smeId);
    const isThere = state === 'here' || state === 'expected';
    let list = isThere ? await matcher.eventList(eventId, smeId) : null;
    if (isThere && list === null) {
      await refresh(eventId);
      list = await matcher.eventList(eventId, smeId);
    }
    const [here, expected] = await Promise.all([
      cardsOf(smeId, list?.here ?? []),
      cardsOf(smeId, list?.expected ?? []),
    ]);
    return { smeId, here, expected, advice: adviceFor(state, here.length + expected.length) };
  }

  const queue = new Coalescer<null>(deps.pauseMs ?? 20, refresh, (error, eventId) => {
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
