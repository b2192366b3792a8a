import { trusted, type Connection, type QueryFilter } from 'mongoose';
import { refusals } from '../../matching/index.ts';
import type { Call, Profile } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit, AuditEntry } from '../audit/audit.ts';
import { conflict, invalidField, notAllowed, notFound, staleVersion } from '../http/errors.ts';
import { byTime } from '../http/by-time.ts';
import { findPage } from '../http/paging.ts';
import type { Page, TimeSort } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import type { NeedRecord } from '../needs/model.ts';
import { mayManageNeed } from '../needs/policy.ts';
import type { NeedService } from '../needs/service.ts';
import type { SmeService } from '../smes/service.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { interestState } from './audited.ts';
import { DEMAND, interestModel, type InterestRecord } from './model.ts';
import { mayReadInterest, sideOf } from './policy.ts';
import { presentInterest } from './present.ts';
import type { InterestReply, InterestState, InterestView, NewInterest } from './schema.ts';
import { afterReply, ended, mayWithdraw, turnOf, type InterestChange } from './transitions.ts';

export interface InterestServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audit: Audit;
  /** The rules of the call in force, with who is taken. */
  readonly call: () => Promise<Call>;
  readonly needs: Pick<NeedService, 'findFor' | 'some' | 'contacts'>;
  readonly smes: Pick<SmeService, 'cards' | 'contact'>;
  readonly profiles: (ids: readonly string[]) => Promise<readonly Profile[]>;
  readonly live: Pick<Live, 'notify'>;
  readonly staff: () => Promise<readonly string[]>;
  readonly smeAccounts: (smeIds: readonly string[]) => Promise<readonly string[]>;
}

export interface InterestListQuery {
  readonly cursor?: string | undefined;
  readonly limit: number;
  readonly state?: InterestState | undefined;
  readonly needId?: string | undefined;
  readonly sort: TimeSort;
}

export type InterestService = ReturnType<typeof createInterestService>;
type Actor = AuditEntry['actor'];

const BY_CHANGE = byTime<InterestRecord>('updatedAt', ({ updatedAt }) => updatedAt);

const keyOf = (needId: string, smeIds: readonly string[]): string => [needId, ...smeIds].join(':');

