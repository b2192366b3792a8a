import type { Model } from 'mongoose';
import type { PersonalData } from '../privacy/personal-data.ts';
import type { CommentRecord, PracticeRecord } from './model.ts';

/** What people wrote for their cluster about good practice: the words stay, the name goes. */
export function practicesPersonalData(
  practices: Model<PracticeRecord>,
  comments: Model<CommentRecord>,
): PersonalData {
  return {
    name: 'good-practice',
    title: 'Posts and comments on good practice that you wrote',
    stays: 'What you wrote for your cluster stays, without your name.',
    async exportOf({ kind, id }) {
      if (kind !== 'account') return [];
      const [posts, said] = await Promise.all([
        practices.find({ authorId: id }).lean<PracticeRecord[]>().exec(),
        comments.find({ authorId: id }).lean<CommentRecord[]>().exec(),
      ]);
      return [
        ...posts.map(({ _id, title, words, createdAt }) => ({
          kind: 'post',
          id: _id,
          title,
          words,
          at: createdAt.toISOString(),
        })),
        ...said.map(({ _id, practiceId, words, createdAt }) => ({
          kind: 'comment',
          id: _id,
          practiceId,
          words,
          at: createdAt.toISOString(),
        })),
      ];
    },
    async erase({ kind, id }) {
      if (kind !== 'account') return 0;
      const nobody = { $set: { authorId: null } };
      const [posts, said] = await Promise.all([
        practices.updateMany({ authorId: id }, nobody).exec(),
        comments.updateMany({ authorId: id }, nobody).exec(),
      ]);
      return posts.modifiedCount + said.modifiedCount;
    },
  };
}
