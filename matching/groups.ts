import type { Country, Profile } from './types.ts';

/** The groups of SMEs by which outcomes are counted. */
export const GROUPINGS = ['country', 'cluster', 'sizeClass', 'widening'] as const;
export type Grouping = (typeof GROUPINGS)[number];

/** What is known of countries beside their code: dated data, handed in by the caller. */
export interface Geography {
  /** Widening countries of the programme. */
  readonly widening: ReadonlySet<Country>;
}

/** The group of SMEs that no cluster registered. */
export const NO_CLUSTER = 'none';

/** Which group an SME is in, by grouping. */
export const groupOf = (profile: Profile, { widening }: Geography): Readonly<Record<Grouping, string>> => ({
  country: profile.country,
  cluster: profile.clusterId ?? NO_CLUSTER,
  sizeClass: profile.sizeClass,
  widening: widening.has(profile.country) ? 'widening' : 'not-widening',
});

/** One value for each grouping. */
export const forGroupings = <Value>(make: (grouping: Grouping) => Value): Record<Grouping, Value> => ({
  country: make('country'),
  cluster: make('cluster'),
  sizeClass: make('sizeClass'),
  widening: make('widening'),
});

/** Entries of a map in the order of their keys, which is the same on every machine. */
export const byKey = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0));
