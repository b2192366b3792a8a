import type { Model } from './model.ts';
import { changedPool } from './pool.ts';
import { prepare, type Prepared } from './prepare.ts';
import { searchAll, searchChanged, type Snapshot } from './refresh.ts';
import type { Helpers } from './search/together.ts';
import { mapped, type Progress } from './steps.ts';
import type { Taxonomy } from './taxonomy.ts';
import { Vocabulary } from './text/vocabulary.ts';
import type { Profile, SmeId } from './types.ts';

/** Reads what was noted of profiles, each text once, and goes from one snapshot to the next. */
export class Reader {
  readonly vocabulary = new Vocabulary();
  readonly #taxonomy: Taxonomy;
  readonly #helpers: Helpers | null;
  /** Texts are read once per profile, even where a refresh is given up. */
  readonly #read = new WeakMap<Profile, Prepared>();

  constructor(taxonomy: Taxonomy, helpers: Helpers | null) {
    this.#taxonomy = taxonomy;
    this.#helpers = helpers;
  }

  /** The snapshot after one, with new or changed profiles (null: taken out) and under a model that may be another. */
  *advance(
    before: Snapshot,
    batch: ReadonlyMap<SmeId, Profile | null>,
    model: Model,
  ): Generator<Progress, Snapshot, void> {
    const { positions, features } = before.pool;
    const edited = new Map<number, Prepared>();
    const added: Prepared[] = [];
    const removed = new Set<number>();
    let done = 0;
    const total = batch.size + features.length;
    for (const [id, profile] of batch) {
      const position = positions.get(id);
      if (profile === null) {
        if (position !== undefined) removed.add(position);
        continue;
      }
      if (position === undefined) added.push(this.#prepare(profile, undefined));
      else edited.set(position, this.#prepare(profile, features[position].prepared));
      done += 1;
      yield { done, total };
    }
    const shift = (progress: Progress): Progress => ({
      done: done + progress.done,
      total: done + progress.total,
    });
    const reading = changedPool({ edited, added, removed }, model, this.vocabulary.size, before);
    const pool = yield* mapped(reading, () => shift({ done: 0, total: total - done }));
    const search = before.model.shares === model.shares ? searchChanged : searchAll;
    return yield* mapped(search(before, pool, model, this.#helpers), shift);
  }

  #prepare(profile: Profile, before: Prepared | undefined): Prepared {
    const known = this.#read.get(profile);
    if (known) return known;
    const prepared = prepare(profile, this.#taxonomy, this.vocabulary, before);
    this.#read.set(profile, prepared);
    return prepared;
  }
}
