import type { Connection } from 'mongoose';
import type { DecisionKind } from '../../matching/learning/decisions.ts';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import {
  feedbackModel,
  requestModel,
  wishModel,
  type FeedbackRecord,
  type RequestRecord,
  type WishRecord,
} from '../events/model.ts';
import type { RequestDeclineReason } from '../events/schema.ts';
import { answerModel, type AnswerRecord } from '../suggestions/model.ts';
import type { AnswerInput } from '../suggestions/schema.ts';

/** What an SME said of a partner, without the factors of the pair. */
export interface Statement {
  readonly sme: string;
  readonly partner: string;
  readonly kind: DecisionKind;
  readonly at: Date;
}

/** What one part of the product knows of decisions. */
export interface StatedDecisions {
  readonly statements: readonly Statement[];
  /** Answers that say nothing of whether the two fit. */
  readonly notOfTheMatch: number;
}

/** Something that people's decisions can be read from. Whatever records decisions joins in by giving one of these. */
export type DecisionSource = () => Promise<StatedDecisions>;

/** Whether a reason for 'not for me' speaks of the match. Who knows the partner already, or has no time, may fit all the same. */
const SPEAKS_OF_THE_MATCH: Readonly<Record<AnswerInput['reason'], boolean>> = {
  competitor: true,
  'already-know-them': false,
  'wrong-field': true,
  'wrong-maturity': true,
  'no-capacity': false,
  other: true,
};

/** The standing answers 'not for me'. */
export function declinesFrom(connection: Connection): DecisionSource {
  const answers = answerModel(connection);
  return async () => {
    const standing = await answers
      .find({ state: 'standing' }, { smeId: 1, partnerId: 1, reason: 1, updatedAt: 1 })
      .lean<Pick<AnswerRecord, 'smeId' | 'partnerId' | 'reason' | 'updatedAt'>[]>()
      .exec();
    const statements = standing
      .filter(({ reason }) => SPEAKS_OF_THE_MATCH[reason])
      .map(({ smeId, partnerId, updatedAt }): Statement => ({
        sme: smeId,
        partner: partnerId,
        kind: 'not-for-me',
        at: updatedAt,
      }));
    return { statements, notOfTheMatch: standing.length - statements.length };
  };
}

/** The formed consortia: both sides said yes. */
export function consortiaFrom(connection: Connection): DecisionSource {
  const consortia = consortiumModel(connection);
  return async () => {
    const formed = await consortia
      .find({ state: 'formed' }, { a: 1, b: 1, updatedAt: 1 })
      .lean<Pick<ConsortiumRecord, 'a' | 'b' | 'updatedAt'>[]>()
      .exec();
    const statements = formed.flatMap(({ a, b, updatedAt: at }): Statement[] => [
      { sme: a, partner: b, kind: 'consortium', at },
      { sme: b, partner: a, kind: 'consortium', at },
    ]);
    return { statements, notOfTheMatch: 0 };
  };
}

/** Whom participants of events want to meet. */
export function wishesFrom(connection: Connection): DecisionSource {
  const wishes = wishModel(connection);
  return async () => {
    const found = await wishes.find({}, { smeId: 1, partnerId: 1, at: 1 }).lean<WishRecord[]>().exec();
    const statements = found.map(({ smeId, partnerId, at }): Statement => ({
      sme: smeId,
      partner: partnerId,
      kind: 'would-like',
      at,
    }));
    return { statements, notOfTheMatch: 0 };
  };
}

const REFUSAL_SPEAKS_OF_THE_MATCH: Readonly<Record<RequestDeclineReason, boolean>> = {
  'wrong-field': true,
  'wrong-maturity': true,
  'already-know-them': false,
  'no-time': false,
  other: true,
};

const isOfTheMatch = ({ state, reason }: RequestRecord): boolean =>
  state === 'accepted' || (reason !== null && REFUSAL_SPEAKS_OF_THE_MATCH[reason]);

/** Who asked whom to meet, and what was answered. Who took the question back, or got no answer in time, has not decided. */
export function requestsFrom(connection: Connection): DecisionSource {
  const requests = requestModel(connection);
  return async () => {
    const found = await requests.find().lean<RequestRecord[]>().exec();
    const asked = found
      .filter(({ state }) => state !== 'withdrawn')
      .map(({ fromId, toId, at }): Statement => ({ sme: fromId, partner: toId, kind: 'would-like', at }));
    const answered = found.filter(({ state }) => state === 'accepted' || state === 'declined');
    const answers = answered.filter(isOfTheMatch).map(({ fromId, toId, at, state }): Statement => ({
      sme: toId,
      partner: fromId,
      kind: state === 'accepted' ? 'would-like' : 'not-for-me',
      at,
    }));
    return { statements: [...asked, ...answers], notOfTheMatch: answered.length - answers.length };
  };
}

/** What was said after a meeting: going on or not. 'Interesting' is neither. */
export function feedbackFrom(connection: Connection): DecisionSource {
  const feedback = feedbackModel(connection);
  return async () => {
    const found = await feedback.find().lean<FeedbackRecord[]>().exec();
    const decided = found.filter(({ answer }) => answer !== 'interesting');
    const statements = decided.map(({ smeId, partnerId, answer, at }): Statement => ({
      sme: smeId,
      partner: partnerId,
      kind: answer === 'no' ? 'not-for-me' : 'met-again',
      at,
    }));
    return { statements, notOfTheMatch: found.length - decided.length };
  };
}

/** Everything that the product knows of decisions, what binds more later. */
export const allSources = (connection: Connection): DecisionSource[] =>
  [declinesFrom, wishesFrom, requestsFrom, feedbackFrom, consortiaFrom].map((from) => from(connection));

/** What stands: of several things that an SME said of one partner the last, and of those said at once the one from the later source. */
export function standing(said: readonly Statement[]): Statement[] {
  const last = new Map<string, Statement>();
  for (const one of said) {
    const key = `${one.sme} ${one.partner}`;
    const before = last.get(key);
    if (!before || one.at >= before.at) last.set(key, one);
  }
  return [...last.values()];
}
