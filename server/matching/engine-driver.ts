import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SmeId } from '../../matching/types.ts';
import type { Progress } from '../live/protocol.ts';
import type { ListChanges } from './matcher.ts';
import type { Recomputed } from './messages.ts';
import type { LoadedProfile, ProfileSource } from './source.ts';
import type { WorkerClient } from './worker-client.ts';

export interface EngineListeners {
  /** Takes changed lists; the next ones wait until the promise resolves. */
  readonly deliver: (changes: ListChanges) => Promise<void>;
  /** Hears that the index is another one from now on, before any of its lists is delivered. */
  readonly indexChanged: () => void;
}

/** Length of each suggestion list. */
export const LIST_LENGTH = 10;

/**
 * Brings one worker's index in line with the database: whole, by profiles, by weights, or by the call. Remembers which version of each
 * profile and which rules the index holds. One call at a time; the caller sees to that.
 */
export class EngineDriver {
  weightsVersion = 0;
  size = 0;
  lastRefreshMs: number | null = null;
  readonly client: WorkerClient;
  readonly #source: ProfileSource;
  readonly #listeners: EngineListeners;
  #stamps = new Map<SmeId, string>();
  /** The rules that the index works by, with who is taken. */
  #rules = '';

  constructor(client: WorkerClient, source: ProfileSource, listeners: EngineListeners) {
    this.client = client;
    this.#source = source;
    this.#listeners = listeners;
  }

  /** Reads everything into a new index, which replaces the standing one when its lists are ready; delivers all lists. */
  async rebuild(onProgress: (progress: Progress) => void): Promise<void> {
    const [taxonomy, call, weights] = await Promise.all([
      this.#source.taxonomy(),
      this.#source.call(),
      this.#source.weights(),
    ]);
    await this.client.call('open', { taxonomy, call, weights: weights.values, listLength: LIST_LENGTH });
    const stamps = await this.#fill((done) => {
      onProgress({ task: 'rebuild', label: 'Reading profiles', done, total: 0 });
    });
    this.weightsVersion = weights.version;
    await this.client.callForLists(
      'finish',
      null,
      (changed) =>
        this.#listeners.deliver({
          cause: 'rebuild',
          changed,
          removed: [],
          weightsVersion: weights.version,
          continues: true,
        }),
      {
        onAnswer: (recomputed) => {
          this.#note(recomputed);
        },
        onProgress: (done, total) => {
          onProgress({ task: 'rebuild', label: 'Computing suggestions', done, total });
        },
      },
    );
    this.#stamps = stamps;
    this.#rules = JSON.stringify(call);
    const pool = new Set(stamps.keys());
    await this.#listeners.deliver({
      cause: 'rebuild',
      changed: [],
      removed: [],
      weightsVersion: weights.version,
      continues: false,
      pool,
    });
  }

  /** Reads these profiles anew and recomputes; delivers the lists that changed. */
  async refreshProfiles(ids: ReadonlySet<SmeId>, cause: ListChanges['cause']): Promise<void> {
    const [loaded, call] = await Promise.all([this.#source.some([...ids]), this.#source.call()]);
    const found = new Set(loaded.map(({ profile }) => profile.id));
    const gone = [...ids].filter((id) => !found.has(id));
    const upsert = loaded.map(({ profile }) => profile);
    await this.#change({ upsert, remove: gone, weights: null, call }, cause, [...ids]);
    this.#rules = JSON.stringify(call);
    for (const { profile, stamp } of loaded) this.#stamps.set(profile.id, stamp);
    for (const id of gone) this.#stamps.delete(id);
  }

  /** Takes the weights that stand in the database, if they are not the ones in use. */
  async refreshWeights(): Promise<void> {
    const { version, values } = await this.#source.weights();
    if (version === this.weightsVersion) return;
    this.weightsVersion = version;
    await this.#change({ upsert: [], remove: [], weights: values, call: null }, 'weights');
  }

  /** Takes the call in force as the database has it, if it is not the one in use: its rules, and who is taken. */
  async refreshCall(): Promise<void> {
    const call = await this.#source.call();
    const rules = JSON.stringify(call);
    if (rules === this.#rules) return;
    this.#rules = rules;
    await this.#change({ upsert: [], remove: [], weights: null, call }, 'call');
  }

  /** What the database holds that the index does not: written by another process. */
  async behindBy(since: Date): Promise<{ profiles: SmeId[]; weights: boolean; call: boolean }> {
    const [stamps, weights, call] = await Promise.all([
      this.#source.stampsSince(since),
      this.#source.weights(),
      this.#source.call(),
    ]);
    return {
      profiles: stamps.filter(({ id, stamp }) => this.#stamps.get(id) !== stamp).map(({ id }) => id),
      weights: weights.version !== this.weightsVersion,
      call: JSON.stringify(call) !== this.#rules,
    };
  }

  async #fill(onBatch: (done: number) => void): Promise<Map<SmeId, string>> {
    const stamps = new Map<SmeId, string>();
    const add = async (batch: readonly LoadedProfile[]): Promise<void> => {
      for (const { profile, stamp } of batch) stamps.set(profile.id, stamp);
      await this.client.call('fill', { profiles: batch.map(({ profile }) => profile) });
      onBatch(stamps.size);
      await nextTurn();
    };
    for await (const batch of this.#source.all()) await add(batch);
    return stamps;
  }

  async #change(
    ask: Parameters<typeof this.client.call<'change'>>[1],
    cause: ListChanges['cause'],
    about: readonly SmeId[] = [],
  ): Promise<void> {
    const weightsVersion = this.weightsVersion;
    let isAnyRemoved = false;
    const { removed } = await this.client.callForLists(
      'change',
      ask,
      (changed, isLast) =>
        this.#listeners.deliver({
          cause,
          about,
          changed,
          removed: [],
          weightsVersion,
          continues: !isLast || isAnyRemoved,
        }),
      {
        onAnswer: (recomputed) => {
          isAnyRemoved = recomputed.removed.length > 0;
          this.#note(recomputed);
        },
      },
    );
    if (removed.length > 0) {
      await this.#listeners.deliver({ cause, about, changed: [], removed, weightsVersion, continues: false });
    }
  }

  #note({ size, tookMs }: Recomputed): void {
    this.size = size;
    this.lastRefreshMs = Math.round(tookMs);
    this.#listeners.indexChanged();
  }
}
