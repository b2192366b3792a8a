import type { Live } from '../live/live.ts';
import type { LiveContent } from '../live/present.ts';
import type { EventPart, MeetingNotice } from '../live/protocol.ts';
import type { Speakers } from '../accounts/speakers.ts';
import { begun } from './begun.ts';
import type { Invited } from './life/invited.ts';
import type { EventRecord } from './model.ts';
import type { MeetingNews, PlanNews } from './plan/changes.ts';
import type { Plan } from './plan/plan.ts';
import type { PlanStore } from './plan/store.ts';
import type { PresenceStore } from './people/presence-store.ts';
import type { EventStore } from './life/store.ts';

export interface TellDeps {
  readonly live: Pick<Live, 'notify' | 'notifyAll'>;
  readonly speakers: Speakers;
  readonly invited: Invited;
  readonly presence: PresenceStore;
  readonly events: EventStore;
  readonly plans: PlanStore;
  /** What an account is told of a meeting, as this plan has it. */
  readonly meetingNews: (event: EventRecord, plan: Plan, notice: MeetingNotice) => ReadyNews;
  /** Active staff accounts. */
  readonly staff: () => Promise<readonly string[]>;
}

interface ReadyNews {
  readonly content: () => Promise<LiveContent>;
  /** Whether the plan is still the one that it was made of. */
  readonly isCurrent: () => boolean;
}

/**
 * From a change to the people: what is to be told is marked in the write that changes, and the mark goes when the events are in the
 * streams of the accounts; their keys make telling twice harmless. So nothing is lost between the two, and nothing comes twice.
 */
export interface Tell {
  /** The newest version of an event, to everybody at it. */
  event(event: EventRecord): Promise<void>;
  /** A new version of a plan: to everybody what concerns everybody, to each SME what became of its meetings. */
  plan(event: EventRecord, news: PlanNews): Promise<void>;
  /** A version of a plan is being written: what its news say is made ready meanwhile. It may come to nothing. */
  foresee(event: EventRecord, plan: Plan, news: PlanNews): void;
  /** What a crash cut off. */
  untold(): Promise<void>;
}

/** News of so many meetings are made ready while they are written. */
const READY_MOST = 32;

const STATE_TEXT: Partial<Record<EventRecord['state'], string>> = {
  published: 'is announced',
  open: 'has opened its doors',
  paused: 'is paused',
  ended: 'has ended',
  cancelled: 'is cancelled',
};

/** What an event's newest version means to people, in one sentence; null where there is nothing to say. */
function textOf({ change, name, state, broadcast, delayMinutes }: EventRecord): string | null {
  if (change === 'broadcast') return broadcast?.text ?? null;
  if (change === 'state') return STATE_TEXT[state] === undefined ? null : `${name} ${STATE_TEXT[state]}.`;
  return delayMinutes === 0
    ? null
    : `All that is still to come is ${delayMinutes} minutes later than planned.`;
}

const noticeOf = (event: EventRecord, news: MeetingNews): MeetingNotice => ({
  kind: 'meeting',
  eventId: event._id,
  ...news,
});

const concernedBy = ({ meetings }: PlanNews): string[] => [...new Set(meetings.map(({ smeId }) => smeId))];

export function createTell(deps: TellDeps): Tell {
  const { live, speakers, invited, presence, events, plans } = deps;

  /** Accounts of the invited SMEs that have not left, of their clusters, and of staff. A draft is for staff alone. */
  async function accountsAt(event: EventRecord): Promise<string[]> {
    const staff = await deps.staff();
    if (event.state === 'draft') return [...staff];
    const [smes, left] = await Promise.all([invited.all(event), presence.idsIn(event._id, 'left')]);
    const gone = new Set(left);
    const there = smes.filter(({ _id }) => !gone.has(_id));
    const [accounts, clusters] = await Promise.all([
      speakers.accountsOf(there.map(({ _id }) => _id)),
      speakers.clusterAccountsOf([...new Set(there.flatMap(({ clusterId }) => clusterId ?? []))]),
    ]);
    return [...new Set([...staff, ...clusters, ...[...accounts.values()].flat()])];
  }

  async function tellAll(
    event: EventRecord,
    change: EventPart,
    version: number,
    text: string | null,
  ): Promise<void> {
    const notice = { kind: 'event' as const, eventId: event._id, change, version, text };
    const scope = change === 'round' || change === 'plan' ? 'plan' : 'event';
    await live.notify(await accountsAt(event), notice, `${scope}:${event._id}:${version}`);
  }

  /** What was made ready while it was written. */
  const ahead = new WeakMap<PlanNews, readonly ReadyNews[]>();

  /** Of many, reads are shared better where each is made ready in its turn. */
  const readyNews = (event: EventRecord, plan: Plan, { meetings }: PlanNews): ReadyNews[] =>
    meetings.slice(0, READY_MOST).map((one) => deps.meetingNews(event, plan, noticeOf(event, one)));

  const tell: Tell = {
    async event(event) {
      await tellAll(event, event.change, event.version, textOf(event));
      await events.told(event._id, event.version);
    },

    foresee(event, plan, news) {
      speakers.expect(concernedBy(news));
      const ready = readyNews(event, plan, news);
      ahead.set(
        news,
        ready.map((one) => ({ ...one, content: begun(one.content) })),
      );
    },

    async plan(event, news) {
      const { version, meetings, event: all } = news;
      if (all) await tellAll(event, all.change, version, all.text);
      if (meetings.length > 0) {
        const known = plans.known(event._id);
        const ready = ahead.get(news) ?? (known ? readyNews(event, known, news) : []);
        const accounts = await speakers.accountsOf(concernedBy(news));
        await live.notifyAll(
          meetings.map((one, at) => ({
            accountIds: accounts.get(one.smeId) ?? [],
            notice: noticeOf(event, one),
            key: `meeting:${event._id}:${version}:${one.smeId}:${one.round}`,
            ...ready[at],
          })),
        );
      }
      await plans.told(event._id, version);
    },

    async untold() {
      const all = await events.list();
      for (const event of all) if (event.told < event.version) await tell.event(event);
      const byId = new Map(all.map((event) => [event._id, event]));
      for (const { eventId, news } of await plans.untold()) {
        const event = byId.get(eventId);
        if (event) await tell.plan(event, news);
      }
    },
  };
  return tell;
}
