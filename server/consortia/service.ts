import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { Logger } from 'pino';
import type { Call, Profile } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { askedTogether } from '../asked-together.ts';
import type { Audit } from '../audit/audit.ts';
import { toEngineCall } from '../calls/calls.ts';
import type { CallService } from '../calls/service.ts';
import type { CallNow } from '../calls/store.ts';
import { conflict, HttpProblem, invalidField, notAllowed, notFound, staleVersion } from '../http/errors.ts';
import { askAlong } from '../storage/ask-along.ts';
import { findPage } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import type { OutcomeService } from '../outcomes/service.ts';
import { restOfTask } from '../rest-of-task.ts';
import type { SmeService } from '../smes/service.ts';
import { callBlockers, pairBlockers, type Side } from './blockers.ts';
import { createClaims } from './claims.ts';
import { createLifecycle, isOpen } from './lifecycle.ts';
import { consortiumModel, type ConsortiumRecord } from './model.ts';
import { BY_CREATION } from './order.ts';
import { mayChangeConsortium, mayLeaveConsortium, mayReadConsortium } from './policy.ts';
import { presentConsortium } from './present.ts';
import type { ConsortiumDetails, ConsortiumQuery, ConsortiumView } from './schema.ts';

export interface ConsortiumServiceDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly calls: Pick<CallService, 'inForce' | 'find' | 'some'>;
  readonly smes: Pick<SmeService, 'cards' | 'owner' | 'blockersUnder' | 'contact'>;
  /** Profiles as the engine reads them; an SME that is gone is left out. */
  readonly profiles: (ids: readonly string[]) => Promise<readonly Profile[]>;
  readonly outcomes: Pick<OutcomeService, 'of'>;
  readonly live: Pick<Live, 'notify'>;
  readonly accountsOf: (
    whose: { smeId: string } | { clusterId: string } | { role: 'staff' },
  ) => Promise<string[]>;
  /** Hears that these SMEs were taken by a consortium, or are free again. */
  readonly takenChanged: (smeIds: readonly string[]) => void;
}

export type ConsortiumService = ReturnType<typeof createConsortiumService>;

