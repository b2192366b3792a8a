import type { Connection, QueryFilter } from 'mongoose';
import { canonicalJson } from '../../matching/canonical.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import type { CallAuthor, CallService } from '../calls/service.ts';
import type { Challenge } from '../calls/schema.ts';
import { conflict, invalidField, invalidRequest, notFound, staleVersion } from '../http/errors.ts';
import { byTime } from '../http/by-time.ts';
import { findPage } from '../http/paging.ts';
import type { Page, TimeSort } from '../http/schema.ts';
import { checkTerms, wantedTerms } from '../needs/check.ts';
import { mayReadNeed } from '../needs/policy.ts';
import type { NeedService } from '../needs/service.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { challengeState } from './audited.ts';
import { mergeNeeds } from './merge.ts';
import { challengeModel, type ChallengeRecord } from './model.ts';
import type { ChallengeInput, ChallengeState, ChallengeStep, ChallengeView } from './schema.ts';

export interface ChallengeServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly taxonomy: Pick<TaxonomyService, 'facetOf'>;
  readonly needs: Pick<NeedService, 'some'>;
  readonly calls: Pick<CallService, 'inForce' | 'find' | 'setChallenges'>;
}

export interface ChallengeListQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: ChallengeState | undefined;
  readonly needId?: string | undefined;
  readonly sort: TimeSort;
}

export type ChallengeService = ReturnType<typeof createChallengeService>;

const BY_CHANGE = byTime<ChallengeRecord>('updatedAt', ({ updatedAt }) => updatedAt);

const FROM: Readonly<Record<ChallengeStep, readonly ChallengeState[]>> = {
  publish: ['draft', 'retired'],
  retire: ['draft', 'published'],
};

/** Who made up for what a crash kept from a call. */
const SYSTEM: CallAuthor = { id: 'system', role: 'staff', name: 'Tandem' };
const NOTE = 'Challenges made from needs of the demand side';

/** A challenge as the rules of a call have it. */
const toRule = (one: ChallengeRecord): Challenge => ({
  id: one._id,
  words: `${one.title}. ${one.words}`,
  capabilities: one.capabilities,
  technologies: one.technologies,
  fields: one.fields,
  sectors: one.sectors,
  trlMin: one.trlMin,
  trlMax: one.trlMax,
});