/** Interests: who would answer a need, agreed on by everybody concerned before any contact is shown. */
export function createInterestService(deps: InterestServiceDeps) {
  const { connection, clock, audit, needs, smes } = deps;
  const interests = interestModel(connection);

  async function findFor(viewer: Viewer, id: string): Promise<InterestRecord> {
    const record = await interests.findById(id).lean<InterestRecord>().exec();
    // Who has no part in it does not learn that it is there.
    if (!record || !mayReadInterest(viewer, record)) throw notFound('interest');
    return record;
  }

  async function note(
    actor: Actor,
    verb: string,
    before: InterestRecord | null,
    after: InterestRecord | null,
    reason = '',
  ): Promise<void> {
    const id = after?._id ?? before?._id ?? '';
    await audit.record({
      actor,
      action: `interest.${verb}`,
      thing: { kind: 'interest', id },
      before: before && interestState(before),
      after: after && interestState(after),
      reason,
    });
  }

  /** Tells everybody who may see an interest; the same key a second time does nothing. */
  async function tell(record: InterestRecord): Promise<void> {
    const { _id, needId, ownerId, smeIds, shown, version, state } = record;
    const demand = !shown ? [] : ownerId === null ? await deps.staff() : [ownerId];
    const people = [...(await deps.smeAccounts(smeIds)), ...demand];
    const notice = { kind: 'interest', interestId: _id, needId, state, version } as const;
    await deps.live.notify(people, notice, `interest:${_id}:${version}`);
  }

  /** Writes what came of a step, if the interest still is as it was read. */
  async function change(before: InterestRecord, fields: InterestChange): Promise<InterestRecord | null> {
    return interests
      .findOneAndUpdate(
        { _id: before._id, version: before.version, state: before.state },
        { $set: { ...fields, updatedAt: clock() }, $inc: { version: 1 } },
        { returnDocument: 'after' },
      )
      .lean<InterestRecord>()
      .exec();
  }

  /** Contacts of the other sides of accepted interests, for those who have a part in them. */
  async function contactsFor(
    viewer: Viewer,
    records: readonly InterestRecord[],
  ): Promise<ReadonlyMap<string, InterestView['contacts']>> {
    const accepted = records.filter(({ state }) => state === 'accepted');
    if (accepted.length === 0) return new Map();
    const ofNeeds = await needs.contacts(accepted.map(({ needId }) => needId));
    const found = new Map<string, InterestView['contacts']>();
    for (const record of accepted) {
      const side = sideOf(viewer, record);
      const contacts: NonNullable<InterestView['contacts']> = [];
      const ofNeed = ofNeeds.get(record.needId);
      if (side !== DEMAND && ofNeed) contacts.push({ of: DEMAND, contact: ofNeed });
      for (const smeId of record.smeIds) {
        if (smeId !== side) contacts.push({ of: smeId, contact: await smes.contact(smeId) });
      }
      found.set(record._id, contacts);
    }
    return found;
  }

  /** Those of which the need and all companies are still there. Contacts are shown on the interest's own page only. */
  async function presentAll(
    viewer: Viewer,
    records: readonly InterestRecord[],
    contacts: ReadonlyMap<string, InterestView['contacts']>,
  ): Promise<InterestView[]> {
    const [known, cards] = await Promise.all([
      needs.some(records.map(({ needId }) => needId)),
      smes.cards([...new Set(records.flatMap(({ smeIds }) => smeIds))]),
    ]);
    return records.flatMap((record) => {
      const need = known.get(record.needId);
      const companies = record.smeIds.flatMap((id) => cards.get(id) ?? []);
      if (!need || companies.length !== record.smeIds.length) return [];
      const side = sideOf(viewer, record);
      return presentInterest(record, need, companies, {
        myTurn: record.state === 'open' && side !== null && turnOf(record).includes(side),
        mayWithdraw: mayWithdraw(record, side),
        contacts: contacts.get(record._id) ?? null,
        ownSide: mayManageNeed(viewer, need),
      });
    });
  }

  async function present(viewer: Viewer, record: InterestRecord): Promise<InterestView> {
    const [shown] = await presentAll(viewer, [record], await contactsFor(viewer, [record]));
    if (!shown) throw notFound('interest');
    return shown;
  }

  /** Which sides still have to say yes to an interest that this reader begins. @throws HttpProblem 403 */
  function sidesAsked(viewer: Viewer, need: NeedRecord, smeIds: readonly string[]): string[] {
    if (viewer.role === 'sme') {
      if (viewer.smeId === null || !smeIds.includes(viewer.smeId))
        throw notAllowed('smeIds: you speak for your own company; name it, alone or with one partner.');
      return [...smeIds.filter((id) => id !== viewer.smeId), DEMAND];
    }
    if (!mayManageNeed(viewer, need))
      throw notAllowed(
        'Only the organisation that stated a need, staff, and companies may begin an interest.',
      );
    return [...smeIds];
  }

  /** Refuses companies that are not there, and two that may not form a consortium of the call in force. */
  async function checkCompanies(smeIds: readonly string[]): Promise<void> {
    const profiles = await deps.profiles(smeIds);
    const missing = smeIds.findIndex((id) => !profiles.some((profile) => profile.id === id));
    if (missing >= 0)
      throw invalidField(
        `smeIds.${missing}`,
        `there is no SME '${smeIds[missing] ?? ''}'; see GET /api/v1/smes`,
      );
    const [a, b] = profiles;
    if (!a || !b) return;
    const reasons = refusals(a, b, await deps.call());
    if (reasons.length === 0) return;
    const why = reasons.map(({ sentence }) => sentence).join(' ');
    throw conflict('not-eligible', `These two cannot form a consortium of this call. ${why}`);
  }

  /** Ends interests without a reply of anybody; one that was answered in the same moment stays as it is answered. */
  async function endAll(
    records: readonly InterestRecord[],
    how: { actor: Actor; reason: string },
  ): Promise<void> {
    for (const before of records) {
      const after = await change(before, ended(before, 'lapsed', null, how.reason));
      if (!after) continue;
      await note(how.actor, 'lapse', before, after, how.reason);
      await tell(after);
    }
  }

  return {
    /** A page of the interests that the reader has a part in by their latest change; all of them for staff. */
    async list(viewer: Viewer, query: InterestListQuery): Promise<Page<InterestView>> {
      const filters: QueryFilter<InterestRecord>[] = [scopeOf(viewer)];
      if (query.state) filters.push({ state: query.state });
      if (query.needId) filters.push({ needId: query.needId });
      const page = await findPage(interests, { $and: filters }, BY_CHANGE[query.sort], query);
      return { ...page, items: await presentAll(viewer, page.items, new Map()) };
    },

    /** One interest, with the contacts where everybody agreed. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<InterestView> {
      return present(viewer, await findFor(viewer, id));
    },

    /**
     * A company says that it would answer a need, alone or with a partner; or the organisation asks one or two companies. The same
     * companies again get the interest that is there. @throws HttpProblem 400, 403, 404, 409
     */
    async begin(viewer: Viewer, needId: string, { smeIds, message }: NewInterest): Promise<InterestView> {
      const need = await needs.findFor(viewer, needId);
      if (need.state !== 'published')
        throw conflict('not-published', `This need is ${need.state}; only a published one can be answered.`);
      const sorted = smeIds.toSorted();
      const waitsFor = sidesAsked(viewer, need, sorted);
      await checkCompanies(sorted);
      const now = clock();
      const bySme = viewer.role === 'sme';
      const record: InterestRecord = {
        _id: newId(),
        needId,
        ownerId: need.ownerId,
        smeIds: sorted,
        startedBy: bySme ? 'sme' : 'demand',
        starterSmeId: bySme ? viewer.smeId : null,
        waitsFor,
        shown: !bySme || waitsFor.every((side) => side === DEMAND),
        state: 'open',
        version: 1,
        message,
        endedBy: null,
        reason: '',
        openKey: keyOf(needId, sorted),
        createdAt: now,
        updatedAt: now,
      };
      try {
        await interests.insertMany([record]);
      } catch (error) {
        if (!isDuplicateKey(error)) throw error;
        const open = await interests.findOne({ openKey: record.openKey }).lean<InterestRecord>().exec();
        if (!open) throw error;
        if (!mayReadInterest(viewer, open))
          throw conflict(
            'already-proposed',
            'These companies are agreeing among themselves to answer this need.',
          );
        return present(viewer, open);
      }
      await note(viewer, 'begin', null, record);
      await tell(record);
      return present(viewer, record);
    },

    /** One side says yes or no, or takes its own interest back. @throws HttpProblem 403, 404, 409, 412 */
    async reply(
      viewer: Viewer,
      id: string,
      { reply, version, reason }: InterestReply,
    ): Promise<InterestView> {
      const before = await findFor(viewer, id);
      const side = sideOf(viewer, before);
      if (side === null)
        throw notAllowed('Only the companies and the organisation themselves can answer this.');
      const outcome = afterReply(before, side, { reply, reason });
      if (!outcome.ok) throw conflict(outcome.code, outcome.why);
      const after = await change({ ...before, version }, outcome.change);
      if (!after) throw staleVersion('interest');
      await note(viewer, reply, before, after, reason);
      await tell(after);
      return present(viewer, after);
    },

    /** Interests that wait for the organisation, and all that are open or accepted and that it may see, by need. */
    async counts(needIds: readonly string[]): Promise<ReadonlyMap<string, { waiting: number; all: number }>> {
      const found = await interests
        .find({ needId: trusted({ $in: [...needIds] }), shown: true }, { needId: 1, state: 1, waitsFor: 1 })
        .lean<Pick<InterestRecord, 'needId' | 'state' | 'waitsFor'>[]>()
        .exec();
      const counts = new Map<string, { waiting: number; all: number }>();
      for (const { needId, state, waitsFor } of found) {
        if (state !== 'open' && state !== 'accepted') continue;
        const { waiting, all } = counts.get(needId) ?? { waiting: 0, all: 0 };
        const mine = state === 'open' && turnOf({ waitsFor }).includes(DEMAND);
        counts.set(needId, { waiting: waiting + (mine ? 1 : 0), all: all + 1 });
      }
      return counts;
    },

    /** A need was closed or withdrawn: what is still open in it lapses, and the companies hear of it. */
    async needEnded({ _id, state }: Pick<NeedRecord, '_id' | 'state'>): Promise<void> {
      const open = await interests.find({ needId: _id, state: 'open' }).lean<InterestRecord[]>().exec();
      await endAll(open, { actor: 'system', reason: `The need was ${state}.` });
    },

    /** An SME is erased: its interests are removed; a partner hears that an open one lapsed. */
    async erase(smeId: string): Promise<number> {
      const all = await interests.find({ smeIds: smeId }).lean<InterestRecord[]>().exec();
      await endAll(
        all.filter(({ state }) => state === 'open'),
        { actor: 'system', reason: 'A company withdrew.' },
      );
      for (const { _id } of all) {
        const gone = await interests.findOneAndDelete({ _id }).lean<InterestRecord>().exec();
        if (gone) await note('system', 'erase', gone, null);
      }
      return all.length;
    },
  };
}

function scopeOf(viewer: Viewer): QueryFilter<InterestRecord> {
  if (viewer.role === 'staff') return {};
  if (viewer.role === 'sme' && viewer.smeId !== null) return { smeIds: viewer.smeId };
  if (viewer.role === 'demand') return { ownerId: viewer.id, shown: true };
  throw notAllowed('Interests are for companies, the demand side and staff.');
}
