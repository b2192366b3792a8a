import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audience, Reader } from '../audience/audience.ts';
import type { Audit, AuditedThings } from '../audit/audit.ts';
import { auditedCollection } from '../audit/audited-collection.ts';
import { conflict, notFound } from '../http/errors.ts';
import { findPage, type SortOrder } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import { searchName, searchPattern } from '../smes/search-name.ts';
import { newId } from '../storage/ids.ts';
import { changeVersioned, insertOnce } from '../storage/versioned.ts';
import { announcementModel, type AnnouncementRecord } from './model.ts';
import { mayReadAnnouncement, readableFilter } from './policy.ts';
import { presentAnnouncement, stateOf } from './present.ts';
import { createReads } from './reads.ts';
import type { AnnouncementAction, AnnouncementInput, AnnouncementState, AnnouncementView } from './schema.ts';
import { announcementState, TRANSITIONS } from './state.ts';

export interface NewsServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audience: Pick<Audience, 'readerOf'>;
  readonly audit: Audit;
  /** Tells everybody of what has become visible. */
  readonly tellDue: () => Promise<unknown>;
}

export interface NewsQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly q?: string | undefined;
  readonly state?: AnnouncementState | undefined;
  readonly sort: 'newest' | 'oldest';
}

export type NewsService = ReturnType<typeof createNewsService>;

/** More than this many are not counted as unread: a mark in the navigation, not a figure. */
const COUNTED = 200;

function orderOf(sort: NewsQuery['sort']): SortOrder<AnnouncementRecord> {
  const direction = sort === 'newest' ? -1 : 1;
  return [
    { field: 'at', direction, kind: 'date', of: (record) => record.at },
    { field: '_id', direction, kind: 'text', of: (record) => record._id },
  ];
}

