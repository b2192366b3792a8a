import type { Logger } from 'pino';
import type { Viewer } from '../../accounts/viewer.ts';
import type { Live } from '../../live/live.ts';
import { ContentText } from '../../live/present.ts';
import { SCALE } from '../../../matching/types.ts';
import type { EventBrief, EventBriefs, EventRoom, EventTextList } from '../../matching/event-rooms.ts';
import type { Matcher } from '../../matching/matcher.ts';
import type { SmeService } from '../../smes/service.ts';
import { writePartners } from '../../suggestions/present.ts';
import { TextRow, textBlock, type TextBlock } from '../../text/block.ts';
import { TextWriter } from '../../text/writer.ts';
import type { Speakers } from '../../accounts/speakers.ts';
import { smeOf } from '../acting.ts';
import { Background } from '../background.ts';
import { asciiJson } from '../../text/ascii-json.ts';
import { Coalescer } from '../coalesce.ts';
import type { EventRecord, PresenceRecord } from '../model.ts';
import type { PresenceStore } from './presence-store.ts';
import type { EventPartnersView, EventPartnerView, PresenceState } from './schema.ts';
import type { EventService } from '../life/service.ts';
import { isLive } from '../life/state.ts';
import type { EventStore } from '../life/store.ts';

export interface PartnersDeps {
  readonly events: EventStore;
  readonly eventService: Pick<EventService, 'seen'>;
  readonly presence: PresenceStore;
  readonly matcher: Pick<
    Matcher,
    'foreseeEvent' | 'eventLists' | 'eventBriefs' | 'eventTexts' | 'closeEvent'
  >;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  readonly speakers: Speakers;
  readonly live: Pick<Live, 'notifyAll'>;
  readonly log: Logger;
  /** Arrivals within this time are looked at together; later ones while these are. [0: the first is at once] */
  readonly pauseMs?: number;
}

const stateIn = (present: ReadonlyMap<string, PresenceRecord>, smeId: string): PresenceState =>
  present.get(smeId)?.state ?? 'invited';

export type EventPartnersService = ReturnType<typeof createEventPartners>;

function adviceFor(state: PresenceState, found: number): string | null {
  if (state === 'invited' || state === 'left')
    return 'Say that you come, or check in: then you see whom you can meet.';
  return found === 0 ? 'Nobody who is here or expected fits yet. This list changes as people arrive.' : null;
}

function roomOf(event: string, people: Iterable<Pick<PresenceRecord, 'smeId' | 'state'>>): EventRoom {
  const room = { event, here: [] as string[], expected: [] as string[] };
  for (const { smeId, state } of people) if (state !== 'left') room[state].push(smeId);
  return room;
}

/** A list as the engine put it into words. */
interface ShownList {
  readonly list: EventTextList;
  readonly block: TextBlock;
}

const NOBODY: ShownList = { list: { here: [], expected: [], first: 0 }, block: textBlock([]) };

