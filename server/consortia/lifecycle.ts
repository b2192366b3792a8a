import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { Audit, AuditEntry } from '../audit/audit.ts';
import { conflict, HttpProblem, staleVersion } from '../http/errors.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { consortiumState } from './audited.ts';
import type { Claims } from './claims.ts';
import { consortiumModel, type ConsortiumRecord } from './model.ts';
import { consortiumDetailsSchema, type ConsortiumDetails } from './schema.ts';

export interface LifecycleDeps {
  readonly connection: Connection;
  readonly claims: Claims;
  /** The call in force, which a new consortium is for. */
  readonly inForce: () => Promise<{ readonly id: string; readonly rulesVersion: number }>;
  readonly clock: () => Date;
  readonly log: Logger;
  readonly audit: Audit;
  readonly clusterOf: (smeId: string) => Promise<string | null>;
  /** Tells everybody concerned how a consortium stands now. The same key a second time must do nothing. */
  readonly tell: (record: ConsortiumRecord, key: string) => Promise<void>;
  /** Hears that these SMEs were taken by a consortium, or are free again. */
  readonly takenChanged: (smeIds: readonly string[]) => void;
}

/** Who takes a step; 'system' where it follows from what both sides said, or finishes what a crash cut short. */
type Actor = AuditEntry['actor'];

/** What is done to a consortium, as the audit log calls it. */
type Step = 'propose' | 'change' | 'confirm' | 'form' | 'close';

const NO_DETAILS: ConsortiumDetails = consortiumDetailsSchema.parse({});

const openKeyOf = (callId: string, one: string, other: string): string =>
  one < other ? `${callId}:${one}:${other}` : `${callId}:${other}:${one}`;

/** A consortium that is not over: proposed or formed. */
export const isOpen = ({ state }: ConsortiumRecord): boolean => state === 'proposed' || state === 'formed';

/*
 * From proposed to formed, and what may come instead. Each step is one conditional write; forming takes two, the register first, and is
 * finished at the next start where a crash came between.
 */
