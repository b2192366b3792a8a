import { ratio } from '../fixed.ts';
import { byKey, forGroupings, groupOf, GROUPINGS, type Geography, type Grouping } from '../groups.ts';
import { byId } from '../pool.ts';
import { ownRefusals } from '../rules.ts';
import type { Call, Pair, Profile, ReasonCode, SmeId } from '../types.ts';

/*
 * Who is seen and who is paired, by country, cluster, size class and widening status. Shares and inequality are in units of 1/SCALE.
 */

/** Whom one SME is shown: all that counts of its list here. */
export interface ShownPartners {
  readonly sme: SmeId;
  readonly suggestions: readonly { readonly partner: SmeId }[];
}

/** A run and the pool that it was for. */
export interface ExposureInput {
  readonly profiles: readonly Profile[];
  readonly call: Call;
  readonly lists: Iterable<ShownPartners>;
  readonly pairs: readonly Pair[];
  readonly geography: Geography;
  /** Who wished to meet whom. [nobody] */
  readonly wishes?: readonly { readonly to: SmeId }[];
}

/** What one group of SMEs gets. */
export interface ExposureRow {
  readonly key: string;
  readonly smes: number;
  /** Its share of the pool, and of all places on lists. */
  readonly poolShare: number;
  readonly listShare: number;
  /** Places on lists that go to it. */
  readonly suggested: number;
  /** Its SMEs on nobody's list. */
  readonly unseen: number;
  readonly paired: number;
  readonly alone: number;
  /** Mean score of the pairs that its SMEs are in, rounded down; 0 where there is none. */
  readonly meanScore: number;
  /** Wishes to meet one of it. */
  readonly wished: number;
}

/** Why nobody is suggested to an SME, or it to nobody. */
export const UNSEEN_REASONS = [
  /** A rule about the SME itself keeps it out; `rules` says which. */
  'may-not-take-part',
  /** It may take part, but no pair with anybody is allowed. */
  'nobody-eligible',
  /** It has suggestions of its own, but is among the best partners of nobody. */
  'never-among-the-best',
] as const;
export type UnseenReason = (typeof UNSEEN_REASONS)[number];

export interface Unseen {
  readonly sme: SmeId;
  readonly reason: UnseenReason;
  readonly rules: readonly ReasonCode[];
}

export interface Exposure {
  readonly groups: Readonly<Record<Grouping, readonly ExposureRow[]>>;
  /**
   * Gini coefficient (Gini 1912) of how often an SME is suggested, among those that may be: 0 where all are suggested equally often,
   * towards 1 where few take all places.
   */
  readonly inequality: number;
  /** SMEs on nobody's list, sorted by id. */
  readonly unseen: readonly Unseen[];
}

interface Counts {
  readonly suggested: ReadonlyMap<SmeId, number>;
  readonly wished: ReadonlyMap<SmeId, number>;
  readonly scores: ReadonlyMap<SmeId, number>;
  /** SMEs whose own list is not empty. */
  readonly served: ReadonlySet<SmeId>;
}

/** Reports exposure and outcome; the order of the input does not matter. */
export function exposureOf(input: ExposureInput): Exposure {
  const profiles = input.profiles.toSorted((x, y) => byId(x.id, y.id));
  const counts = countsOf(input);
  const places = profiles
    .filter(({ id }) => counts.served.has(id))
    .map(({ id }) => counts.suggested.get(id) ?? 0);
  return {
    groups: rowsOf(profiles, counts, input.geography),
    inequality: gini(places),
    unseen: profiles.flatMap((profile) => unseenFor(profile, counts, input.call)),
  };
}

function countsOf({ lists, pairs, wishes = [] }: ExposureInput): Counts {
  const [suggested, wished] = [new Map<SmeId, number>(), new Map<SmeId, number>()];
  const served = new Set<SmeId>();
  const count = (counts: Map<SmeId, number>, id: SmeId): unknown => counts.set(id, (counts.get(id) ?? 0) + 1);
  for (const { sme, suggestions } of lists) {
    if (suggestions.length > 0) served.add(sme);
    for (const { partner } of suggestions) count(suggested, partner);
  }
  for (const { to } of wishes) count(wished, to);
  const scores = new Map(pairs.flatMap(({ a, b, score }) => [[a, score] as const, [b, score] as const]));
  return { suggested, wished, scores, served };
}

/**
 * Gini coefficient of whole numbers >= 0 in units of 1/SCALE, rounded down: the mean difference of two of them, over twice their mean.
 * 0 for no numbers, and where all are 0.
 */
export function gini(values: readonly number[]): number {
  const count = values.length;
  let [sum, differences] = [0, 0];
  values
    .toSorted((x, y) => x - y)
    .forEach((value, rank) => {
      sum += value;
      differences += (2 * rank + 1 - count) * value;
    });
  return count === 0 ? 0 : ratio(Math.floor(differences / count), sum);
}

interface Sums {
  smes: number;
  suggested: number;
  unseen: number;
  paired: number;
  score: number;
  wished: number;
}

const NONE: Sums = { smes: 0, suggested: 0, unseen: 0, paired: 0, score: 0, wished: 0 };

function rowsOf(profiles: readonly Profile[], counts: Counts, geography: Geography): Exposure['groups'] {
  const sums = forGroupings(() => new Map<string, Sums>());
  let places = 0;
  for (const profile of profiles) {
    const { id } = profile;
    const groups = groupOf(profile, geography);
    const suggested = counts.suggested.get(id) ?? 0;
    const score = counts.scores.get(id);
    places += suggested;
    for (const grouping of GROUPINGS) {
      const key = groups[grouping];
      const row = sums[grouping].get(key) ?? { ...NONE };
      sums[grouping].set(key, row);
      row.smes += 1;
      row.suggested += suggested;
      row.unseen += suggested === 0 ? 1 : 0;
      row.paired += score === undefined ? 0 : 1;
      row.score += score ?? 0;
      row.wished += counts.wished.get(id) ?? 0;
    }
  }
  return forGroupings((grouping) =>
    byKey(sums[grouping]).map(([key, { smes, suggested, unseen, paired, score, wished }]) => ({
      key,
      smes,
      poolShare: ratio(smes, profiles.length),
      listShare: ratio(suggested, places),
      suggested,
      unseen,
      paired,
      alone: smes - paired,
      meanScore: paired === 0 ? 0 : Math.floor(score / paired),
      wished,
    })),
  );
}

function unseenFor(profile: Profile, { suggested, served }: Counts, call: Call): Unseen[] {
  const { id: sme } = profile;
  if (suggested.has(sme)) return [];
  if (served.has(sme)) return [{ sme, reason: 'never-among-the-best', rules: [] }];
  const rules = ownRefusals(profile, call).map(({ code }) => code);
  return [{ sme, reason: rules.length > 0 ? 'may-not-take-part' : 'nobody-eligible', rules }];
}
