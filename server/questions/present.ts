import type { FaqRecord, QuestionRecord } from './model.ts';
import type { FaqView, QuestionView } from './schema.ts';

/** Names that a thread needs; ids that are not there are of accounts that are gone. */
export interface QuestionNames {
  readonly accounts: ReadonlyMap<string, string>;
  /** Clusters and SMEs by id. */
  readonly organisations: ReadonlyMap<string, string>;
}

/** A thread as both of its sides see it. */
export function presentQuestion(record: QuestionRecord, names: QuestionNames): QuestionView {
  const { assigneeId } = record;
  const assignee = assigneeId === null ? undefined : names.accounts.get(assigneeId);
  const organisation = record.clusterId ?? record.smeId ?? record.authorId ?? '';
  return {
    id: record._id,
    version: record.version,
    subject: record.subject,
    topic: record.topic,
    state: record.state,
    asker: {
      role: record.askerRole,
      organisation: names.organisations.get(organisation) ?? names.accounts.get(organisation) ?? null,
    },
    assignee: assigneeId === null || assignee === undefined ? null : { id: assigneeId, name: assignee },
    messages: record.messages.map(({ id, from, byId, words, at }) => ({
      id,
      from,
      by: byId === null ? null : (names.accounts.get(byId) ?? null),
      words,
      at: at.toISOString(),
    })),
    faqId: record.faqId,
    createdAt: record.createdAt.toISOString(),
    updatedAt: record.updatedAt.toISOString(),
  };
}

/** An entry of the FAQ; how it was judged is for staff. */
export function presentFaq(
  record: FaqRecord,
  facts: { myVote: boolean | null; votes: FaqView['votes'] },
): FaqView {
  return {
    id: record._id,
    version: record.version,
    question: record.question,
    answer: record.answer,
    topic: record.topic,
    readers: record.readers,
    updatedAt: record.updatedAt.toISOString(),
    myVote: facts.myVote,
    votes: facts.votes,
  };
}
