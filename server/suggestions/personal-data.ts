import type { Connection } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import type { AnswerService } from './answers.ts';
import { answerModel, type AnswerRecord } from './model.ts';

/** What an SME answered to its suggestions. */
export function answersPersonalData(deps: {
  connection: Connection;
  answers: Pick<AnswerService, 'erase'>;
}): PersonalData {
  const answers = answerModel(deps.connection);
  return {
    name: 'answers',
    title: "Partners that you said 'not for me' to",
    stays: null,
    async exportOf({ kind, id }) {
      if (kind !== 'sme') return [];
      const found = await answers.find({ smeId: id }).lean<AnswerRecord[]>().exec();
      return found.map(({ partnerId, state, answer, reason, comment, updatedAt }) => ({
        partnerId,
        state,
        answer,
        reason,
        comment,
        updatedAt,
      }));
    },
    async erase({ kind, id }) {
      if (kind !== 'sme') return 0;
      const count = await answers.countDocuments({ $or: [{ smeId: id }, { partnerId: id }] }).exec();
      await deps.answers.erase(id);
      return count;
    },
  };
}
