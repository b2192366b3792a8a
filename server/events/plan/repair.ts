import type { Logger } from 'pino';
import type { SmeId } from '../../../matching/types.ts';
import type { Matcher } from '../../matching/matcher.ts';
import { Coalescer } from '../coalesce.ts';
import type { Invited } from '../life/invited.ts';
import type { EventRecord } from '../model.ts';
import type { PlanCause, PlanNews } from './changes.ts';
import type { ChangePlan, PlanStep, PlanStore } from './store.ts';
import { roundOf, tablesOf, type Plan, type Round } from './plan.ts';
import { questionOf, roundsFrom } from './planning.ts';
import type { PresenceStore } from '../people/presence-store.ts';
import {
  publishedRounds,
  sameRound,
  seated,
  seatedAhead,
  seatingQuestion,
  withoutGone,
} from './repair-steps.ts';
import { isLive, isOpen } from '../life/state.ts';
import type { EventStore } from '../life/store.ts';
import type { WishService } from '../requests/wishes.ts';

export interface RepairDeps {
  readonly events: EventStore;
  readonly plans: PlanStore;
  readonly presence: PresenceStore;
  readonly invited: Invited;
  readonly wishes: Pick<WishService, 'all'>;
  readonly matcher: Pick<Matcher, 'planRounds' | 'repairRounds'>;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly planChanged: (event: EventRecord, news: PlanNews) => void;
  /** What comes in within this time is repaired together. [30 ms] */
  readonly pauseMs?: number;
}

/** Keeps the plan of an event whole while people come and go. */
export interface Repairs {
  /** Something happened that may leave people alone, or new ones without a meeting. Several in quick succession are joined. */
  add(eventId: string, cause: PlanCause): void;
  /** Resolves when nothing waits and nothing is being repaired. */
  settled(): Promise<void>;
  stop(): Promise<void>;
}

/** The plan may be changed by others while the engine thinks; then it thinks again, and from the third time on others wait for it. */
const TRIES = 5;
const FREE_TRIES = 2;

/** One cause for all: the one that they share, and whose it was if it was one SME's. */
export function joinedCause(causes: readonly PlanCause[]): PlanCause {
  const kinds = new Set(causes.map(({ change }) => change));
  const abouts = new Set(causes.map(({ about }) => about));
  const [change = 'replanned', ...others] = kinds;
  if (others.length > 0) return { change: 'replanned', about: null };
  const [about = null, ...more] = abouts;
  return { change, about: more.length > 0 ? null : about };
}

/** Why the plan is repaired, and how it is written. */
interface RepairRun {
  readonly cause: PlanCause;
  readonly change: ChangePlan;
}

interface People {
  readonly here: readonly SmeId[];
  /** Who takes part from now on: those here, and those who were told of a meeting and have not left. */
  readonly participants: readonly SmeId[];
  readonly isGone: (sme: SmeId) => boolean;
}

