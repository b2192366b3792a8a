import { trusted, type Connection } from 'mongoose';
import type { Logger } from 'pino';
import { needFit, needReader } from '../../matching/index.ts';
import type { Profile } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import {
  conflict,
  invalidField,
  invalidRequest,
  notAllowed,
  notFound,
  staleVersion,
} from '../http/errors.ts';
import { findPage, pageOfArray } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeService } from '../smes/service.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { WorkedOut } from '../storage/worked-out.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { createAnswers } from './answers.ts';
import { needState } from './audited.ts';
import { createNeedBook, type BookEntry } from './book.ts';
import { checkNeed, missingOf } from './check.ts';
import { filterOf, ORDERS } from './filter.ts';
import { needModel, type NeedRecord } from './model.ts';
import { mayManageNeed, mayReadNeed } from './policy.ts';
import { presentCard, presentNeed, presentOwn } from './present.ts';
import { rankFor } from './ranking.ts';
import { changesReviewed, needFields, toEngineNeed, type NeedFields } from './record.ts';
import type { NeedCard, NeedFilter, NeedInput, NeedQuery, NeedStep, NeedView } from './schema.ts';
import { isReviewStep, type createReviewMail } from './review-mail.ts';
import { mayTakeStep, OPEN_STATES, STEPS, stepsFor } from './steps.ts';
import { createTell } from './tell.ts';

export interface NeedServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly taxonomy: TaxonomyService;
  readonly matcher: Pick<Matcher, 'needAnswers' | 'supply'>;
  readonly smes: Pick<SmeService, 'cards'>;
  /** Profiles as the engine reads them; an SME that is gone is left out. */
  readonly profiles: (ids: readonly string[]) => Promise<readonly Profile[]>;
  readonly live: Pick<Live, 'notify'>;
  readonly staff: () => Promise<readonly string[]>;
  readonly smeAccounts: (smeIds: readonly string[]) => Promise<readonly string[]>;
  /** Mails who stated a need what staff decided on it. */
  readonly mailReview: ReturnType<typeof createReviewMail>;
  readonly neighbours: NeedNeighbours;
}

/** What the need service asks of, and tells to, other features; the assembly ties them together. */
export interface NeedNeighbours {
  /** Interests in these needs that wait for the organisation, and all that are open or accepted; a need without any is left out. */
  interestCounts(needIds: readonly string[]): Promise<ReadonlyMap<string, { waiting: number; all: number }>>;
  /** Published challenges that a need is part of. */
  challengesOf(needId: string): Promise<NeedView['challenges']>;
  /** A need was closed or withdrawn: nobody can answer it any more. */
  ended(need: NeedRecord): Promise<void>;
}

export type NeedService = ReturnType<typeof createNeedService>;

/** SMEs whose ranking is kept at once: some 40 kB each where there are 5,000 needs. */
const RANKINGS = 100;