/** Consortia: proposed, agreed on by both sides, and formed in one write. */
export function createConsortiumService(deps: ConsortiumServiceDeps) {
  const { calls, smes } = deps;
  const consortia = consortiumModel(deps.connection);
  const claims = createClaims(deps.connection);
  const lifecycle = createLifecycle({
    connection: deps.connection,
    claims,
    inForce: () => calls.inForce(),
    clock: deps.clock,
    log: deps.log,
    audit: deps.audit,
    clusterOf: async (smeId) => (await smes.owner(smeId))?.clusterId ?? null,
    tell,
    takenChanged: deps.takenChanged,
  });
  const { change, propose, form, close, announce, bothConfirmed } = lifecycle;

  /** What `of` answers, for all SMEs that are asked about in one task along with the question for the call. */
  const openOf = askedTogether(async (smeIds: readonly string[]) => {
    const [call, found] = await Promise.all([
      calls.inForce(),
      askAlong<ConsortiumRecord>(deps.connection, {
        collection: consortia.collection.collectionName,
        pipeline: [{ $match: { smeIds: { $in: [...smeIds] } } }],
      }),
    ]);
    const open = found.filter((one) => one.callId === call.id && isOpen(one));
    return smeIds.map((smeId): ReadonlyMap<string, string> => {
      const own = open.filter((one) => one.smeIds.includes(smeId));
      return new Map(own.map(({ _id, a, b }) => [a === smeId ? b : a, _id]));
    });
  }, restOfTask);

  async function find(id: string): Promise<ConsortiumRecord> {
    const record = await lifecycle.read(id);
    if (!record) throw notFound('consortium');
    return record;
  }

  async function callOf({ callId }: ConsortiumRecord): Promise<CallNow> {
    const call = await calls.find(callId);
    if (!call) throw notFound('call');
    return call;
  }

  async function findFor(viewer: Viewer, id: string): Promise<ConsortiumRecord> {
    const record = await find(id);
    // Who has no part in it does not learn that it is there.
    if (!mayReadConsortium(viewer, record)) throw notFound('consortium');
    return record;
  }

  async function findToChange(viewer: Viewer, id: string): Promise<ConsortiumRecord> {
    const record = await findFor(viewer, id);
    if (!mayChangeConsortium(viewer, record)) {
      throw notAllowed('Only the two SMEs and staff may change a consortium.');
    }
    return record;
  }

  async function blockersUnder(
    call: CallNow,
    open: readonly ConsortiumRecord[],
  ): Promise<ReadonlyMap<string, string[]>> {
    const ids = open.flatMap(({ smeIds }) => smeIds);
    const [profiles, taken] = await Promise.all([deps.profiles(ids), claims.taken(call.id)]);
    const sides = new Map<string, Side>(
      profiles.map((profile) => [profile.id, { profile, blockers: smes.blockersUnder(profile, call) }]),
    );
    const rules = toEngineCall(call, [...taken.keys()]);
    const ofCall = callBlockers(call);
    return new Map(open.map((record) => [record._id, [...ofCall, ...inTheWay(record, sides, rules)]]));
  }

  /** What keeps each proposed consortium from being formed as things stand, by id; the others have nothing in their way. */
  async function blockersOf(records: readonly ConsortiumRecord[]): Promise<ReadonlyMap<string, string[]>> {
    const open = records.filter(({ state }) => state === 'proposed');
    if (open.length === 0) return new Map();
    const known = await calls.some(open.map(({ callId }) => callId));
    const found = new Map<string, string[]>();
    // Of one call, as a rule: each has rules of its own.
    for (const call of known.values()) {
      const ofCall = open.filter(({ callId }) => callId === call.id);
      for (const [id, blockers] of await blockersUnder(call, ofCall)) found.set(id, blockers);
    }
    return found;
  }

  /** The other side's contact, for the two of a formed consortium and nobody else. */
  async function contactFor(viewer: Viewer, record: ConsortiumRecord): Promise<ConsortiumView['contact']> {
    if (record.state !== 'formed' || viewer.role !== 'sme') return null;
    return smes.contact(viewer.smeId === record.a ? record.b : record.a);
  }

  /** Those of which both SMEs are still there; the contact, the outcome and whether it may be left are told on its own page only. */
  async function presentAll(records: readonly ConsortiumRecord[]): Promise<ConsortiumView[]> {
    const [cards, blockers] = await Promise.all([
      smes.cards(records.flatMap(({ smeIds }) => smeIds)),
      blockersOf(records),
    ]);
    return records.flatMap((record) => {
      const [a, b] = [cards.get(record.a), cards.get(record.b)];
      if (!a || !b) return [];
      return presentConsortium(
        record,
        { a, b },
        { blockers: blockers.get(record._id) ?? [], contact: null, outcome: null, mayLeave: false },
      );
    });
  }

  async function present(viewer: Viewer, record: ConsortiumRecord): Promise<ConsortiumView> {
    const [shown] = await presentAll([record]);
    if (!shown) throw notFound('consortium');
    const [contact, outcome] = await Promise.all([contactFor(viewer, record), outcomeOf(viewer, record)]);
    const mayLeave = isOpen(record) && mayLeaveConsortium(viewer, record, outcome);
    return { ...shown, contact, outcome, mayLeave };
  }

  const outcomeOf = (viewer: Viewer, { _id, smeIds }: ConsortiumRecord) =>
    deps.outcomes.of(viewer, { id: _id, smeIds });

  return {
    /** A page of consortia, newest first: of one's own, of one's members, or all for staff. */
    async list(viewer: Viewer, query: ConsortiumQuery): Promise<Page<ConsortiumView>> {
      const { state, smeId, clusterId, eventId } = query;
      const filters: QueryFilter<ConsortiumRecord>[] = [scopeOf(viewer)];
      if (state) filters.push({ state });
      if (smeId) filters.push({ smeIds: smeId });
      if (clusterId) filters.push({ clusterIds: clusterId });
      if (eventId) filters.push({ eventId });
      const page = await findPage(consortia, { $and: filters }, BY_CREATION[query.sort], query);
      return { ...page, items: await presentAll(page.items) };
    },

    /** One consortium. @throws HttpProblem 404 */
    async get(viewer: Viewer, id: string): Promise<ConsortiumView> {
      return present(viewer, await findFor(viewer, id));
    },

    /** Staff enter a consortium of two SMEs that found each other elsewhere. @throws HttpProblem 400 */
    async enter(viewer: Viewer, a: string, b: string): Promise<ConsortiumView> {
      if (a === b) throw invalidField('b', 'must be another SME than a');
      const known = await smes.cards([a, b]);
      for (const [field, id] of Object.entries({ a, b })) {
        if (!known.has(id)) throw invalidField(field, `there is no SME '${id}'; see GET /api/v1/smes`);
      }
      return present(viewer, await propose([a, b], null, viewer));
    },

    /** Two SMEs said 'we want this' at an event; answers with the id of their consortium. Safe to repeat. */
    async onBothWant(eventId: string, a: string, b: string): Promise<string> {
      return (await propose([a, b], eventId, 'system'))._id;
    },

    /** Of these pairs, those that said so and got no consortium, as a crash came between, get theirs. */
    async makeUpFor(pairs: readonly { eventId: string; a: string; b: string }[]): Promise<void> {
      const eventIds = [...new Set(pairs.map(({ eventId }) => eventId))];
      const known = await consortia
        .find({ eventId: trusted({ $in: eventIds }) }, { eventId: 1, a: 1, b: 1 })
        .lean<ConsortiumRecord[]>()
        .exec();
      const had = new Set(known.map(({ eventId, a, b }) => `${eventId ?? ''} ${a} ${b}`));
      const cutOff = pairs.filter(({ eventId, a, b }) => !had.has(`${eventId} ${a} ${b}`));
      for (const { eventId, a, b } of cutOff) await propose([a, b], eventId, 'system');
    },

    /** Consortia of an SME in the call in force that are proposed or formed, by partner. */
    of: (smeId: string): Promise<ReadonlyMap<string, string>> => openOf(smeId),

    /** Formed consortia that began at an event, newest first. */
    async formedAt(eventId: string): Promise<{ a: string; b: string; at: Date }[]> {
      const found = await consortia.find({ eventId, state: 'formed' }).lean<ConsortiumRecord[]>().exec();
      return found
        .map(({ a, b, formedAt, createdAt }) => ({ a, b, at: formedAt ?? createdAt }))
        .toSorted((one, other) => other.at.getTime() - one.at.getTime());
    },

    /** Changes what both are to agree on; earlier confirmations no longer count. @throws HttpProblem 400, 403, 404, 409, 412 */
    async update(
      viewer: Viewer,
      id: string,
      version: number,
      details: ConsortiumDetails,
    ): Promise<ConsortiumView> {
      const record = await findToChange(viewer, id);
      if (record.state !== 'proposed') {
        throw conflict(
          'not-open',
          `This consortium is ${record.state}; only a proposed one can still be changed.`,
        );
      }
      await checkDetails(record, details);
      const changed = await change(
        { ...record, version },
        { details, version: version + 1, confirmedA: null, confirmedB: null },
        { actor: viewer, step: 'change' },
      );
      if (!changed) throw staleVersion('consortium');
      await announce(changed);
      return present(viewer, changed);
    },

    /**
     * One side agrees to this version of the details; at the second one the consortium is formed. The hard rules are checked at both.
     * @throws HttpProblem 403, 404, 409 with what is in the way, 412 where the details changed since
     */
    async confirm(viewer: Viewer, id: string, version: number): Promise<ConsortiumView> {
      const record = await findToChange(viewer, id);
      if (viewer.role !== 'sme') throw notAllowed('Only the two SMEs themselves can confirm.');
      if (record.state === 'formed') return present(viewer, record);
      if (record.state !== 'proposed')
        throw conflict('not-open', `This consortium is ${record.state}; it can no longer be confirmed.`);
      if (record.version !== version) throw staleVersion('consortium');
      const blockers = (await blockersOf([record])).get(id) ?? [];
      if (blockers.length > 0) throw notReady(blockers);
      const side = viewer.smeId === record.a ? { confirmedA: version } : { confirmedB: version };
      const { rulesVersion } = await callOf(record);
      const confirmed = await change(record, { ...side, rulesVersion }, { actor: viewer, step: 'confirm' });
      if (!confirmed) throw staleVersion('consortium');
      const after = bothConfirmed(confirmed) ? await form(confirmed, viewer) : confirmed;
      await announce(after);
      return present(viewer, after);
    },

    /** Gives up a consortium: a proposed one is withdrawn, a formed one dissolved, and both SMEs are free again. @throws HttpProblem 403, 404, 409 */
    async leave(viewer: Viewer, id: string, reason: string): Promise<ConsortiumView> {
      const record = await findToChange(viewer, id);
      if (!isOpen(record)) throw conflict('not-open', `This consortium is ${record.state} already.`);
      if (!mayLeaveConsortium(viewer, record, await outcomeOf(viewer, record))) {
        throw conflict(
          'handed-in',
          'This consortium has been handed in to the submission platform. Ask the staff of the programme to give it up.',
        );
      }
      return present(viewer, await close(record, reason, viewer));
    },

    /** Ends the open consortia of an SME that is withdrawn. */
    erase: (smeId: string): Promise<void> => lifecycle.erase(smeId),

    /** At the start: finishes what a crash cut short. */
    reconcile: (): Promise<void> => lifecycle.reconcile(),

    /** SMEs that are in a consortium of a call, with its id. */
    holders: (callId: string): Promise<ReadonlyMap<string, string>> => claims.taken(callId),

    /** SMEs that are in a consortium of a call. */
    async taken(callId: string): Promise<string[]> {
      return [...(await claims.taken(callId)).keys()];
    },
  };

  /** Tells both sides, their clusters and staff. */
  async function tell(record: ConsortiumRecord, key: string): Promise<void> {
    const { _id, state, version, smeIds, clusterIds } = record;
    const people = await Promise.all([
      ...smeIds.map((smeId) => deps.accountsOf({ smeId })),
      ...clusterIds.map((clusterId) => deps.accountsOf({ clusterId })),
      deps.accountsOf({ role: 'staff' }),
    ]);
    await deps.live.notify(people.flat(), { kind: 'consortium', consortiumId: _id, state, version }, key);
  }

  /** Refuses details that name what is not there. */
  async function checkDetails(record: ConsortiumRecord, details: ConsortiumDetails): Promise<void> {
    const { instrumentId, leadSmeId } = details;
    const call = await callOf(record);
    if (instrumentId !== null && !call.instruments.some(({ id }) => id === instrumentId)) {
      const allowed = call.instruments.map(({ id }) => id).join(', ');
      throw invalidField('details.instrumentId', `must be an instrument of the call: ${allowed}`);
    }
    if (leadSmeId !== null && !record.smeIds.includes(leadSmeId)) {
      throw invalidField('details.leadSmeId', 'must be one of the two SMEs');
    }
    const profiles = new Map((await deps.profiles(record.smeIds)).map((one) => [one.id, one]));
    for (const [field, smeId] of [
      ['solutionA', record.a],
      ['solutionB', record.b],
    ] as const) {
      const wanted = details[field];
      if (wanted === null || profiles.get(smeId)?.solutions.some(({ id }) => id === wanted)) continue;
      throw invalidField(`details.${field}`, 'must be a solution of that SME');
    }
  }
}

function inTheWay(record: ConsortiumRecord, sides: ReadonlyMap<string, Side>, rules: Call): string[] {
  const [a, b] = [sides.get(record.a), sides.get(record.b)];
  if (!a || !b) return ['One of the two companies is no longer registered.'];
  return pairBlockers(a, b, record.details, rules);
}

function scopeOf(viewer: Viewer): QueryFilter<ConsortiumRecord> {
  if (viewer.role === 'staff') return {};
  if (viewer.role === 'sme' && viewer.smeId !== null) return { smeIds: viewer.smeId };
  if (viewer.role === 'cluster' && viewer.clusterId !== null) return { clusterIds: viewer.clusterId };
  throw notAllowed('Consortia are for SMEs, clusters and staff.');
}

const notReady = (blockers: readonly string[]): HttpProblem =>
  new HttpProblem({
    status: 409,
    code: 'not-ready',
    detail: `It cannot be confirmed yet. ${blockers.join(' ')}`,
    errors: blockers.map((message) => ({ field: 'consortium', message })),
  });