export function createLifecycle(deps: LifecycleDeps) {
  const { clock, claims, log } = deps;
  const consortia = consortiumModel(deps.connection);

  const read = (id: string): Promise<ConsortiumRecord | null> =>
    consortia.findById(id).lean<ConsortiumRecord>().exec();

  async function note(
    actor: Actor,
    step: Step,
    { before, after }: { before: ConsortiumRecord | null; after: ConsortiumRecord },
  ): Promise<void> {
    await deps.audit.record({
      actor,
      action: `consortium.${step}`,
      thing: { kind: 'consortium', id: after._id },
      before: before && consortiumState(before),
      after: consortiumState(after),
    });
  }

  /** One conditional write: the consortium, still in this state and version, with these changes; null: it is another one by now. */
  async function change(
    record: ConsortiumRecord,
    fields: Partial<ConsortiumRecord>,
    by: { actor: Actor; step: Step },
  ): Promise<ConsortiumRecord | null> {
    const set = { ...fields, updatedAt: clock(), untold: true };
    const before = await consortia
      .findOneAndUpdate(
        { _id: record._id, state: record.state, version: record.version },
        { $set: set, $inc: { revision: 1 } },
      )
      .lean<ConsortiumRecord>()
      .exec();
    if (!before) return null;
    const { revision = 1 } = before;
    const after = { ...before, ...set, revision: revision + 1 };
    await note(by.actor, by.step, { before, after });
    return after;
  }

  /** Tells everybody concerned; the mark that they do not know yet goes once the news are in the streams of the accounts. */
  async function announce(record: ConsortiumRecord): Promise<void> {
    const { _id, state, version, confirmedA, confirmedB } = record;
    await deps.tell(record, `consortium:${_id}:${version}:${state}:${confirmedA ?? ''}:${confirmedB ?? ''}`);
    await consortia
      .updateOne({ _id, state, version, confirmedA, confirmedB }, { $set: { untold: false } })
      .exec();
  }

  /** Both have confirmed: takes the two SMEs, then says so. Safe to repeat after a crash at any point. */
  async function form(record: ConsortiumRecord, actor: Actor): Promise<ConsortiumRecord> {
    const pair = [record.a, record.b] as const;
    if (!(await claims.take(record.callId, record._id, pair))) {
      throw conflict(
        'already-in-consortium',
        'One of the two companies is in another consortium of this call by now. The consortium was not formed.',
      );
    }
    const formed = await change(record, { state: 'formed', formedAt: clock() }, { actor, step: 'form' });
    if (!formed) {
      const now = await read(record._id);
      if (now?.state === 'formed') return now;
      // Withdrawn or changed in the same moment: then nothing was formed.
      await claims.release(record.callId, record._id, pair);
      throw staleVersion('consortium');
    }
    deps.takenChanged(pair);
    return formed;
  }

  /** Proposes a consortium of two SMEs; the open one of the two, where there is one. */
  async function propose(
    pair: readonly [string, string],
    eventId: string | null,
    actor: Actor,
  ): Promise<ConsortiumRecord> {
    const [a, b] = pair[0] < pair[1] ? pair : [pair[1], pair[0]];
    const { id: callId, rulesVersion } = await deps.inForce();
    const openKey = openKeyOf(callId, a, b);
    const clusters = await Promise.all([deps.clusterOf(a), deps.clusterOf(b)]);
    const now = clock();
    const record: ConsortiumRecord = {
      _id: newId(),
      callId,
      rulesVersion,
      eventId,
      a,
      b,
      smeIds: [a, b],
      clusterIds: [...new Set(clusters.filter((id) => id !== null))],
      state: 'proposed',
      openKey,
      details: NO_DETAILS,
      version: 1,
      revision: 1,
      confirmedA: null,
      confirmedB: null,
      reason: '',
      createdAt: now,
      updatedAt: now,
      formedAt: null,
      untold: true,
    };
    try {
      await consortia.insertMany([record]);
    } catch (error) {
      if (!isDuplicateKey(error)) throw error;
      const open = await consortia.findOne({ openKey }).lean<ConsortiumRecord>().exec();
      if (!open) throw error;
      return open;
    }
    await note(actor, 'propose', { before: null, after: record });
    await announce(record);
    return record;
  }

  /** Ends an open consortium: first its state, then the two are free; the register is put right at the next start if a crash comes between. */
  async function close(record: ConsortiumRecord, reason: string, actor: Actor): Promise<ConsortiumRecord> {
    const state = record.state === 'formed' ? 'dissolved' : 'withdrawn';
    const closed = await change(record, { state, reason, openKey: record._id }, { actor, step: 'close' });
    if (!closed) throw staleVersion('consortium');
    if (record.state === 'formed') {
      await claims.release(record.callId, record._id, [record.a, record.b]);
      deps.takenChanged([record.a, record.b]);
    }
    await announce(closed);
    return closed;
  }

  /** Finishes or gives back what holds two SMEs without being formed. */
  async function settle(id: string): Promise<void> {
    const record = await read(id);
    if (record === null || record.state === 'formed') return;
    if (record.state === 'proposed' && bothConfirmed(record)) await announce(await form(record, 'system'));
    else await claims.release(record.callId, id, [record.a, record.b]);
    log.warn({ consortiumId: id }, 'a consortium that was cut short was put right');
  }

  return {
    read,
    change,
    propose,
    close,
    form,
    announce,
    bothConfirmed,

    /** Ends the open consortia of an SME that is withdrawn. */
    async erase(smeId: string): Promise<void> {
      const found = await consortia.find({ smeIds: smeId }).lean<ConsortiumRecord[]>().exec();
      for (const record of found.filter(isOpen))
        await close(record, 'One of the two companies withdrew.', 'system');
    },

    /** At the start: finishes what a crash cut short between the register and the state of a consortium, and tells what was not told. */
    async reconcile(): Promise<void> {
      for (const id of await claims.holders()) await settle(id);
      const open = await consortia.find({ state: 'proposed' }).lean<ConsortiumRecord[]>().exec();
      for (const record of open.filter(bothConfirmed)) {
        try {
          await announce(await form(record, 'system'));
        } catch (error) {
          // Somebody else holds one of the two by now: both sides see it and decide.
          if (!(error instanceof HttpProblem)) throw error;
        }
      }
      for (const record of await consortia.find({ untold: true }).lean<ConsortiumRecord[]>().exec()) {
        await announce(record);
      }
    },
  };
}

const bothConfirmed = ({ confirmedA, confirmedB, version }: ConsortiumRecord): boolean =>
  confirmedA === version && confirmedB === version;