/** The best partners of each SME among those who are at an event, and those who are expected; they follow every arrival. */
export function createEventPartners(deps: PartnersDeps) {
  const { events, presence, matcher, smes, log } = deps;

  /** Tells the engine who is where, and everybody whose list that changes. */
  async function tell(eventId: string, present: ReadonlyMap<string, PresenceRecord>): Promise<void> {
    const { changed, texts } = await matcher.eventLists(roomOf(eventId, present.values()));
    if (changed.length === 0) return;
    const notices = changed.map((smeId, at) => {
      const notice = { kind: 'event-partners' as const, eventId, smeId };
      const content = async (): Promise<ContentText> => {
        const [own, { block, lists }] = texts ? [at, texts] : [0, await matcher.eventTexts(eventId, smeId)];
        const list = lists[own];
        return textOf(notice, stateIn(present, smeId), list ? { list, block } : NOBODY);
      };
      return { notice, content };
    });
    const accounts = await deps.speakers.accountsOf(changed);
    await deps.live.notifyAll(
      notices.flatMap(({ notice, content }) => {
        const accountIds = accounts.get(notice.smeId) ?? [];
        return accountIds.length === 0 ? [] : { accountIds, notice, content };
      }),
    );
  }

  /** What open windows are sent: `view` as text, of cards that are text already. */
  async function textOf(
    notice: { readonly kind: 'event-partners'; readonly eventId: string; readonly smeId: string },
    state: PresenceState,
    { list: { here, expected, first }, block }: ShownList,
  ): Promise<ContentText> {
    const cards = await smes.cards([...here, ...expected]);
    const text = new TextWriter().text(
      `${asciiJson(notice).slice(1, -1)},"partners":{"smeId":${asciiJson(notice.smeId)},"here":`,
    );
    let length = writePartners(text, here, { cards, texts: new TextRow(block, first) });
    text.text(',"expected":');
    length += writePartners(text, expected, { cards, texts: new TextRow(block, first + here.length) });
    text.text(`,"advice":${asciiJson(adviceFor(state, length))}}`);
    return new ContentText(text.take());
  }

  /** Makes ready what lists will show, and finds out who reads them. Nothing is lost where that fails: it is asked for again. */
  async function makeReady(room: EventRoom): Promise<void> {
    try {
      const { changed, partners } = await matcher.foreseeEvent(room);
      deps.speakers.expect(changed);
      await smes.cards(partners);
    } catch (error) {
      log.debug({ err: error, eventId: room.event }, 'what an arrival will change could not be made ready');
    }
  }

  /** The lists follow what this process knows at once, and what others wrote right behind that. */
  async function refresh(event: EventRecord): Promise<void> {
    if (!isLive(event.state)) {
      await matcher.closeEvent(event._id);
      return;
    }
    await tell(event._id, await presence.known(event._id));
    background.run('looking for those who came elsewhere', () => lookFurther(event));
  }

  async function lookFurther(event: EventRecord): Promise<void> {
    if (await presence.lookFurther(event._id)) queue.add(event._id, null);
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

  async function viewOf(
    smeId: string,
    state: PresenceState,
    briefs: EventBriefs | null,
  ): Promise<EventPartnersView> {
    const [here, expected] = await Promise.all([shown(briefs?.here ?? []), shown(briefs?.expected ?? [])]);
    return { smeId, here, expected, advice: adviceFor(state, here.length + expected.length) };
  }

  async function view(eventId: string, smeId: string): Promise<EventPartnersView> {
    const state = await presence.stateOf(eventId, smeId);
    const isThere = state === 'here' || state === 'expected';
    let briefs = isThere ? await matcher.eventBriefs(eventId, smeId) : null;
    if (isThere && briefs === null) {
      const event = await events.find(eventId);
      if (event && isLive(event.state)) await tell(eventId, await presence.all(eventId));
      briefs = await matcher.eventBriefs(eventId, smeId);
    }
    return viewOf(smeId, state, briefs);
  }

  const background = new Background(log);
  let foreseeing = false;
  /** The newest version that was heard of, by event: what is told of an older one may come later. */
  const newest = new Map<string, EventRecord>();
  const queue = new Coalescer<null>(
    deps.pauseMs ?? 0,
    async (eventId) => {
      const event = newest.get(eventId);
      if (event) await refresh(event);
    },
    (error, eventId) => {
      log.warn({ err: error, eventId }, 'the partners at an event could not be brought up to date');
    },
  );

  return {
    /** @throws HttpProblem 400, 403, 404, 503 */
    async partners(viewer: Viewer, eventId: string, named: string | undefined): Promise<EventPartnersView> {
      await deps.eventService.seen(viewer, eventId);
      return view(eventId, await smeOf(viewer, named, smes));
    },
    view,
    /** An SME is about to stand so with an event: what that changes is made ready while it is written. */
    foresee(eventId: string, smeId: string, state: PresenceRecord['state']): void {
      const known = presence.atHand(eventId);
      // Of many who come at once the lists are brought up to date together.
      if (!known || state === 'left' || foreseeing) return;
      foreseeing = true;
      const others = [...known.values()].filter((one) => one.smeId !== smeId);
      background.run('making ready what an arrival changes', () =>
        makeReady(roomOf(eventId, [...others, { smeId, state }])).finally(() => {
          foreseeing = false;
        }),
      );
    },
    /** Somebody came, went, or fits better or worse than before. */
    changed(event: EventRecord): void {
      if (event.version >= (newest.get(event._id)?.version ?? 0)) newest.set(event._id, event);
      queue.add(event._id, null);
    },
    async settled(): Promise<void> {
      await queue.flush();
      await background.drain();
      await queue.flush();
    },
    async stop(): Promise<void> {
      await queue.stop();
      await background.drain();
    },
  };
}
