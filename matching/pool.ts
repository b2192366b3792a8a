import { reachTable, type ReachTable } from './factors/reach.ts';
import { featuresAfter, featuresOf, type Features, type Surroundings } from './features.ts';
import type { Model } from './model.ts';
import type { Prepared } from './prepare.ts';
import { Store } from './text/store.ts';
import {
  statisticsAfter,
  textStatistics,
  whereDiffering,
  type OfferChange,
  type TextStatistics,
} from './text/weighing.ts';
import type { Profile, SmeId } from './types.ts';

/** The SMEs of one refresh, sorted by id, with all that scoring reads of them. Never changed once it is made. */
export interface Pool {
  /** By position; the order of ids, so that 'lower position' breaks ties by id. */
  readonly features: readonly Features[];
  readonly positions: ReadonlyMap<SmeId, number>;
  readonly statistics: TextStatistics;
  readonly reach: ReachTable;
}

/** Compares ids by code units, the same on every machine. */
export const byId = (a: SmeId, b: SmeId): number => (a < b ? -1 : a > b ? 1 : 0);

/** A pool that is known already, with the model that it was read against. */
export interface Basis {
  readonly pool: Pool;
  readonly model: Model;
}

/** How many profiles are read between two pauses. */
const BLOCK = 64;

/**
 * Reads a set of prepared profiles as a pool; their order does not matter. What still holds of an earlier pool is taken from it, so
 * that the features of an SME that scores as before are the same object. A generator, so that the caller can pause it.
 */
export function* buildPool(
  prepared: Iterable<Prepared>,
  model: Model,
  vocabularySize: number,
  before?: Basis,
): Generator<undefined, Pool, void> {
  const sorted = inOrder([...prepared]);
  yield;
  const statistics = textStatistics(
    sorted.map(({ profile, offer }) => ({ id: profile.id, bag: offer })),
    vocabularySize,
    before?.pool.statistics,
  );
  yield;
  const { taken } = model.call;
  const reach = reachTable(
    sorted.map(({ profile }) => profile),
    taken,
  );
  yield;
  const around: Surroundings = { statistics, reach, model, taken: new Set(taken), store: new Store() };
  const read: Reading = before ? readingAfter(before, around) : (one) => featuresOf(one, around);
  const features: Features[] = [];
  for (const one of sorted) {
    features.push(read(one, features.length));
    if (features.length % BLOCK === 0) yield;
  }
  return { features, positions: positionsOf(sorted, before), statistics, reach };
}

/** What a pool becomes another by. */
export interface Changes {
  /** Those that were read anew, by position. */
  readonly edited: ReadonlyMap<number, Prepared>;
  readonly added: readonly Prepared[];
  /** Positions. */
  readonly removed: ReadonlySet<number>;
}

/** The pool after some changes: what `buildPool` reads. Where they leave all others as they were, nobody else is looked at. */
export function* changedPool(
  changes: Changes,
  model: Model,
  vocabularySize: number,
  before: Basis,
): Generator<undefined, Pool, void> {
  const { features } = before.pool;
  const { edited, added, removed } = changes;
  const statistics = leavesOthers(changes, model, before)
    ? statisticsAfter(before.pool.statistics, offersOf(changes, before), vocabularySize)
    : null;
  if (statistics && weighAlike(statistics, before.pool.statistics)) {
    const taken = new Set(model.call.taken);
    const around = { statistics, reach: before.pool.reach, model, taken, store: new Store() };
    const earlier = { reweighs: null, sameLength: true, sameRules: true, taken };
    const now = features.slice();
    for (const [position, one] of edited) {
      now[position] = featuresAfter(features[position], one, around, earlier);
    }
    return { ...before.pool, features: now, statistics };
  }
  const prepared: Prepared[] = [];
  for (let position = 0; position < features.length; position += 1) {
    if (!removed.has(position)) prepared.push(edited.get(position) ?? features[position].prepared);
  }
  for (const one of added) prepared.push(one);
  return yield* buildPool(prepared, model, vocabularySize, before);
}