/** Announcements: staff write them, everybody reads what is for them once its hour has come. */
export function createNewsService(deps: NewsServiceDeps) {
  const { clock, audience, audit } = deps;
  const announcements = announcementModel(deps.connection);
  const reads = createReads(deps.connection, clock);

  async function find(id: string): Promise<AnnouncementRecord> {
    const record = await announcements.findById(id).lean<AnnouncementRecord>().exec();
    if (!record) throw notFound('announcement');
    return record;
  }

  async function presentAll(
    viewer: Viewer,
    reader: Reader,
    records: readonly AnnouncementRecord[],
  ): Promise<AnnouncementView[]> {
    const ids = records.map(({ _id }) => _id);
    const [read, counts] = await Promise.all([
      reads.among(viewer.id, ids),
      reader.role === 'staff' ? reads.counts(ids) : new Map<string, number>(),
    ]);
    const now = clock();
    return records.map((record) =>
      presentAnnouncement(record, reader, {
        now,
        read: read.has(record._id),
        reads: counts.get(record._id) ?? 0,
      }),
    );
  }

  async function present(viewer: Viewer, record: AnnouncementRecord): Promise<AnnouncementView> {
    const [view] = await presentAll(viewer, await audience.readerOf(viewer), [record]);
    if (!view) throw notFound('announcement');
    return view;
  }

  /** One that the viewer may read; who may not does not learn that it is there. */
  async function findFor(viewer: Viewer, id: string): Promise<AnnouncementRecord> {
    const [record, reader] = await Promise.all([find(id), audience.readerOf(viewer)]);
    if (!mayReadAnnouncement(record, reader, clock())) throw notFound('announcement');
    return record;
  }

  function fieldsOf(input: AnnouncementInput) {
    const publicAt = input.publicAt === null ? null : new Date(input.publicAt);
    return {
      title: input.title,
      words: input.words,
      searchText: searchName(`${input.title} ${input.words}`),
      links: input.links,
      target: input.target,
      earlyAt: input.earlyAt === null ? null : new Date(input.earlyAt),
      publicAt,
      mail: input.mail,
      at: publicAt ?? clock(),
    };
  }

  function record(
    viewer: Viewer,
    action: string,
    change: { before: AnnouncementRecord | null; after: AnnouncementRecord | null; reason?: string },
  ): Promise<void> {
    const id = (change.after ?? change.before)?._id ?? '';
    return audit.record({
      actor: viewer,
      action: `announcement.${action}`,
      thing: { kind: 'announcement', id },
      before: change.before && announcementState(change.before),
      after: change.after && announcementState(change.after),
      ...(change.reason ? { reason: change.reason } : {}),
    });
  }

  /** What a state filter of the staff means: something due counts as published. */
  function stateFilter(state: AnnouncementState, now: Date): QueryFilter<AnnouncementRecord> {
    if (state === 'scheduled') return { state, publicAt: trusted({ $gt: now }) };
    if (state !== 'published') return { state };
    return { $or: [{ state }, { state: 'scheduled', publicAt: trusted({ $lte: now }) }] };
  }

  return {
    /** A page of what the viewer may read, by the hour of publication. */
    async list(viewer: Viewer, query: NewsQuery): Promise<Page<AnnouncementView>> {
      const reader = await audience.readerOf(viewer);
      const now = clock();
      const filters = [
        readableFilter(reader, now),
        ...(query.q ? [{ searchText: searchPattern(query.q) }] : []),
        ...(query.state && reader.role === 'staff' ? [stateFilter(query.state, now)] : []),
      ];
      const page = await findPage(announcements, { $and: filters }, orderOf(query.sort), query);
      return { ...page, items: await presentAll(viewer, reader, page.items) };
    },

    /** How many the viewer has not read yet. */
    async unread(viewer: Viewer): Promise<number> {
      const reader = await audience.readerOf(viewer);
      // Staff wrote them: drafts and what is scheduled are no news to them.
      const filter =
        reader.role === 'staff' ? stateFilter('published', clock()) : readableFilter(reader, clock());
      const visible = await announcements
        .find(filter, { _id: 1 })
        .sort({ at: -1, _id: -1 })
        .limit(COUNTED)
        .batchSize(COUNTED)
        .lean<Pick<AnnouncementRecord, '_id'>[]>()
        .exec();
      const ids = visible.map(({ _id }) => _id);
      return ids.length - (await reads.among(viewer.id, ids)).size;
    },

    /** One announcement. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<AnnouncementView> {
      return present(viewer, await findFor(viewer, id));
    },

    /** Marks one as read. @throws HttpProblem 404 */
    async markRead(viewer: Viewer, id: string): Promise<void> {
      await findFor(viewer, id);
      await reads.mark(viewer.id, [id]);
    },

    /** Marks everything that the viewer may read. */
    async markAllRead(viewer: Viewer): Promise<void> {
      const reader = await audience.readerOf(viewer);
      const visible = await announcements
        .find(readableFilter(reader, clock()), { _id: 1 })
        .sort({ at: -1, _id: -1 })
        .limit(COUNTED)
        .batchSize(COUNTED)
        .lean<Pick<AnnouncementRecord, '_id'>[]>()
        .exec();
      await reads.mark(
        viewer.id,
        visible.map(({ _id }) => _id),
      );
    },

    /** Adds a draft; `key` makes a repeated request harmless. */
    async create(viewer: Viewer, input: AnnouncementInput, key?: string): Promise<AnnouncementView> {
      const id = newId();
      const draft: AnnouncementRecord = {
        _id: id,
        key: key === undefined ? id : `${viewer.id}:${key}`,
        version: 1,
        ...fieldsOf(input),
        state: 'draft',
        toldEarly: false,
        changedAt: null,
        reason: '',
        createdAt: clock(),
      };
      const { record: stored, made } = await insertOnce(announcements, draft);
      if (made) await record(viewer, 'create', { before: null, after: stored });
      return present(viewer, stored);
    },

    /**
     * Changes an announcement. Once it has been seen its hours stay as they are: they cannot be taken back.
     * @throws HttpProblem 404, 409, 412
     */
    async update(
      viewer: Viewer,
      id: string,
      version: number,
      input: AnnouncementInput,
    ): Promise<AnnouncementView> {
      const before = await find(id);
      const fields = fieldsOf(input);
      const seen = before.state === 'published' || stateOf(before, clock()) === 'published';
      if (before.state === 'withdrawn') {
        throw conflict('withdrawn', 'This announcement was withdrawn. Publish it again, then change it.');
      }
      const hours = seen
        ? { earlyAt: before.earlyAt, publicAt: before.publicAt, at: before.at, target: before.target }
        : {};
      const open = seen || (before.state === 'scheduled' && before.toldEarly);
      if (before.state === 'scheduled' && !seen && fields.publicAt === null) {
        throw conflict(
          'needs-hour',
          'publicAt: a scheduled announcement needs its hour. Make it a draft first.',
        );
      }
      const after = await changeVersioned(
        announcements,
        { ...before, version },
        { ...fields, ...hours, ...(open ? { changedAt: clock() } : {}) },
        'announcement',
      );
      await record(viewer, 'change', { before, after: { ...before, ...after } });
      return present(viewer, after);
    },

    /** Publishes, takes back to a draft, or withdraws. @throws HttpProblem 404, 409, 412 */
    async act(viewer: Viewer, id: string, input: AnnouncementAction): Promise<AnnouncementView> {
      const before = await find(id);
      const { from, to } = TRANSITIONS[input.action];
      const now = clock();
      if (
        !from.includes(before.state) ||
        (input.action === 'unschedule' && stateOf(before, now) === 'published')
      ) {
        throw conflict(
          'wrong-state',
          `This announcement is ${stateOf(before, now)}: it can be changed to '${to}' only while it is ${from.join(' or ')}.`,
        );
      }
      const hour = to === 'scheduled' && before.publicAt === null ? { publicAt: now, at: now } : {};
      const after = await changeVersioned(
        announcements,
        { ...before, version: input.version },
        { state: to, reason: input.reason, ...hour },
        'announcement',
      );
      await record(viewer, input.action, { before, after, reason: input.reason });
      if (to === 'scheduled') await deps.tellDue();
      return present(viewer, await find(id));
    },

    /** Removes a draft that nobody has seen. @throws HttpProblem 404, 409 */
    async remove(viewer: Viewer, id: string): Promise<void> {
      const before = await find(id);
      const { deletedCount } = await announcements
        .deleteOne({ _id: id, state: 'draft', version: before.version })
        .exec();
      if (deletedCount === 0) {
        throw conflict('not-a-draft', 'Only a draft can be removed. Withdraw the announcement instead.');
      }
      await record(viewer, 'remove', { before, after: null });
      await reads.forget(id);
    },

    personalData: reads.personalData,
  };
}

/** Announcements as they are stored, for comparison with the audit log. */
export const auditedAnnouncements = (connection: Connection): AuditedThings =>
  auditedCollection('announcement', announcementModel(connection), announcementState);
