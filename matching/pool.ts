import { reachTable } from './factors/reach.ts';
import { featuresOf, type Features } from './features.ts';
import type { Model } from './model.ts';
import type { Prepared } from './prepare.ts';
import { textStatistics, type TextStatistics } from './text/bm25.ts';
import type { SmeId } from './types.ts';

/** The SMEs of one refresh, sorted by id, with all that scoring reads of them. Never changed once it is made. */
export interface Pool {
  /** By position; the order of ids, so that 'lower position' breaks ties by id. */
  readonly features: readonly Features[];
  readonly positions: ReadonlyMap<SmeId, number>;
  readonly statistics: TextStatistics;
}

/** Compares ids by code units, the same on every machine. */
export const byId = (a: SmeId, b: SmeId): number => (a < b ? -1 : a > b ? 1 : 0);

/** How many profiles are read between two pauses. */
const BLOCK = 64;

/** Reads a set of prepared profiles as a pool; their order does not matter. A generator, so that the caller can pause it. */
export function* buildPool(
  prepared: Iterable<Prepared>,
  model: Model,
  vocabularySize: number,
): Generator<undefined, Pool, void> {
  const sorted = [...prepared].sort((a, b) => byId(a.profile.id, b.profile.id));
  yield;
  const statistics = textStatistics(
    sorted.map(({ profile, offer }) => ({ id: profile.id, bag: offer })),
    vocabularySize,
  );
  const reach = reachTable(
    sorted.map(({ profile }) => profile),
    model.call.taken,
  );
  const features: Features[] = [];
  for (const one of sorted) {
    features.push(featuresOf(one, statistics, reach, model));
    if (features.length % BLOCK === 0) yield;
  }
  return { features, positions: new Map(sorted.map(({ profile }, i) => [profile.id, i])), statistics };
}

/** Features of an SME by its id; undefined where it is not in the pool. */
export function featuresById(pool: Pool, id: SmeId): Features | undefined {
  const position = pool.positions.get(id);
  return position === undefined ? undefined : pool.features[position];
}
