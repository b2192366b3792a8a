import { trusted, type Connection } from 'mongoose';
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

/** Versions of rules kept in memory. They never change, so that they are never old. */
const KEPT = 100;

const keyOf = (callId: string, version: number): string => `${callId}/${version}`;
const byCall = (rules: readonly CallRulesRecord[]): ReadonlyMap<string, CallRulesRecord> =>
  new Map(rules.map((one) => [one.callId, one]));

/** Reads calls. What counts is looked up each time, so that no process goes on with what another one changed; only rules are kept. */
export class CallStore {
  readonly calls;
  readonly rules;
  readonly choices;
  readonly #kept = new Map<string, CallRulesRecord>();

  constructor(connection: Connection) {
    this.calls = callModel(connection);
    this.rules = callRulesModel(connection);
    this.choices = callChoiceModel(connection);
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
    const found = await this.rules
      .findOne({ callId }, { version: 1 })
      .sort({ version: -1 })
      .lean<Pick<CallRulesRecord, 'version'>>()
      .exec();
    return found?.version ?? 0;
  }

  /** Newest rules of several calls, by call: two queries at most, however many there are. */
  async newestOf(callIds: readonly string[]): Promise<ReadonlyMap<string, CallRulesRecord>> {
    // Versions are numbered without a gap: there are as many as the newest one's number.
    const newest = await this.rules
      .aggregate<{ _id: string; n: number }>([
        { $match: { callId: { $in: [...callIds] } } },
        { $group: { _id: '$callId', n: { $sum: 1 } } },
      ])
      .exec();
    const kept = newest.flatMap(({ _id, n }) => this.#kept.get(keyOf(_id, n)) ?? []);
    const others = newest.filter(({ _id, n }) => !this.#kept.has(keyOf(_id, n)));
    if (others.length === 0) return byCall(kept);
    const found = await this.rules
      .find({ $or: others.map(({ _id, n }) => ({ callId: _id, version: n })) })
      .lean<CallRulesRecord[]>()
      .exec();
    for (const one of found) this.#keep(one);
    return byCall([...kept, ...found]);
  }

  /** The newest choice of the call in force; null before the first start. */
  choice(): Promise<CallChoiceRecord | null> {
    return this.choices.findOne().sort({ version: -1 }).lean<CallChoiceRecord>().exec();
  }

  async now(callId: string, version?: number): Promise<CallNow | null> {
    const [call, published] = await Promise.all([this.find(callId), this.rulesOf(callId, version)]);
    if (!call || !published) return null;
    return { id: callId, ...published.rules, rulesVersion: published.version, state: call.state };
  }

  /** Calls by id as `now` tells them; ids without a call are left out. */
  async some(ids: readonly string[]): Promise<ReadonlyMap<string, CallNow>> {
    const wanted = [...new Set(ids)];
    const [found, rules] = await Promise.all([
      this.calls
        .find({ _id: trusted({ $in: wanted }) })
        .lean<CallRecord[]>()
        .exec(),
      this.newestOf(wanted),
    ]);
    return new Map(
      found.flatMap(({ _id, state }) => {
        const published = rules.get(_id);
        return published
          ? [[_id, { id: _id, ...published.rules, rulesVersion: published.version, state }] as const]
          : [];
      }),
    );
  }

  #keep(record: CallRulesRecord): void {
    this.#kept.set(keyOf(record.callId, record.version), record);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > KEPT && oldest !== undefined) this.#kept.delete(oldest);
  }
}
