import type { Connection } from 'mongoose';
import type { AuditedState, AuditedThings } from '../audit/audit.ts';
import { answerModel, type AnswerRecord } from './model.ts';

/** An answer as the audit log keeps it: not its comment, which a person wrote in their own words. */
export function answerState({
  smeId,
  partnerId,
  state,
  answer,
  reason,
  revision = 1,
}: AnswerRecord): AuditedState {
  return { smeId, partnerId, state, answer, reason, revision };
}

/** The answers that there are, for the comparison with the log. */
export function auditedAnswers(connection: Connection): AuditedThings {
  return {
    kind: 'answer',
    async states() {
      const all = await answerModel(connection).find({}, { comment: 0, by: 0 }).lean<AnswerRecord[]>().exec();
      return new Map(all.map((answer) => [answer._id, answerState(answer)]));
    },
  };
}
