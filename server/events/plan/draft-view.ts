import { SCALE } from '../../../matching/types.ts';
import type { ShortReason, UnmetReason } from '../../../matching/rounds/types.ts';
import type { SmeCard } from '../../smes/schema.ts';
import type { DraftRecord } from '../model.ts';
import { pairKey, roundOf, standing, type Plan } from './plan.ts';
import type { DraftView } from './schema.ts';

const UNMET: Readonly<Record<UnmetReason, string>> = {
  'not-in-room': 'One of the two does not take part.',
  'not-allowed': 'A rule of the call, a conflict of interest or a ‘not for me’ stands against it.',
  never: 'Staff have ruled this pair out.',
  'met-before': 'They have met already.',
  'never-both-free': 'There is no round in which both are free.',
  'more-wishes-than-rounds': 'One of the two must meet more partners than there are rounds.',
  'others-came-first': 'Other wishes, or everybody having a meeting, came first.',
};

const SHORT: Readonly<Record<ShortReason, string>> = {
  'too-few-rounds': 'There are not enough rounds in which it is free.',
  'too-few-partners': 'There is nobody left whom it may meet.',
  'too-few-tables': 'There are not enough tables.',
  'odd-number': 'The number of SMEs is odd: somebody sits out.',
  'not-found': 'Nobody was free for it.',
};

type Cards = ReadonlyMap<string, SmeCard>;
type DraftRounds = DraftRecord['rounds'];

/** Meetings and scores of each country or cluster: a fair plan leaves no group behind. */
function byGroup(draft: DraftRecord, cards: Cards, keyOf: (card: SmeCard) => string): DraftView['byCountry'] {
  const groups = new Map<
    string,
    { key: string; smes: number; meetings: number; alone: number; score: number }
  >();
  const own = new Map<string, number[]>(draft.participants.map((id) => [id, []]));
  for (const { a, b, score } of draft.rounds.flatMap(standing)) {
    own.get(a)?.push(score);
    own.get(b)?.push(score);
  }
  for (const [id, scores] of own) {
    const card = cards.get(id);
    if (!card) continue;
    const key = keyOf(card);
    const group = groups.get(key) ?? { key, smes: 0, meetings: 0, alone: 0, score: 0 };
    group.smes += 1;
    group.meetings += scores.length;
    group.alone += scores.length === 0 ? 1 : 0;
    group.score += scores.reduce((sum, score) => sum + score, 0);
    groups.set(key, group);
  }
  return [...groups.values()]
    .toSorted((one, other) => other.smes - one.smes || (one.key < other.key ? -1 : 1))
    .map(({ score, ...group }) => ({
      ...group,
      meanScore: group.meetings === 0 ? 0 : score / group.meetings / SCALE,
    }));
}

/** Compared with what is published: the same pair in the same round stays. */
function changesFrom(plan: Plan, rounds: DraftRounds): DraftView['changes'] {
  const keys = (list: DraftRounds): Set<string> =>
    new Set(list.flatMap((round) => standing(round).map(({ a, b }) => `${round.number} ${pairKey(a, b)}`)));
  const drafted = keys(rounds);
  const published = keys(rounds.map(({ number }) => roundOf(plan, number)));
  const kept = [...drafted].filter((key) => published.has(key)).length;
  return { kept, lost: published.size - kept, gained: drafted.size - kept };
}

/** Participants of a draft that sit out a round. */
function byesIn(draft: DraftRecord, round: DraftRounds[number]): string[] {
  const busy = new Set(standing(round).flatMap(({ a, b }) => [a, b]));
  return draft.participants.filter((id) => !busy.has(id));
}

/** A draft in figures and names, beside the published plan. */
export function presentDraft(draft: DraftRecord, plan: Plan, cards: Cards): DraftView {
  const cardsOf = (ids: readonly string[]): SmeCard[] => ids.flatMap((id) => cards.get(id) ?? []);
  const meetings = draft.rounds.flatMap(standing);
  const seated = new Set(meetings.flatMap(({ a, b }) => [a, b]));
  const reasons = new Map(draft.short.map(({ sme, reason }) => [sme, SHORT[reason]]));
  return {
    version: draft.version,
    createdAt: draft.createdAt.toISOString(),
    by: draft.by,
    rounds: draft.rounds.map(({ number }) => number),
    meetings: meetings.length,
    total: draft.figures.total / SCALE,
    bound: draft.figures.bound / SCALE,
    gap: draft.figures.gap / SCALE,
    status: draft.figures.status,
    wishes: {
      met: draft.wishesMet,
      notMet: draft.unmet.flatMap(({ from, to, reason }) => {
        const [one, other] = [cards.get(from), cards.get(to)];
        return one && other ? [{ from: one, to: other, why: UNMET[reason] }] : [];
      }),
    },
    alone: cardsOf(draft.participants.filter((id) => !seated.has(id))).map((sme) => ({
      sme,
      why: reasons.get(sme.id) ?? SHORT['not-found'],
    })),
    byes: draft.rounds.map((round) => ({ round: round.number, smes: cardsOf(byesIn(draft, round)) })),
    byCountry: byGroup(draft, cards, ({ country }) => country),
    byCluster: byGroup(draft, cards, ({ clusterName }) => clusterName ?? 'No cluster'),
    changes: changesFrom(plan, draft.rounds),
  };
}