export function createRepairs(deps: RepairDeps): Repairs {
  const { events, plans, presence, invited, matcher, clock, log } = deps;

  async function peopleAt(event: EventRecord, plan: Plan): Promise<People> {
    const states = await presence.all(event._id);
    const ahead = [...seatedAhead(plan, event)];
    const ids = await invitedIds(event, [...ahead, ...states.keys()]);
    const isGone = (sme: SmeId): boolean => !ids.has(sme) || states.get(sme)?.state === 'left';
    const here = [...ids].filter((id) => states.get(id)?.state === 'here');
    const told = ahead.filter((id) => !isGone(id));
    // Before the doors open, who says that it comes is as good as there.
    const coming = isOpen(event.state) ? [] : [...ids].filter((id) => states.get(id)?.state === 'expected');
    return { here, participants: [...new Set([...here, ...coming, ...told])], isGone };
  }

  /** Everybody invited. Where somebody is at the event who is not among them, they are read anew: it may have been registered just now. */
  async function invitedIds(event: EventRecord, seen: readonly SmeId[]): Promise<ReadonlySet<SmeId>> {
    const ids = new Set((await invited.all(event)).map(({ _id }) => _id));
    if (seen.every((id) => ids.has(id))) return ids;
    invited.forget();
    return new Set((await invited.all(event)).map(({ _id }) => _id));
  }

  /** Writes what was worked out on a plan, if it still is that plan. @returns whether it was written, or there was nothing to write */
  async function write(
    event: EventRecord,
    basis: Plan,
    rounds: readonly Round[],
    { cause, change }: RepairRun,
  ): Promise<boolean> {
    const changed = rounds.filter((round) => !sameRound(round, roundOf(basis, round.number)));
    if (changed.length === 0) return true;
    let isStale = false;
    const numbers = changed.map(({ number }) => number).join(', ');
    const history = {
      what: 'Plan repaired',
      note: `Rounds ${numbers}: ${cause.change}`,
      by: 'the engine',
      byId: null,
    };
    const { news } = await change(event._id, tablesOf(event.place), (plan): PlanStep | null => {
      isStale = plan.version !== basis.version;
      return isStale ? null : { rounds: changed, cause, history: { ...history, before: null, after: null } };
    });
    if (news) deps.planChanged(event, news);
    return !isStale;
  }

  /** Partners for those who sit alone in the round that is running. */
  async function seatNow(event: EventRecord, run: RepairRun): Promise<boolean> {
    const plan = await plans.read(event._id);
    const [{ here }, wishes] = await Promise.all([peopleAt(event, plan), deps.wishes.all(event._id)]);
    const asked = seatingQuestion(plan, event, { here, wishes, now: clock() });
    if (!asked) return true;
    const answer = await matcher.planRounds(asked.question);
    const round = seated(plan, answer.plan.rounds, asked.round.number, tablesOf(event.place));
    return round === null || write(event, plan, [round], run);
  }

  /** The rounds to come, planned around what stands. */
  async function planAhead(event: EventRecord, run: RepairRun): Promise<boolean> {
    const plan = await plans.read(event._id);
    const { participants, isGone } = await peopleAt(event, plan);
    const cleared = withoutGone(plan, event, isGone);
    const rounds = publishedRounds(plan, event);
    const rest = cleared.filter(({ number }) => !rounds.includes(number));
    const wishes = await deps.wishes.all(event._id);
    const question = rounds.length === 0 ? null : questionOf({ event, plan, participants, wishes, rounds });
    if (!question) return write(event, plan, cleared, run);
    const planned = roundsFrom(plan, await matcher.repairRounds(question), { rounds, publish: false });
    return write(event, plan, [...planned, ...rest], run);
  }

  async function untilWritten(
    eventId: string,
    attempt: (change: ChangePlan) => Promise<boolean>,
  ): Promise<void> {
    for (let tries = 0; tries < TRIES; tries += 1) {
      const isWritten =
        tries < FREE_TRIES
          ? await attempt((...change) => plans.change(...change))
          : await plans.alone(eventId, attempt);
      if (isWritten) return;
    }
    throw new Error('The plan was changed by others all the time.');
  }

  async function repair(eventId: string, causes: readonly PlanCause[]): Promise<void> {
    const event = await events.find(eventId);
    if (!event || !isLive(event.state)) return;
    const began = performance.now();
    const cause = joinedCause(causes);
    await untilWritten(eventId, (change) => seatNow(event, { cause, change }));
    await untilWritten(eventId, (change) => planAhead(event, { cause, change }));
    const tookMs = Math.round(performance.now() - began);
    log.debug(
      { eventId, change: cause.change, causes: causes.length, tookMs },
      'the plan was looked through',
    );
  }

  const queue = new Coalescer<PlanCause>(deps.pauseMs ?? 30, repair, (error, eventId) => {
    log.error({ err: error, eventId }, 'the plan of an event could not be repaired');
  });
  return {
    add: (eventId, cause) => {
      queue.add(eventId, cause);
    },
    settled: () => queue.flush(),
    stop: () => queue.stop(),
  };
}
