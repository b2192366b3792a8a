import type { Connection } from 'mongoose';
import type { DecisionKind } from '../../matching/learning/decisions.ts';
import { consortiumModel, type ConsortiumRecord } from '../consortia/model.ts';
import { answerModel, type AnswerRecord } from '../suggestions/model.ts';
import type { AnswerInput } from '../suggestions/schema.ts';

/** What an SME said of a partner, without the factors of the pair. */
export interface Statement {
  readonly sme: string;
  readonly partner: string;
  readonly kind: DecisionKind;
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
      .find({ state: 'standing' }, { smeId: 1, partnerId: 1, reason: 1 })
      .lean<Pick<AnswerRecord, 'smeId' | 'partnerId' | 'reason'>[]>()
      .exec();
    const statements = standing
      .filter(({ reason }) => SPEAKS_OF_THE_MATCH[reason])
      .map(({ smeId, partnerId }): Statement => ({ sme: smeId, partner: partnerId, kind: 'not-for-me' }));
    return { statements, notOfTheMatch: standing.length - statements.length };
  };
}

/** The formed consortia: both sides said yes. */
export function consortiaFrom(connection: Connection): DecisionSource {
  const consortia = consortiumModel(connection);
  return async () => {
    const formed = await consortia
      .find({ state: 'formed' }, { a: 1, b: 1 })
      .lean<Pick<ConsortiumRecord, 'a' | 'b'>[]>()
      .exec();
    const statements = formed.flatMap(({ a, b }): Statement[] => [
      { sme: a, partner: b, kind: 'consortium' },
      { sme: b, partner: a, kind: 'consortium' },
    ]);
    return { statements, notOfTheMatch: 0 };
  };
}
