import { DEMAND, type InterestRecord } from './model.ts';
import type { InterestReply } from './schema.ts';

type Standing = Pick<
  InterestRecord,
  '_id' | 'state' | 'waitsFor' | 'starterSmeId' | 'startedBy' | 'openKey' | 'shown'
>;
/** What a reply changes. */
export type InterestChange = Pick<
  InterestRecord,
  'state' | 'waitsFor' | 'shown' | 'endedBy' | 'reason' | 'openKey'
>;
export type ReplyOutcome =
  | { readonly ok: true; readonly change: InterestChange }
  | { readonly ok: false; readonly code: 'not-open' | 'not-your-turn' | 'not-yours'; readonly why: string };

const refusal = (code: 'not-open' | 'not-your-turn' | 'not-yours', why: string): ReplyOutcome => ({
  ok: false,
  code,
  why,
});

/** Whom an interest waits for now: companies first, then the demand side. */
export const turnOf = ({ waitsFor }: Pick<Standing, 'waitsFor'>): readonly string[] => {
  const companies = waitsFor.filter((side) => side !== DEMAND);
  return companies.length > 0 ? companies : waitsFor;
};

/** The side that began an interest: it can take it back. */
const starterOf = ({ startedBy, starterSmeId }: Standing): string | null =>
  startedBy === 'demand' ? DEMAND : starterSmeId;

/** Whether this side may take an interest back. */
export const mayWithdraw = (standing: Standing, side: string | null): boolean =>
  standing.state === 'open' && side !== null && starterOf(standing) === side;

/** What comes of a reply of one side ('demand' or an SME's id). Pure: the writing is the service's. */
export function afterReply(
  standing: Standing,
  side: string,
  { reply, reason }: Pick<InterestReply, 'reply' | 'reason'>,
): ReplyOutcome {
  if (standing.state !== 'open')
    return refusal('not-open', `This interest is ${standing.state}; it can no longer be answered.`);
  const { openKey, shown, waitsFor } = standing;
  if (reply === 'withdraw') {
    if (!mayWithdraw(standing, side))
      return refusal(
        'not-yours',
        'Only the side that began an interest can take it back; you can decline it.',
      );
    return { ok: true, change: ended(standing, 'withdrawn', side, reason) };
  }
  if (!turnOf(standing).includes(side)) {
    return refusal(
      'not-your-turn',
      'This interest does not wait for you: you have said yes, or others come first.',
    );
  }
  if (reply === 'decline') return { ok: true, change: ended(standing, 'declined', side, reason) };
  const left = waitsFor.filter((one) => one !== side);
  return {
    ok: true,
    change: {
      state: left.length === 0 ? 'accepted' : 'open',
      waitsFor: left,
      shown: shown || left.every((one) => one === DEMAND),
      endedBy: null,
      reason: '',
      openKey,
    },
  };
}

/** An interest that is over: the same companies may begin another one. */
export const ended = (
  { _id, waitsFor, shown }: Pick<Standing, '_id' | 'waitsFor' | 'shown'>,
  state: 'declined' | 'withdrawn' | 'lapsed',
  endedBy: string | null,
  reason: string,
): InterestChange => ({ state, waitsFor, shown, endedBy, reason, openKey: _id });