/** Challenges: needs that staff put together and word for an open call. */
export function createChallengeService(deps: ChallengeServiceDeps) {
  const { connection, clock, audit, needs, calls } = deps;
  const challenges = challengeModel(connection);

  async function find(id: string): Promise<ChallengeRecord> {
    const record = await challenges.findById(id).lean<ChallengeRecord>().exec();
    if (!record) throw notFound('challenge');
    return record;
  }

  async function presentAll(viewer: Viewer, records: readonly ChallengeRecord[]): Promise<ChallengeView[]> {
    const known = await needs.some(records.flatMap(({ needIds }) => needIds));
    return records.map((record) => ({
      id: record._id,
      callId: record.callId,
      state: record.state,
      version: record.version,
      title: record.title,
      words: record.words,
      capabilities: [...record.capabilities],
      technologies: [...record.technologies],
      fields: [...record.fields],
      sectors: [...record.sectors],
      trlMin: record.trlMin,
      trlMax: record.trlMax,
      needs: record.needIds.flatMap((id) => {
        const need = known.get(id);
        return need && mayReadNeed(viewer, need) ? [{ id, title: need.title, country: need.country }] : [];
      }),
      updatedAt: record.updatedAt.toISOString(),
    }));
  }

  async function present(viewer: Viewer, record: ChallengeRecord): Promise<ChallengeView> {
    const [shown] = await presentAll(viewer, [record]);
    if (!shown) throw notFound('challenge');
    return shown;
  }

  async function note(
    viewer: Viewer,
    verb: 'create' | 'edit' | ChallengeStep,
    before: ChallengeRecord | null,
    after: ChallengeRecord,
  ): Promise<void> {
    await audit.record({
      actor: viewer,
      action: `challenge.${verb}`,
      thing: { kind: 'challenge', id: after._id },
      before: before && challengeState(before),
      after: challengeState(after),
    });
  }

  /** One conditional write. 412 where it is no longer as it was read. */
  async function change(
    before: ChallengeRecord,
    version: number,
    fields: Partial<ChallengeInput> & { state?: ChallengeState },
  ): Promise<ChallengeRecord> {
    const after = await challenges
      .findOneAndUpdate(
        { _id: before._id, state: before.state, version },
        { $set: { ...fields, updatedAt: clock() }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<ChallengeRecord>()
      .exec();
    if (!after) throw staleVersion('challenge');
    return after;
  }

  /**
   * Brings the rules of a call up to date: its own challenges stay, those of here are put in or taken out. Repeats until nothing was
   * published meanwhile, so that of two at once none is lost.
   */
  async function sync(callId: string, author: CallAuthor): Promise<void> {
    for (;;) {
      const [all, call] = await Promise.all([
        challenges.find({ callId }).sort({ _id: 1 }).lean<ChallengeRecord[]>().exec(),
        calls.find(callId),
      ]);
      if (!call || call.state === 'decided') return;
      const ours = new Set(all.map(({ _id }) => _id));
      const rules = [
        ...call.challenges.filter(({ id }) => !ours.has(id)),
        ...all.filter(({ state }) => state === 'published').map(toRule),
      ];
      if (canonicalJson(rules) === canonicalJson(call.challenges)) return;
      await calls.setChallenges(author, callId, rules, NOTE);
    }
  }

  /** Refuses what would have to change the rules of a call that is decided. */
  async function refuseDecided(callId: string): Promise<void> {
    if ((await calls.find(callId))?.state !== 'decided') return;
    throw conflict('call-decided', 'The call of this challenge is decided: its rules stay as they were.');
  }

  /**
   * The needs of these ids; those of `kept` were part of it before, and may have been withdrawn since.
   * @throws HttpProblem 400 for one that is not there or is not published
   */
  async function needsOf(ids: readonly string[], field: string, kept: readonly string[] = []) {
    const unique = [...new Set(ids)];
    const known = await needs.some(unique);
    return unique.map((id, i) => {
      const need = known.get(id);
      if (need && (need.state === 'published' || need.state === 'closed' || kept.includes(id))) return need;
      const why = need ? `the need is ${need.state}; publish it first` : `there is no need '${id}'`;
      throw invalidField(`${field}.${i}`, why);
    });
  }

  return {
    /** A page of challenges by their latest change: published ones, and all of them for staff. */
    async list(viewer: Viewer, query: ChallengeListQuery): Promise<Page<ChallengeView>> {
      const staff = viewer.role === 'staff';
      const filter: QueryFilter<ChallengeRecord> = {
        ...(staff ? (query.state ? { state: query.state } : {}) : { state: 'published' }),
        ...(query.needId ? { needIds: query.needId } : {}),
      };
      const page = await findPage(challenges, filter, BY_CHANGE[query.sort], query);
      return { ...page, items: await presentAll(viewer, page.items) };
    },

    /** One challenge. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<ChallengeView> {
      const record = await find(id);
      if (viewer.role !== 'staff' && record.state !== 'published') throw notFound('challenge');
      return present(viewer, record);
    },

    /** Puts needs together as the draft of a challenge. The same key again answers with the one that is there. @throws HttpProblem 400 */
    async create(viewer: Viewer, needIds: readonly string[], key?: string): Promise<ChallengeView> {
      const merged = mergeNeeds(await needsOf(needIds, 'needIds'));
      const id = newId();
      const now = clock();
      const record: ChallengeRecord = {
        _id: id,
        requestKey: key === undefined ? id : `${viewer.id}:${key}`,
        callId: (await calls.inForce()).id,
        state: 'draft',
        version: 1,
        ...merged,
        createdAt: now,
        updatedAt: now,
      };
      try {
        await challenges.insertMany([record]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const made = await challenges
          .findOne({ requestKey: record.requestKey })
          .lean<ChallengeRecord>()
          .exec();
        if (!made) throw error;
        return present(viewer, made);
      }
      await note(viewer, 'create', null, record);
      return present(viewer, record);
    },

    /** Words a challenge anew, or changes which needs it stands for. A published one changes the call at once. @throws HttpProblem 400, 404, 409, 412 */
    async replace(
      viewer: Viewer,
      id: string,
      version: number,
      input: ChallengeInput,
    ): Promise<ChallengeView> {
      const before = await find(id);
      if (before.state === 'retired')
        throw conflict('retired', 'This challenge is retired. Publish it again before you change it.');
      const faults = checkTerms(input, deps.taxonomy);
      if (faults.length > 0)
        throw invalidRequest(faults.map(({ field, message }) => ({ field: `challenge.${field}`, message })));
      await needsOf(input.needIds, 'challenge.needIds', before.needIds);
      if (before.state === 'published') {
        refuseEmpty(input, 'challenge.');
        await refuseDecided(before.callId);
      }
      const after = await change(before, version, { ...input, needIds: [...new Set(input.needIds)] });
      await note(viewer, 'edit', before, after);
      if (after.state === 'published') await sync(after.callId, viewer);
      return present(viewer, after);
    },

    /** Publishes a challenge into its call, or takes it out. @throws HttpProblem 400, 404, 409, 412 */
    async take(viewer: Viewer, id: string, step: ChallengeStep, version: number): Promise<ChallengeView> {
      const before = await find(id);
      if (!FROM[step].includes(before.state))
        throw conflict('wrong-state', `This challenge is ${before.state} already.`);
      if (step === 'publish') refuseEmpty(before, '');
      await refuseDecided(before.callId);
      const after = await change(before, version, { state: step === 'publish' ? 'published' : 'retired' });
      await note(viewer, step, before, after);
      await sync(after.callId, viewer);
      return present(viewer, after);
    },

    /** Published challenges that a need is part of. */
    async of(needId: string): Promise<{ id: string; title: string }[]> {
      const found = await challenges
        .find({ needIds: needId, state: 'published' }, { title: 1 })
        .sort({ _id: 1 })
        .lean<Pick<ChallengeRecord, '_id' | 'title'>[]>()
        .exec();
      return found.map(({ _id, title }) => ({ id: _id, title }));
    },

    /** At the start: tells the call in force what a crash may have kept from it. */
    async reconcile(): Promise<void> {
      await sync((await calls.inForce()).id, SYSTEM);
    },
  };
}

/** A challenge without words tells people nothing, one without terms tells the engine nothing. */
function refuseEmpty(input: ChallengeInput, path: string): void {
  if (input.words === '')
    throw invalidField(`${path}words`, 'say what the challenge is before it is published');
  if (wantedTerms(input).length === 0) {
    throw invalidField(`${path}capabilities`, 'choose at least one term: pairs are compared by them');
  }
}
