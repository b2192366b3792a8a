import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { People } from '../accounts/people.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditedState, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned, insertOnce } from '../storage/versioned.ts';
import { questionModel, type MessageRecord, type QuestionRecord } from './model.ts';
import { askedByOf, mayReadQuestion } from './policy.ts';
import { questionsPersonalData } from './personal-data.ts';
import { presentQuestion } from './present.ts';
import type { QuestionChange, QuestionNew, QuestionState, QuestionTopic, QuestionView } from './schema.ts';

export interface QuestionServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly people: People;
  /** Names of clusters and SMEs by id. */
  readonly organisations: (ids: {
    clusterIds: string[];
    smeIds: string[];
  }) => Promise<ReadonlyMap<string, string>>;
  /** Hears of each change once it is stored. */
  readonly changed: (question: QuestionRecord, by: Viewer) => Promise<void>;
}

export interface QuestionQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: QuestionState | undefined;
  readonly topic?: QuestionTopic | undefined;
  readonly assignee?: 'me' | 'nobody' | undefined;
  readonly q?: string | undefined;
  readonly sort: 'newest' | 'oldest';
}

export type QuestionService = ReturnType<typeof createQuestionService>;

/** A thread that is longer has become another question. */
const MESSAGES_MAX = 100;

function orderOf(sort: QuestionQuery['sort']): SortOrder<QuestionRecord> {
  const direction = sort === 'newest' ? -1 : 1;
  return [
    { field: 'updatedAt', direction, kind: 'date', of: (record) => record.updatedAt },
    { field: '_id', direction, kind: 'text', of: (record) => record._id },
  ];
}

/** What was decided about a question; its words are the asker's own and stay out of the log. */
function decidedState(record: QuestionRecord): AuditedState {
  return {
    version: record.version,
    topic: record.topic,
    state: record.state,
    askerRole: record.askerRole,
    clusterId: record.clusterId,
    smeId: record.smeId,
    assigneeId: record.assigneeId,
    messages: record.messages.length,
    faqId: record.faqId,
  };
}

