import type { Connection } from 'mongoose';
import { askAlong } from '../storage/ask-along.ts';
import { sharedNext } from '../storage/shared-next.ts';
import type { OpenCall } from './calls.ts';
import {
  callChoiceModel,
  callModel,
  callRulesModel,
  type CallChoiceRecord,
  type CallRecord,
  type CallRulesRecord,
} from './model.ts';
import type { CallState } from './schema.ts';

/** A call as other features read it: its rules in one version, and how it stands. */
export type CallNow = OpenCall & { readonly rulesVersion: number; readonly state: CallState };

/** How all calls stand at one moment. */
interface Standing {
  /** The call in force; null before the first start. */
  readonly inForce: string | null;
  readonly states: ReadonlyMap<string, CallState>;
  /** The newest version of each call's rules. */
  readonly versions: ReadonlyMap<string, number>;
}

/** Versions of rules kept in memory. They never change, so that they are never old. */
const KEPT = 100;

const keyOf = (callId: string, version: number): string => `${callId}/${version}`;
const byCall = (rules: readonly CallRulesRecord[]): ReadonlyMap<string, CallRulesRecord> =>
  new Map(rules.map((one) => [one.callId, one]));

/**
 * Reads calls. How they stand is looked up each time, so that no process goes on with what another one changed: all of them with one question, as
 * a programme has a few, and they change a few times a year. Only rules are kept.
 */
export class CallStore {
  readonly calls;
  readonly rules;
  readonly choices;
  /** How all calls stand now. */
  readonly standing: () => Promise<Standing>;
  readonly #kept = new Map<string, CallRulesRecord>();

  constructor(connection: Connection) {
    this.calls = callModel(connection);
    this.rules = callRulesModel(connection);
    this.choices = callChoiceModel(connection);
    this.standing = sharedNext(() => this.#readStanding(connection));
  }

  find(id: string): Promise<CallRecord | null> {
    return this.calls.findById(id).lean<CallRecord>().exec();
  }

  /** One version of the rules of a call; the newest where none is named. Null where there is none. */
  async rulesOf(callId: string, version?: number): Promise<CallRulesRecord | null> {
    const wanted = version ?? (await this.newestVersion(callId));
    const known = this.#kept.get(keyOf(callId, wanted));
    if (known) return known;
    const found = await this.rules.findOne({ callId, version: wanted }).lean<CallRulesRecord>().exec();
    if (found) this.#keep(found);
    return found;
  }

  /** 0 where there are no rules. */
  async newestVersion(callId: string): Promise<number> {
    return (await this.standing()).versions.get(callId) ?? 0;
  }

  /** Newest rules of several calls, by call: two questions at most, however many there are. */
  async newestOf(callIds: readonly string[]): Promise<ReadonlyMap<string, CallRulesRecord>> {
    const { versions } = await this.standing();
    return this.#rulesIn(callIds, versions);
  }

  /** The newest choice of the call in force; null before the first start. */
  choice(): Promise<CallChoiceRecord | null> {
    return this.choices.findOne().sort({ version: -1 }).lean<CallChoiceRecord>().exec();
  }

  /** A call with its newest rules, or those of one version; null where there is none. */
  async now(callId: string, version?: number): Promise<CallNow | null> {
    return this.#nowOf(await this.standing(), callId, version);
  }

  /** The call in force; null before the first start. */
  async inForce(): Promise<CallNow | null> {
    const standing = await this.standing();
    return standing.inForce === null ? null : this.#nowOf(standing, standing.inForce);
  }

  /** Calls by id as `now` tells them, all where none is named; ids without a call are left out. */
  async some(ids?: readonly string[]): Promise<ReadonlyMap<string, CallNow>> {
    const { states, versions } = await this.standing();
    const rules = await this.#rulesIn(ids ?? [...states.keys()], versions);
    return new Map(
      [...rules].flatMap(([id, published]) => {
        const state = states.get(id);
        return state === undefined ? [] : [[id, callNow(state, published)] as const];
      }),
    );
  }

  async #nowOf(
    { states, versions }: Standing,
    callId: string,
    version = versions.get(callId),
  ): Promise<CallNow | null> {
    const state = states.get(callId);
    if (state === undefined || version === undefined) return null;
    const published = await this.rulesOf(callId, version);
    return published && callNow(state, published);
  }

  async #rulesIn(
    callIds: readonly string[],
    versions: Standing['versions'],
  ): Promise<ReadonlyMap<string, CallRulesRecord>> {
    const wanted = [...new Set(callIds)].flatMap((callId) => {
      const version = versions.get(callId);
      return version === undefined ? [] : [{ callId, version }];
    });
    const kept = wanted.flatMap(({ callId, version }) => this.#kept.get(keyOf(callId, version)) ?? []);
    const others = wanted.filter(({ callId, version }) => !this.#kept.has(keyOf(callId, version)));
    if (others.length === 0) return byCall(kept);
    const found = await this.rules.find({ $or: others }).lean<CallRulesRecord[]>().exec();
    for (const one of found) this.#keep(one);
    return byCall([...kept, ...found]);
  }

  async #readStanding(connection: Connection): Promise<Standing> {
    const [choices, calls, rules] = await Promise.all([
      askAlong<Pick<CallChoiceRecord, 'version' | 'callId'>>(connection, {
        collection: this.choices.collection.collectionName,
        pipeline: [{ $project: { version: 1, callId: 1 } }],
      }),
      askAlong<Pick<CallRecord, '_id' | 'state'>>(connection, {
        collection: this.calls.collection.collectionName,
        pipeline: [{ $project: { state: 1 } }],
      }),
      // Versions are numbered without a gap: there are as many as the newest one's number.
      askAlong<{ _id: string; n: number }>(connection, {
        collection: this.rules.collection.collectionName,
        pipeline: [{ $group: { _id: '$callId', n: { $sum: 1 } } }],
      }),
    ]);
    const newest = choices.reduce<Pick<CallChoiceRecord, 'version' | 'callId'> | null>(
      (best, one) => (best === null || one.version > best.version ? one : best),
      null,
    );
    return {
      inForce: newest?.callId ?? null,
      states: new Map(calls.map(({ _id, state }) => [_id, state])),
      versions: new Map(rules.map(({ _id, n }) => [_id, n])),
    };
  }

  #keep(record: CallRulesRecord): void {
    this.#kept.set(keyOf(record.callId, record.version), record);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}

const callNow = (state: CallState, { callId, version, rules }: CallRulesRecord): CallNow => ({
  id: callId,
  ...rules,
  rulesVersion: version,
  state,
});
