import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { invalidField, notFound, staleVersion } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { PersonalData } from '../privacy/personal-data.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned, insertOnce } from '../storage/versioned.ts';
import { faqModel, faqVoteModel, type FaqRecord, type FaqVoteRecord } from './model.ts';
import { presentFaq } from './present.ts';
import type { FaqInput, FaqView, QuestionTopic } from './schema.ts';
import type { QuestionService } from './service.ts';

export interface FaqServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly questions: Pick<QuestionService, 'exists' | 'noteFaq'>;
}

export interface FaqQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly topic?: QuestionTopic | undefined;
  readonly sort: 'topic' | 'newest';
}

export type FaqService = ReturnType<typeof createFaqService>;

const byId: SortOrder<FaqRecord>[number] = {
  field: '_id',
  direction: -1,
  kind: 'text',
  of: (record) => record._id,
};
const ORDERS: Readonly<Record<FaqQuery['sort'], SortOrder<FaqRecord>>> = {
  newest: [{ field: 'updatedAt', direction: -1, kind: 'date', of: (record) => record.updatedAt }, byId],
  topic: [
    { field: 'topic', direction: 1, kind: 'text', of: (record) => record.topic },
    { field: 'question', direction: 1, kind: 'text', of: (record) => record.question },
    { ...byId, direction: 1 },
  ],
};

function decidedState({ version, question, answer, topic, readers }: FaqRecord): AuditedState {
  return { version, question, answer, topic, readers };
}

