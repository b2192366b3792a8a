import { trusted, type Connection, type Model, type QueryFilter } from 'mongoose';
import type { People } from '../accounts/people.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { notAllowed, notFound } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { containing } from '../storage/containing.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned, insertOnce, type Versioned } from '../storage/versioned.ts';
import {
  commentModel,
  practiceModel,
  type Authored,
  type CommentRecord,
  type PracticeRecord,
} from './model.ts';
import { clusterOf, isMine, mayReadAuthored, readableFilter } from './policy.ts';
import { practicesPersonalData } from './personal-data.ts';
import { presentComment, presentPractice, type AuthorNames } from './present.ts';
import type {
  CommentQuery,
  CommentView,
  Moderation,
  PracticeInput,
  PracticeTopic,
  PracticeView,
} from './schema.ts';

export interface PracticeServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly people: Pick<People, 'names'>;
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
}

interface PageRequest {
  readonly cursor?: string | undefined;
  readonly limit: number;
}
export interface PracticeQuery extends PageRequest {
  readonly q?: string | undefined;
  readonly topic?: PracticeTopic | undefined;
  readonly clusterId?: string | undefined;
  readonly sort: 'newest' | 'oldest';
}

export type PracticeService = ReturnType<typeof createPracticeService>;

function byTime<T extends { _id: string; createdAt: Date }>(direction: 1 | -1): SortOrder<T> {
  return [
    { field: 'createdAt', direction, kind: 'date', of: (record) => record.createdAt },
    { field: '_id', direction, kind: 'text', of: (record) => record._id },
  ];
}

function authorState({ clusterId, hidden, reason }: Authored): AuditedState {
  return { clusterId, hidden, reason };
}
function practiceState(record: PracticeRecord): AuditedState {
  const { version, title, words, topic, links } = record;
  return {
    version,
    title,
    words,
    topic,
    links: links.map(({ label, url }) => ({ label, url })),
    ...authorState(record),
  };
}
function commentState(record: CommentRecord): AuditedState {
  return { practiceId: record.practiceId, words: record.words, ...authorState(record) };
}

