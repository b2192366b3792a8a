import type { Model } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import type { QuestionRecord } from './model.ts';

/**
 * What people wrote in questions. A thread that is an account's own, or an SME's, goes as a whole; in the thread of a cluster the words
 * stay for its colleagues, without the name.
 */
export function questionsPersonalData(questions: Model<QuestionRecord>): PersonalData {
  return {
    name: 'questions',
    title: 'What you wrote to the staff',
    stays: 'What you wrote for your cluster stays in its threads, without your name.',
    async exportOf({ kind, id }) {
      const mine = kind === 'account' ? { 'messages.byId': id } : { askedBy: `sme:${id}` };
      const found = await questions.find(mine).lean<QuestionRecord[]>().exec();
      return found.flatMap(({ _id, subject, messages }) =>
        messages
          .filter(({ byId, from }) => (kind === 'account' ? byId === id : from === 'asker'))
          .map(({ words, at }) => ({ questionId: _id, subject, words, at: at.toISOString() })),
      );
    },
    async erase({ kind, id }) {
      const { deletedCount } = await questions.deleteMany({ askedBy: `${kind}:${id}` }).exec();
      if (kind === 'sme') return deletedCount;
      const found = await questions.find({ 'messages.byId': id }).lean<QuestionRecord[]>().exec();
      let changed = deletedCount;
      for (const record of found) {
        const messages = record.messages.map((message) =>
          message.byId === id ? { ...message, byId: null } : message,
        );
        const authorId = record.authorId === id ? null : record.authorId;
        // On the version that was read, so that a message that comes in between is not lost; the erasure is called again then.
        const { modifiedCount } = await questions
          .updateOne({ _id: record._id, version: record.version }, { $set: { messages, authorId } })
          .exec();
        changed += modifiedCount;
      }
      return changed;
    },
  };
}