/** Needs of the demand side: stated, reviewed, shown, answered. */
export function createNeedService(deps: NeedServiceDeps) {
  const { connection, clock, audit, taxonomy, neighbours } = deps;
  const needs = needModel(connection);
  const reader = needReader(taxonomy.terms);
  const book = createNeedBook(connection, reader);
  const rankings = new WeakMap<readonly BookEntry[], WorkedOut>();
  const answers = createAnswers({ ...deps, book });
  const tell = createTell({
    ...deps,
    needAnswers: (need, asked) => deps.matcher.needAnswers(need, asked),
  });
  const today = (): string => clock().toISOString().slice(0, 10);

  async function find(id: string): Promise<NeedRecord> {
    const record = await needs.findById(id).lean<NeedRecord>().exec();
    if (!record) throw notFound('need');
    return record;
  }

  async function findFor(viewer: Viewer, id: string): Promise<NeedRecord> {
    const record = await find(id);
    // Who may not read it does not learn that it is there.
    if (!mayReadNeed(viewer, record)) throw notFound('need');
    return record;
  }

  async function findToManage(viewer: Viewer, id: string): Promise<NeedRecord> {
    const record = await findFor(viewer, id);
    if (!mayManageNeed(viewer, record))
      throw notAllowed('Only the organisation that stated a need, and staff, may do this.');
    return record;
  }

  /** The profile of the reader's own SME; null for others. */
  async function profileOf(viewer: Viewer): Promise<Profile | null> {
    if (viewer.role !== 'sme' || viewer.smeId === null) return null;
    return (await deps.profiles([viewer.smeId]))[0] ?? null;
  }

  /** @param own profile of the reader's SME, where it was read already */
  async function cardsOf(viewer: Viewer, records: readonly NeedRecord[], own?: Profile): Promise<NeedCard[]> {
    const managed = records.filter((record) => mayManageNeed(viewer, record)).map(({ _id }) => _id);
    const [profile, counts] = await Promise.all([
      own ?? profileOf(viewer),
      managed.length === 0 ? new Map<string, never>() : neighbours.interestCounts(managed),
    ]);
    return records.map((record) => {
      const mine = managed.includes(record._id);
      const fit = profile && needFit(profile, reader.wanted(toEngineNeed(record)), reader);
      return presentCard(record, {
        mine,
        interests: mine ? (counts.get(record._id) ?? { waiting: 0, all: 0 }) : null,
        fit: fit && { ...fit, parts: [...fit.parts] },
      });
    });
  }

  async function present(viewer: Viewer, record: NeedRecord): Promise<NeedView> {
    const [[card], challenges] = await Promise.all([
      cardsOf(viewer, [record]),
      neighbours.challengesOf(record._id),
    ]);
    if (!card) throw notFound('need');
    const view = presentNeed(record, { ...card, challenges });
    if (!card.mine) return view;
    const own = presentOwn(record, {
      missing: missingOf(record, today()),
      steps: stepsFor(viewer, record),
    });
    return { ...view, own };
  }

  /** What was worked out of a list of needs, which is another list once something of it changes. */
  function rankingsOf(entries: readonly BookEntry[]): WorkedOut {
    const known = rankings.get(entries) ?? new WorkedOut(RANKINGS);
    rankings.set(entries, known);
    return known;
  }

  /** Ids of all published needs that this SME answers, the best first. */
  const rankAll = (profile: Profile, entries: readonly BookEntry[]): string[] =>
    rankingsOf(entries).of(0, ['fit', profile.solutions], () => rankFor(profile, entries, reader));

  /** Ranked for one SME in memory; the page itself is read from the database. */
  async function listByFit(viewer: Viewer, query: NeedQuery): Promise<Page<NeedCard>> {
    const profile = await profileOf(viewer);
    if (!profile)
      throw invalidField('sort', "'fit' is for SME accounts: it ranks by what your own solutions cover");
    const { cursor, limit, sort: _, ...filters } = query;
    const narrowed = Object.values(filters).some((value) => value !== undefined);
    const [entries, shown] = await Promise.all([
      book.entries(),
      narrowed ? needs.distinct('_id', filterOf(viewer, { ...filters, state: 'published' })).exec() : null,
    ]);
    const fitting = rankAll(profile, entries);
    const wanted = shown && new Set(shown);
    const page = pageOfArray(wanted ? fitting.filter((id) => wanted.has(id)) : fitting, { cursor, limit });
    const found = await needs
      .find({ _id: trusted({ $in: page.items }) })
      .lean<NeedRecord[]>()
      .exec();
    const byId = new Map(found.map((record) => [record._id, record]));
    const records = page.items.flatMap((id) => byId.get(id) ?? []);
    return { ...page, items: await cardsOf(viewer, records, profile) };
  }

  async function note(
    viewer: Viewer,
    verb: 'create' | 'edit' | NeedStep,
    before: NeedRecord | null,
    after: NeedRecord,
    reason = '',
  ): Promise<void> {
    await audit.record({
      actor: viewer,
      action: `need.${verb}`,
      thing: { kind: 'need', id: after._id },
      before: before && needState(before),
      after: needState(after),
      reason,
    });
  }

  /** One conditional write: the need, still in this state and version, with these changes. 412 where it is no longer so. */
  async function change(
    record: Pick<NeedRecord, '_id' | 'state'>,
    version: number,
    fields: Partial<NeedFields> & Partial<Pick<NeedRecord, 'state' | 'review' | 'listedAt' | 'publishedAt'>>,
  ): Promise<NeedRecord> {
    const after = await needs
      .findOneAndUpdate(
        { _id: record._id, state: record.state, version },
        { $set: { ...fields, updatedAt: clock() }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<NeedRecord>()
      .exec();
    if (!after) throw staleVersion('need');
    return after;
  }

  function refuseFaults(input: NeedInput): void {
    const faults = checkNeed(input, taxonomy);
    if (faults.length > 0)
      throw invalidRequest(faults.map(({ field, message }) => ({ field: `need.${field}`, message })));
  }

  return {
    /** Reads into memory what is ranked and counted, so that nobody has to wait for that. */
    warm: () => book.entries(),

    /** A page of needs as this reader may see them. */
    async list(viewer: Viewer, query: NeedQuery): Promise<Page<NeedCard>> {
      if (query.sort === 'fit') return listByFit(viewer, query);
      const page = await findPage(needs, filterOf(viewer, query), ORDERS[query.sort], query);
      return { ...page, items: await cardsOf(viewer, page.items) };
    },

    /** Every need of a list, without anything confidential, in the order of their titles; read as it is sent. */
    async *all(viewer: Viewer, filter: NeedFilter): AsyncGenerator<NeedCard> {
      const cursor = needs
        .find(filterOf(viewer, filter), { confidential: 0 })
        .sort({ searchTitle: 1, _id: 1 })
        .lean<NeedRecord[]>()
        .cursor();
      for await (const record of cursor) {
        yield presentCard(record, { mine: mayManageNeed(viewer, record), interests: null, fit: null });
      }
    },

    /** One need. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<NeedView> {
      return present(viewer, await findFor(viewer, id));
    },

    /** States a need, as a draft. Sent again with the same key it answers with the need that is there. @throws HttpProblem 400 */
    async create(viewer: Viewer, input: NeedInput, key?: string): Promise<NeedView> {
      refuseFaults(input);
      const id = newId();
      const now = clock();
      const record: NeedRecord = {
        _id: id,
        ownerId: viewer.role === 'demand' ? viewer.id : null,
        requestKey: key === undefined ? id : `${viewer.id}:${key}`,
        state: 'draft',
        version: 1,
        ...needFields(input),
        review: null,
        listedAt: now,
        publishedAt: null,
        createdAt: now,
        updatedAt: now,
      };
      try {
        await needs.insertMany([record]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const made = await needs.findOne({ requestKey: record.requestKey }).lean<NeedRecord>().exec();
        if (!made) throw error;
        return present(viewer, made);
      }
      await note(viewer, 'create', null, record);
      return present(viewer, record);
    },

    /**
     * Replaces what a need says, if it still has the version that the change was made on. A published need whose reviewed part is changed
     * by its organisation goes to review again. @throws HttpProblem 400, 403, 404, 409, 412
     */
    async replace(viewer: Viewer, id: string, version: number, input: NeedInput): Promise<NeedView> {
      const before = await findToManage(viewer, id);
      if (!OPEN_STATES.includes(before.state))
        throw conflict('not-open', `This need is ${before.state}; it can no longer be changed.`);
      if (before.state === 'submitted' && viewer.role !== 'staff') {
        throw conflict('in-review', 'This need is being reviewed. Take it back first, then change it.');
      }
      refuseFaults(input);
      const fields = needFields(input);
      const published = before.state === 'published';
      if (published) {
        const missing = missingOf(fields, today());
        if (missing.length > 0)
          throw invalidRequest(missing.map(({ field, message }) => ({ field: `need.${field}`, message })));
      }
      const again = published && viewer.role !== 'staff' && changesReviewed(before, fields);
      const after = await change(before, version, {
        ...fields,
        ...(again ? { state: 'submitted' as const, review: null, listedAt: clock() } : {}),
      });
      await note(viewer, 'edit', before, after);
      await tell.stepTaken(after, false);
      return present(viewer, after);
    },

    /** Takes a step from one state to the next. @throws HttpProblem 400, 403, 404, 409, 412 */
    async take(
      viewer: Viewer,
      id: string,
      { step, version, reason }: { step: NeedStep; version: number; reason: string },
    ): Promise<NeedView> {
      const before = await findToManage(viewer, id);
      const { from, to, reason: needsReason, complete } = STEPS[step];
      if (!mayTakeStep(viewer, before, step))
        throw notAllowed(`Only staff may take the step '${step}' with a need.`);
      if (!from.includes(before.state)) {
        throw conflict(
          'wrong-state',
          `This need is ${before.state}; the step '${step}' is for needs that are ${from.join(' or ')}.`,
        );
      }
      if (needsReason && reason === '')
        throw invalidField('reason', 'say why, so that the organisation knows what to do');
      const missing = complete ? missingOf(before, today()) : [];
      if (missing.length > 0) throw invalidRequest(missing);
      const after = await change(before, version, fieldsAfter(before, step, reason));
      await note(viewer, step, before, after, reason);
      if (to === 'closed' || to === 'withdrawn') await neighbours.ended(after);
      await tell.stepTaken(after, before.publishedAt === null);
      if (isReviewStep(step)) await deps.mailReview(after, step, reason);
      return present(viewer, after);
    },

    /** Who answers a need; for the organisation and staff. @throws HttpProblem 403, 404, 503 */
    async answers(viewer: Viewer, id: string, signal?: AbortSignal) {
      return answers.of(await findToManage(viewer, id), signal);
    },

    /** What published needs want against what companies offer. */
    gaps: (query: Parameters<typeof answers.gaps>[0]) => answers.gaps(query),

    /** One need for another feature, as this reader may know of it. @throws HttpProblem 404 */
    findFor,

    /** Needs by id, without their confidential part; ids without a need are left out. */
    async some(ids: readonly string[]): Promise<ReadonlyMap<string, Omit<NeedRecord, 'confidential'>>> {
      const found = await needs
        .find({ _id: trusted({ $in: [...new Set(ids)] }) }, { confidential: 0 })
        .lean<NeedRecord[]>()
        .exec();
      return new Map(found.map((record) => [record._id, record]));
    },

    /** Whom to reach about these needs; whoever asks has made sure that the reader may see it. */
    async contacts(ids: readonly string[]) {
      const found = await needs
        .find({ _id: trusted({ $in: [...new Set(ids)] }) }, { confidential: 1 })
        .lean<Pick<NeedRecord, '_id' | 'confidential'>[]>()
        .exec();
      return new Map(
        found.map(({ _id, confidential: { contactName, contactEmail, contactPhone } }) => [
          _id,
          { name: contactName, email: contactEmail, phone: contactPhone },
        ]),
      );
    },
  };

  /** What a step changes of a need. */
  function fieldsAfter(before: NeedRecord, step: NeedStep, text: string) {
    const { to, by } = STEPS[step];
    const now = clock();
    return {
      state: to,
      ...(by === 'staff' ? { review: { step, text, at: now } } : {}),
      ...(step === 'submit' ? { review: null } : {}),
      ...(to === 'submitted' || to === 'published' ? { listedAt: now } : {}),
      ...(to === 'published' ? { publishedAt: before.publishedAt ?? now } : {}),
    };
  }
}