/** Questions to the staff, and their answers. */
export function createQuestionService(deps: QuestionServiceDeps) {
  const { clock, audit, people } = deps;
  const questions = questionModel(deps.connection);

  async function find(id: string): Promise<QuestionRecord> {
    const record = await questions.findById(id).lean<QuestionRecord>().exec();
    if (!record) throw notFound('question');
    return record;
  }

  async function findFor(viewer: Viewer, id: string): Promise<QuestionRecord> {
    const record = await find(id);
    if (!mayReadQuestion(viewer, record)) throw notFound('question');
    return record;
  }

  async function presentAll(records: readonly QuestionRecord[]): Promise<QuestionView[]> {
    const accountIds = records.flatMap(({ assigneeId, authorId, messages }) => [
      assigneeId ?? '',
      authorId ?? '',
      ...messages.map(({ byId }) => byId ?? ''),
    ]);
    const [accounts, organisations] = await Promise.all([
      people.names(accountIds),
      deps.organisations({
        clusterIds: records.flatMap(({ clusterId }) => clusterId ?? []),
        smeIds: records.flatMap(({ smeId }) => smeId ?? []),
      }),
    ]);
    return records.map((record) => presentQuestion(record, { accounts, organisations }));
  }

  async function present(record: QuestionRecord): Promise<QuestionView> {
    const [view] = await presentAll([record]);
    if (!view) throw notFound('question');
    return view;
  }

  /** Writes a change on the version that the viewer has seen, records it and tells both sides. */
  async function change(
    viewer: Viewer,
    before: QuestionRecord,
    edit: { version: number; action: string; set: Partial<QuestionRecord> },
  ): Promise<QuestionView> {
    const set = { ...edit.set, updatedAt: clock() };
    const after = await changeVersioned(questions, { ...before, version: edit.version }, set, 'question');
    await audit.record({
      actor: viewer,
      action: `question.${edit.action}`,
      thing: { kind: 'question', id: after._id },
      before: decidedState(before),
      after: decidedState(after),
    });
    await deps.changed(after, viewer);
    return present(after);
  }

  function messageOf(viewer: Viewer, words: string): MessageRecord {
    const from = viewer.role === 'staff' ? 'staff' : 'asker';
    return { id: newId(), from, byId: viewer.id, words, at: clock() };
  }

  function filterOf(viewer: Viewer, query: QuestionQuery): QueryFilter<QuestionRecord> {
    const staff = viewer.role === 'staff';
    return {
      ...(staff ? {} : { askedBy: askedByOf(viewer) }),
      ...(query.state ? { state: query.state } : {}),
      ...(query.topic ? { topic: query.topic } : {}),
      ...(staff && query.assignee ? { assigneeId: query.assignee === 'me' ? viewer.id : null } : {}),
      ...(query.q ? { searchText: searchPattern(query.q) } : {}),
    };
  }

  return {
    /** A page of threads that the viewer has part in; all for staff. */
    async list(viewer: Viewer, query: QuestionQuery): Promise<Page<QuestionView>> {
      const page = await findPage(questions, filterOf(viewer, query), orderOf(query.sort), query);
      return { ...page, items: await presentAll(page.items) };
    },

    /** One thread. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<QuestionView> {
      return present(await findFor(viewer, id));
    },

    /** Asks the staff; `key` makes a repeated request harmless. */
    async ask(viewer: Viewer, { subject, topic, words, key }: QuestionNew): Promise<QuestionView> {
      const id = newId();
      const at = clock();
      const question: QuestionRecord = {
        _id: id,
        key: key === undefined ? id : `${viewer.id}:${key}`,
        version: 1,
        subject,
        topic,
        searchText: searchName(`${subject} ${words}`),
        state: 'open',
        askedBy: askedByOf(viewer),
        askerRole: viewer.role,
        clusterId: viewer.role === 'cluster' ? viewer.clusterId : null,
        smeId: viewer.role === 'sme' ? viewer.smeId : null,
        authorId: viewer.id,
        assigneeId: null,
        messages: [messageOf(viewer, words)],
        faqId: null,
        createdAt: at,
        updatedAt: at,
      };
      const { record, made } = await insertOnce(questions, question);
      if (made) {
        await audit.record({
          actor: viewer,
          action: 'question.ask',
          thing: { kind: 'question', id },
          before: null,
          after: decidedState(record),
        });
        await deps.changed(record, viewer);
      }
      return present(record);
    },

    /** Writes on in a thread: of staff it is an answer, of the asker it opens the question again. @throws HttpProblem 404, 409, 412 */
    async write(viewer: Viewer, id: string, version: number, words: string): Promise<QuestionView> {
      const before = await findFor(viewer, id);
      if (before.messages.length >= MESSAGES_MAX) {
        throw conflict('thread-full', `A thread has at most ${MESSAGES_MAX} messages. Ask a new question.`);
      }
      const staff = viewer.role === 'staff';
      return change(viewer, before, {
        version,
        action: staff ? 'answer' : 'write',
        set: {
          state: staff ? 'answered' : 'open',
          messages: [...before.messages, messageOf(viewer, words)],
          // Who answers takes care of it, unless somebody does already.
          ...(staff && before.assigneeId === null ? { assigneeId: viewer.id } : {}),
        },
      });
    },

    /** Closes or opens a question; staff also say who takes care of it and what it is about. @throws HttpProblem 400, 403, 404, 412 */
    async update(viewer: Viewer, id: string, input: QuestionChange): Promise<QuestionView> {
      const { version, state, assigneeId, topic } = input;
      const before = await findFor(viewer, id);
      if (viewer.role !== 'staff' && (assigneeId !== undefined || topic !== undefined)) {
        throw notAllowed('Only staff decide who takes care of a question and what it is about.');
      }
      if (typeof assigneeId === 'string' && !(await people.isStaff(assigneeId))) {
        throw invalidField(
          'assigneeId',
          'must be an active staff account; see GET /api/v1/accounts?role=staff',
        );
      }
      return change(viewer, before, {
        version,
        action: state === 'closed' ? 'close' : state === 'open' ? 'open' : 'assign',
        set: {
          ...(state === undefined ? {} : { state }),
          ...(assigneeId === undefined ? {} : { assigneeId }),
          ...(topic === undefined ? {} : { topic }),
        },
      });
    },

    /** Notes that the answer stands in the FAQ. */
    async noteFaq(viewer: Viewer, id: string, faqId: string): Promise<void> {
      const before = await find(id);
      await change(viewer, before, { version: before.version, action: 'publish', set: { faqId } });
    },

    /** True where there is such a question. */
    async exists(id: string): Promise<boolean> {
      return (await questions.exists({ _id: id }).exec()) !== null;
    },

    /** How many questions a cluster asked in a time, its end excluded. */
    async askedByCluster(clusterId: string, from: Date, to: Date): Promise<number> {
      return questions.countDocuments({ clusterId, createdAt: trusted({ $gte: from, $lt: to }) }).exec();
    },

    personalData: questionsPersonalData(questions),
  };
}

/** Questions as they are stored, for comparison with the audit log. */
export const auditedQuestions = (connection: Connection): AuditedThings =>
  auditedCollection('question', questionModel(connection), decidedState);