/** Questions that many have, with the staff's answer. Nobody who asked is named. */
export function createFaqService(deps: FaqServiceDeps) {
  const { clock, audit } = deps;
  const entries = faqModel(deps.connection);
  const votes = faqVoteModel(deps.connection);

  /** Entries for members are not there for visitors. */
  const scopeOf = (viewer: Viewer | null): QueryFilter<FaqRecord> =>
    viewer === null ? { readers: 'public' } : {};

  async function find(viewer: Viewer | null, id: string): Promise<FaqRecord> {
    const record = await entries
      .findOne({ $and: [{ _id: id }, scopeOf(viewer)] })
      .lean<FaqRecord>()
      .exec();
    if (!record) throw notFound('entry of the FAQ');
    return record;
  }

  async function ownVotes(viewer: Viewer | null, ids: readonly string[]): Promise<Map<string, boolean>> {
    if (viewer === null) return new Map();
    const found = await votes
      .find({ _id: trusted({ $in: ids.map((id) => `${id}:${viewer.id}`) }) })
      .lean<FaqVoteRecord[]>()
      .exec();
    return new Map(found.map(({ faqId, helpful }) => [faqId, helpful]));
  }

  async function tallies(viewer: Viewer | null, ids: readonly string[]): Promise<Map<string, number>> {
    if (viewer?.role !== 'staff') return new Map();
    const groups = await votes
      .aggregate<{ _id: string; n: number }>([
        { $match: { faqId: { $in: [...ids] } } },
        { $group: { _id: '$tally', n: { $sum: 1 } } },
      ])
      .exec();
    return new Map(groups.map(({ _id, n }) => [_id, n]));
  }

  async function presentAll(viewer: Viewer | null, records: readonly FaqRecord[]): Promise<FaqView[]> {
    const ids = records.map(({ _id }) => _id);
    const [mine, counts] = await Promise.all([ownVotes(viewer, ids), tallies(viewer, ids)]);
    const countOf = (id: string, vote: 'yes' | 'no'): number => counts.get(`${id}:${vote}`) ?? 0;
    return records.map((record) =>
      presentFaq(record, {
        myVote: mine.get(record._id) ?? null,
        votes:
          viewer?.role === 'staff'
            ? { yes: countOf(record._id, 'yes'), no: countOf(record._id, 'no') }
            : null,
      }),
    );
  }

  async function present(viewer: Viewer | null, record: FaqRecord): Promise<FaqView> {
    const [view] = await presentAll(viewer, [record]);
    if (!view) throw notFound('entry of the FAQ');
    return view;
  }

  const fieldsOf = (input: FaqInput) => ({
    ...input,
    searchText: searchName(`${input.question} ${input.answer}`),
    updatedAt: clock(),
  });

  function note(
    viewer: Viewer,
    action: string,
    change: { before: FaqRecord | null; after: FaqRecord | null },
  ): Promise<void> {
    return audit.record({
      actor: viewer,
      action: `faq.${action}`,
      thing: { kind: 'faq', id: (change.after ?? change.before)?._id ?? '' },
      before: change.before && decidedState(change.before),
      after: change.after && decidedState(change.after),
    });
  }

  return {
    /** A page of entries by topic, or newest first. `viewer` null: somebody without an account. */
    async list(viewer: Viewer | null, query: FaqQuery): Promise<Page<FaqView>> {
      const filter = {
        $and: [
          scopeOf(viewer),
          query.topic ? { topic: query.topic } : {},
          query.q ? { searchText: searchPattern(query.q) } : {},
        ],
      };
      const page = await findPage(entries, filter, ORDERS[query.sort], query);
      return { ...page, items: await presentAll(viewer, page.items) };
    },

    /** Adds an entry; `questionId` names the question that it answers, which is marked. @throws HttpProblem 400 */
    async create(
      viewer: Viewer,
      input: { entry: FaqInput; questionId: string | null; key?: string | undefined },
    ): Promise<FaqView> {
      const { questionId, key } = input;
      if (questionId !== null && !(await deps.questions.exists(questionId))) {
        throw invalidField('questionId', `there is no question '${questionId}'`);
      }
      const id = newId();
      const { record, made } = await insertOnce<FaqRecord>(entries, {
        _id: id,
        key: key === undefined ? id : `${viewer.id}:${key}`,
        version: 1,
        ...fieldsOf(input.entry),
        createdAt: clock(),
      });
      if (made) {
        await note(viewer, 'create', { before: null, after: record });
        if (questionId !== null) await deps.questions.noteFaq(viewer, questionId, record._id);
      }
      return present(viewer, record);
    },

    /** Changes an entry. @throws HttpProblem 404, 412 */
    async update(viewer: Viewer, id: string, version: number, input: FaqInput): Promise<FaqView> {
      const before = await find(viewer, id);
      const after = await changeVersioned(
        entries,
        { ...before, version },
        fieldsOf(input),
        'entry of the FAQ',
      );
      await note(viewer, 'change', { before, after });
      return present(viewer, after);
    },

    /** Takes an entry out. @throws HttpProblem 404, 412 */
    async remove(viewer: Viewer, id: string, version: number): Promise<void> {
      const before = await find(viewer, id);
      const { deletedCount } = await entries.deleteOne({ _id: id, version }).exec();
      if (deletedCount === 0) throw staleVersion('entry of the FAQ');
      await note(viewer, 'remove', { before, after: null });
      await votes.deleteMany({ faqId: id }).exec();
    },

    /** Says whether an entry helped; again changes one's mind. @throws HttpProblem 404 */
    async vote(viewer: Viewer, id: string, helpful: boolean): Promise<FaqView> {
      const record = await find(viewer, id);
      const tally = `${id}:${helpful ? 'yes' : 'no'}`;
      await votes
        .updateOne(
          { _id: `${id}:${viewer.id}` },
          { $set: { faqId: id, accountId: viewer.id, helpful, tally } },
          { upsert: true },
        )
        .exec();
      return present(viewer, record);
    },

    personalData: {
      name: 'faq-votes',
      title: 'Answers that you found helpful, or not',
      stays: null,
      async exportOf({ kind, id }) {
        if (kind !== 'account') return [];
        const found = await votes.find({ accountId: id }).lean<FaqVoteRecord[]>().exec();
        return found.map(({ faqId, helpful }) => ({ faqId, helpful }));
      },
      async erase({ kind, id }) {
        if (kind !== 'account') return 0;
        return (await votes.deleteMany({ accountId: id }).exec()).deletedCount;
      },
    } satisfies PersonalData,
  };
}

/** FAQ entries as they are stored, for comparison with the audit log. */
export const auditedFaq = (connection: Connection): AuditedThings =>
  auditedCollection('faq', faqModel(connection), decidedState);