const offersOf = ({ edited }: Changes, { pool }: Basis): OfferChange[] =>
  Array.from(edited, ([position, { profile, offer }]) => ({
    id: profile.id,
    was: pool.features[position].prepared.offer,
    now: offer,
  }));

/** Whether every text weighs the same under both. */
const weighAlike = (one: TextStatistics, other: TextStatistics): boolean =>
  one.usualLength === other.usualLength && whereDiffering(one, other) === null;

/** Whether, but for the statistics of words, nobody else is read otherwise than before. */
function leavesOthers({ edited, added, removed }: Changes, after: Model, { pool, model }: Basis): boolean {
  if (added.length > 0 || removed.size > 0) return false;
  if (after.challenges !== model.challenges || after.call.taken !== model.call.taken) return false;
  for (const [position, { profile }] of edited) {
    if (!sameReach(pool.features[position].prepared.profile, profile)) return false;
  }
  return true;
}

/** Whether two profiles count alike where reach is counted. */
const sameReach = (one: Profile, other: Profile): boolean =>
  one.country === other.country && one.clusterId === other.clusterId;

/** Sorted by id; a set that is in order already, as that of an earlier pool is, costs one look. */
const inOrder = (prepared: Prepared[]): Prepared[] => {
  const sorted = prepared.every((one, i) => i === 0 || byId(prepared[i - 1].profile.id, one.profile.id) < 0);
  return sorted ? prepared : prepared.sort((a, b) => byId(a.profile.id, b.profile.id));
};

const positionsOf = (sorted: readonly Prepared[], before?: Basis): ReadonlyMap<SmeId, number> => {
  const old = before?.pool;
  const same =
    old?.features.length === sorted.length &&
    sorted.every(({ profile }, i) => profile.id === old.features[i].prepared.profile.id);
  return same ? old.positions : new Map(sorted.map(({ profile }, i) => [profile.id, i]));
};

type Reading = (one: Prepared, position: number) => Features;

function readingAfter({ pool, model }: Basis, around: Surroundings): Reading {
  const earlier = {
    reweighs: whereDiffering(pool.statistics, around.statistics),
    sameLength: pool.statistics.usualLength === around.statistics.usualLength,
    sameRules: model.challenges === around.model.challenges,
    // the same set where nothing changed, which is seen at once
    taken: model.call.taken === around.model.call.taken ? around.taken : new Set(model.call.taken),
  };
  return (one, position) => {
    // most stand where they stood
    const there = pool.features.at(position);
    const old = there?.prepared.profile.id === one.profile.id ? there : featuresById(pool, one.profile.id);
    return old ? featuresAfter(old, one, around, earlier) : featuresOf(one, around);
  };
}

/** For each position of a pool that of the same SME in an earlier one; -1 for a new one. Loops, as it runs at every change. */
export function positionsBefore({ features, positions }: Pool, before: Pool): Int32Array {
  const olds = new Int32Array(features.length);
  const same = positions === before.positions;
  for (let position = 0; position < olds.length; position += 1) {
    olds[position] = same ? position : (before.positions.get(features[position].prepared.profile.id) ?? -1);
  }
  return olds;
}

/** The same, but -1 also for an SME whose features differ. */
export function originsOf(after: Pool, before: Pool): Int32Array {
  const origins = positionsBefore(after, before);
  for (let position = 0; position < origins.length; position += 1) {
    const old = origins[position];
    if (old >= 0 && before.features[old] !== after.features[position]) origins[position] = -1;
  }
  return origins;
}

/** Features of an SME by its id; undefined where it is not in the pool. */
export function featuresById(pool: Pool, id: SmeId): Features | undefined {
  const position = pool.positions.get(id);
  return position === undefined ? undefined : pool.features[position];
}
