import { conflict } from '../../http/errors.ts';
import type { PlanStep } from '../plan/store.ts';
import {
  comingRounds,
  roundOf,
  runningRound,
  standing,
  type Meeting,
  type Plan,
  type Round,
} from '../plan/plan.ts';

/*
 * Beginning and ending rounds, as steps of the plan.
 */

const inState = (meetings: readonly Meeting[], from: Meeting['state'], to: Meeting['state']): Meeting[] =>
  meetings.map((meeting) => (meeting.state === from ? { ...meeting, state: to } : meeting));

const NOBODY = { change: 'replanned', about: null } as const;

/** Who begins or ends a round; null: the clock does. */
export interface RoundAuthor {
  readonly id: string;
  readonly name: string;
}

const line = (what: string, author: RoundAuthor | null): NonNullable<PlanStep['history']> => ({
  what,
  note: '',
  by: author?.name ?? 'the clock',
  byId: author?.id ?? null,
  before: null,
  after: null,
});

/** Begins the next round. @throws HttpProblem 409 where another one is next or still running, or nobody would meet in it */
export function startStep(
  plan: Plan,
  options: { number: number; rounds: number; minutes: number; now: Date; author: RoundAuthor },
): PlanStep {
  const { number, rounds, minutes, now, author } = options;
  const running = runningRound(plan);
  if (running) throw conflict('round-running', `Round ${running.number} is running. End it first.`);
  const next = comingRounds(plan, rounds)[0];
  if (next?.number !== number) {
    const what = next ? `Round ${next.number} is next.` : 'All rounds are over.';
    throw conflict('not-next', `Round ${number} cannot begin now. ${what}`);
  }
  if (standing(next).length === 0) {
    throw conflict('no-plan', `Nobody has a meeting in round ${number}. Publish a plan of it first.`);
  }
  const begun: Round = {
    ...next,
    state: 'running',
    published: true,
    startedAt: now,
    endsAt: new Date(now.getTime() + minutes * 60_000),
    meetings: inState(next.meetings, 'planned', 'running'),
  };
  return {
    rounds: [begun],
    cause: NOBODY,
    event: { change: 'round', text: `Round ${number} has begun.` },
    history: line(`Round ${number} began`, author),
  };
}

/** Ends a running round; null where it is not running (any more). */
export function endStep(
  plan: Plan,
  options: { number: number; endsAt: Date; author: RoundAuthor | null },
): PlanStep | null {
  const { number, endsAt, author } = options;
  const round = roundOf(plan, number);
  if (round.state !== 'running') return null;
  const over: Round = {
    ...round,
    state: 'done',
    endsAt,
    meetings: inState(round.meetings, 'running', 'done'),
  };
  return {
    rounds: [over],
    cause: NOBODY,
    event: { change: 'round', text: `Round ${number} is over.` },
    history: line(`Round ${number} ended`, author),
  };
}