/** Good practice: clusters tell each other what works; staff read, write and moderate. */
export function createPracticeService(deps: PracticeServiceDeps) {
  const { clock, audit } = deps;
  const practices = practiceModel(deps.connection);
  const comments = commentModel(deps.connection);

  async function findFor<T extends Authored & { _id: string }>(
    viewer: Viewer,
    model: Model<T>,
    filter: QueryFilter<T>,
    what: string,
  ): Promise<T> {
    const record = await model.findOne(filter).lean<T>().exec();
    if (!record || !mayReadAuthored(viewer, record)) throw notFound(what);
    return record;
  }
  const findPost = (viewer: Viewer, id: string) => findFor(viewer, practices, { _id: id }, 'post');
  const findComment = (viewer: Viewer, practiceId: string, id: string) =>
    findFor(viewer, comments, { _id: id, practiceId }, 'comment');

  async function namesOf(things: readonly Authored[]): Promise<AuthorNames> {
    const [accounts, clusters] = await Promise.all([
      deps.people.names(things.flatMap(({ authorId }) => authorId ?? [])),
      deps.clusterNames(things.flatMap(({ clusterId }) => clusterId ?? [])),
    ]);
    return { accounts, clusters };
  }

  async function commentCounts(ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
    const groups = await comments
      .aggregate<{ _id: string; n: number }>([
        { $match: { practiceId: { $in: [...ids] }, hidden: false } },
        { $group: { _id: '$practiceId', n: { $sum: 1 } } },
      ])
      .exec();
    return new Map(groups.map(({ _id, n }) => [_id, n]));
  }

  async function presentPosts(viewer: Viewer, records: readonly PracticeRecord[]): Promise<PracticeView[]> {
    const [names, counts] = await Promise.all([
      namesOf(records),
      commentCounts(records.map(({ _id }) => _id)),
    ]);
    return records.map((record) =>
      presentPractice(viewer, record, { ...names, comments: counts.get(record._id) ?? 0 }),
    );
  }

  async function presentPost(viewer: Viewer, record: PracticeRecord): Promise<PracticeView> {
    const [view] = await presentPosts(viewer, [record]);
    if (!view) throw notFound('post');
    return view;
  }

  async function note(
    viewer: Viewer,
    action: string,
    change: { id: string; before: AuditedState | null; after: AuditedState | null; reason?: string },
  ): Promise<void> {
    const { id, before, after, reason } = change;
    const kind = action.startsWith('practice-comment.') ? 'practice-comment' : 'practice';
    await audit.record({
      actor: viewer,
      action,
      thing: { kind, id },
      before,
      after,
      ...(reason ? { reason } : {}),
    });
  }

  function refuseOthers(viewer: Viewer, thing: Authored): void {
    if (!isMine(viewer, thing)) throw notAllowed('Only those who wrote it may change or delete it.');
  }

  /** Hides or shows; the newest decision counts, whatever the version. */
  async function setHidden<T extends Authored & Versioned>(
    model: Model<T>,
    record: T,
    { hidden, reason }: Moderation,
    what: string,
  ): Promise<T> {
    // The fields are those of Authored, which every T has.
    const set = { hidden, reason: hidden ? reason : '' } as Partial<Omit<T, '_id' | 'version'>>;
    return changeVersioned(model, record, set, what);
  }

  return {
    /** A page of posts, newest first. */
    async list(viewer: Viewer, query: PracticeQuery): Promise<Page<PracticeView>> {
      const filter = {
        $and: [
          readableFilter<PracticeRecord>(viewer),
          query.topic ? { topic: query.topic } : {},
          query.clusterId ? { clusterId: query.clusterId } : {},
          query.q ? { searchText: searchPattern(query.q) } : {},
        ],
      };
      const order = byTime<PracticeRecord>(query.sort === 'newest' ? -1 : 1);
      const page = await findPage(practices, filter, order, query);
      return { ...page, items: await presentPosts(viewer, page.items) };
    },

    /** One post. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<PracticeView> {
      return presentPost(viewer, await findPost(viewer, id));
    },

    /** Writes a post; `key` makes a repeated request harmless. */
    async create(viewer: Viewer, input: PracticeInput, key?: string): Promise<PracticeView> {
      const id = newId();
      const { record, made } = await insertOnce<PracticeRecord>(practices, {
        _id: id,
        key: key === undefined ? id : `${viewer.id}:${key}`,
        version: 1,
        ...input,
        searchText: searchName(`${input.title} ${input.words}`),
        authorId: viewer.id,
        clusterId: clusterOf(viewer),
        hidden: false,
        reason: '',
        createdAt: clock(),
        changedAt: null,
      });
      if (made) await note(viewer, 'practice.post', { id, before: null, after: practiceState(record) });
      return presentPost(viewer, record);
    },

    /** Changes a post of one's own. @throws HttpProblem 403, 404, 412 */
    async update(viewer: Viewer, id: string, version: number, input: PracticeInput): Promise<PracticeView> {
      const before = await findPost(viewer, id);
      refuseOthers(viewer, before);
      const set = { ...input, searchText: searchName(`${input.title} ${input.words}`), changedAt: clock() };
      const after = await changeVersioned(practices, { ...before, version }, set, 'post');
      await note(viewer, 'practice.change', {
        id,
        before: practiceState(before),
        after: practiceState(after),
      });
      return presentPost(viewer, after);
    },

    /** Deletes a post of one's own, with what was said about it. @throws HttpProblem 403, 404 */
    async remove(viewer: Viewer, id: string): Promise<void> {
      const before = await findPost(viewer, id);
      refuseOthers(viewer, before);
      const { deletedCount } = await practices.deleteOne({ _id: id }).exec();
      if (deletedCount === 0) throw notFound('post');
      await note(viewer, 'practice.delete', { id, before: practiceState(before), after: null });
      const gone = await comments.find({ practiceId: id }).lean<CommentRecord[]>().exec();
      await comments.deleteMany({ practiceId: id }).exec();
      for (const comment of gone) {
        await note(viewer, 'practice-comment.delete', {
          id: comment._id,
          before: commentState(comment),
          after: null,
        });
      }
    },

    /** Staff hide a post, with a reason, or show it again. @throws HttpProblem 404, 412 */
    async moderate(viewer: Viewer, id: string, decision: Moderation): Promise<PracticeView> {
      const before = await findPost(viewer, id);
      const after = await setHidden(practices, before, decision, 'post');
      await note(viewer, decision.hidden ? 'practice.hide' : 'practice.show', {
        id,
        before: practiceState(before),
        after: practiceState(after),
        reason: decision.reason,
      });
      return presentPost(viewer, after);
    },

    /** A page of comments on a post. @throws HttpProblem 404 */
    async comments(viewer: Viewer, practiceId: string, query: CommentQuery): Promise<Page<CommentView>> {
      await findPost(viewer, practiceId);
      const words = query.q ? { words: containing(query.q) } : {};
      const filter = { $and: [{ practiceId }, readableFilter<CommentRecord>(viewer), words] };
      const order = byTime<CommentRecord>(query.sort === 'newest' ? -1 : 1);
      const page = await findPage(comments, filter, order, query);
      const names = await namesOf(page.items);
      return { ...page, items: page.items.map((comment) => presentComment(viewer, comment, names)) };
    },

    /** Says something about a post. @throws HttpProblem 404 */
    async comment(
      viewer: Viewer,
      practiceId: string,
      input: { words: string; key?: string | undefined },
    ): Promise<CommentView> {
      await findPost(viewer, practiceId);
      const id = newId();
      const { record, made } = await insertOnce<CommentRecord>(comments, {
        _id: id,
        key: input.key === undefined ? id : `${viewer.id}:${input.key}`,
        version: 1,
        practiceId,
        words: input.words,
        authorId: viewer.id,
        clusterId: clusterOf(viewer),
        hidden: false,
        reason: '',
        createdAt: clock(),
      });
      if (made)
        await note(viewer, 'practice-comment.post', { id, before: null, after: commentState(record) });
      return presentComment(viewer, record, await namesOf([record]));
    },

    /** Deletes a comment of one's own. @throws HttpProblem 403, 404 */
    async removeComment(viewer: Viewer, practiceId: string, id: string): Promise<void> {
      const before = await findComment(viewer, practiceId, id);
      refuseOthers(viewer, before);
      const { deletedCount } = await comments.deleteOne({ _id: id }).exec();
      if (deletedCount === 0) throw notFound('comment');
      await note(viewer, 'practice-comment.delete', { id, before: commentState(before), after: null });
    },

    /** Staff hide a comment, with a reason, or show it again. @throws HttpProblem 404, 412 */
    async moderateComment(
      viewer: Viewer,
      practiceId: string,
      id: string,
      decision: Moderation,
    ): Promise<CommentView> {
      const before = await findComment(viewer, practiceId, id);
      const after = await setHidden(comments, before, decision, 'comment');
      await note(viewer, decision.hidden ? 'practice-comment.hide' : 'practice-comment.show', {
        id,
        before: commentState(before),
        after: commentState(after),
        reason: decision.reason,
      });
      return presentComment(viewer, after, await namesOf([after]));
    },

    /** How many posts and comments a cluster wrote in a time, its end excluded. */
    async writtenByCluster(clusterId: string, from: Date, to: Date): Promise<number> {
      const createdAt = trusted({ $gte: from, $lt: to });
      const [posts, said] = await Promise.all([
        practices.countDocuments({ clusterId, createdAt }).exec(),
        comments.countDocuments({ clusterId, createdAt }).exec(),
      ]);
      return posts + said;
    },

    personalData: practicesPersonalData(practices, comments),
  };
}

/** Good practice and its comments as they are stored, for comparison with the audit log. */
export const auditedPractices = (connection: Connection): readonly AuditedThings[] => [
  auditedCollection('practice', practiceModel(connection), practiceState),
  auditedCollection('practice-comment', commentModel(connection), commentState),
];
