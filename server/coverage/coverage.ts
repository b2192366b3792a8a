import type { ClusterOutline } from '../clusters/service.ts';
import type { PoolItem, PoolSme } from './pool.ts';
import type { Coverage, CoverageQuery, CoverageRow } from './schema.ts';

/** What the count is made of. */
export interface CoverageInput {
  readonly smes: ReadonlyMap<string, PoolSme>;
  readonly clusters: readonly ClusterOutline[];
  readonly countries: readonly { readonly code: string; readonly name: string; readonly widening: boolean }[];
  readonly call: { readonly id: string; readonly name: string; readonly countries: readonly string[] };
  readonly filter: CoverageQuery;
}

/** An SME that fits the filter, with what fits of its solutions and needs. */
interface Counted {
  readonly sme: PoolSme;
  readonly offers: readonly PoolItem[];
  readonly needs: readonly PoolItem[];
}

const fits = (item: PoolItem, { capability, field }: CoverageQuery): boolean =>
  (capability === undefined || item.capabilities.includes(capability)) &&
  (field === undefined || item.fields.includes(field));

/** The SMEs that fit, each with its fitting parts; without a filter all of them, also those that say nothing yet. */
function countedOf({ smes, filter }: CoverageInput): Counted[] {
  const all = filter.capability === undefined && filter.field === undefined;
  const counted: Counted[] = [];
  for (const sme of smes.values()) {
    const offers = sme.offers.filter((item) => fits(item, filter));
    const needs = sme.needs.filter((item) => fits(item, filter));
    if (all || offers.length > 0 || needs.length > 0) counted.push({ sme, offers, needs });
  }
  return counted;
}

/** Things by key, in the order in which they came. */
export function grouped<Key, Thing>(things: Iterable<Thing>, keyOf: (thing: Thing) => Key): Map<Key, Thing[]> {
  const groups = new Map<Key, Thing[]>();
  for (const thing of things) {
    const key = keyOf(thing);
    const known = groups.get(key);
    if (known) known.push(thing);
    else groups.set(key, [thing]);
  }
  return groups;
}

const termsOf = (items: readonly PoolItem[]): ReadonlySet<string> =>
  new Set(items.flatMap(({ capabilities }) => capabilities));

/** The one country that offers a capability; null where several do. */
function soleOffers(counted: readonly Counted[]): ReadonlyMap<string, string | null> {
  const sole = new Map<string, string | null>();
  for (const { sme, offers } of counted) {
    for (const term of termsOf(offers)) {
      const known = sole.get(term);
      if (known === undefined) sole.set(term, sme.country);
      else if (known !== sme.country) sole.set(term, null);
    }
  }
  return sole;
}

/** For each capability, the SMEs (by their place in the list) that offer it, and those that need it. */
function placesByTerm(counted: readonly Counted[], side: 'offers' | 'needs'): ReadonlyMap<string, number[]> {
  const places = new Map<string, number[]>();
  counted.forEach((one, place) => {
    for (const term of termsOf(one[side])) {
      const known = places.get(term);
      if (known) known.push(place);
      else places.set(term, [place]);
    }
  });
  return places;
}

/**
 * Counts, for each country that may take part, what is there, what is missing, and what one more cluster would bring in. Time is in
 * proportion to the SMEs and their terms, plus for each country the SMEs that could be partners of its SMEs without a cluster.
 */
export function coverageOf(input: CoverageInput): Coverage {
  const counted = countedOf(input);
  const sole = soleOffers(counted);
  const offering = placesByTerm(counted, 'offers');
  const needing = placesByTerm(counted, 'needs');
  const eligible = new Set(input.call.countries);
  const present = input.clusters.filter(({ left }) => !left);
  const stamps = new Uint32Array(counted.length);
  let stamp = 0;

  /** SMEs of other eligible countries that seek what these offer, or offer what these seek; each counted once. */
  function partnersOf(country: string, alone: readonly Counted[]): number {
    if (!eligible.has(country)) return 0;
    stamp += 1;
    let partners = 0;
    const count = (places: readonly number[] = []): void => {
      for (const place of places) {
        const other = counted[place];
        if (other === undefined || stamps[place] === stamp) continue;
        stamps[place] = stamp;
        if (other.sme.country !== country && eligible.has(other.sme.country)) partners += 1;
      }
    };
    for (const term of termsOf(alone.flatMap(({ offers }) => offers))) count(needing.get(term));
    for (const term of termsOf(alone.flatMap(({ needs }) => needs))) count(offering.get(term));
    return partners;
  }

  const byCountry = grouped(counted, ({ sme }) => sme.country);
  const clustersByCountry = grouped(present, ({ country }) => country);
  const rows = input.countries.map(({ code, name, widening }): CoverageRow => {
    const own = byCountry.get(code) ?? [];
    const clusters = clustersByCountry.get(code) ?? [];
    const alone = own.filter(({ sme }) => sme.clusterId === null);
    const partnerClusters = clusters.filter(({ kind }) => kind === 'consortium-partner').length;
    const soleTerms = (some: readonly Counted[]): number =>
      [...termsOf(some.flatMap(({ offers }) => offers))].filter((term) => sole.get(term) === code).length;
    return {
      country: code,
      name,
      widening,
      eligible: eligible.has(code),
      partnerClusters,
      ambassadorClusters: clusters.length - partnerClusters,
      regions: [...new Set(clusters.flatMap(({ region }) => region ?? []))].toSorted(),
      smes: own.length,
      smesWithoutCluster: alone.length,
      offers: own.reduce((sum, { offers }) => sum + offers.length, 0),
      needs: own.reduce((sum, { needs }) => sum + needs.length, 0),
      onlyHere: soleTerms(own),
      gap: gapOf(clusters.length, own.length),
      oneMore:
        clusters.length > 0 && alone.length === 0
          ? null
          : { smes: alone.length, capabilities: soleTerms(alone), partners: partnersOf(code, alone) },
    };
  });
  return { call: { id: input.call.id, name: input.call.name }, totals: totalsOf(rows, input), countries: rows };
}

function gapOf(clusters: number, smes: number): CoverageRow['gap'] {
  if (clusters > 0) return smes > 0 ? null : 'no-smes';
  return smes > 0 ? 'no-cluster' : 'neither';
}

function totalsOf(rows: readonly CoverageRow[], { clusters }: CoverageInput): Coverage['totals'] {
  const sum = (of: (row: CoverageRow) => number): number => rows.reduce((total, row) => total + of(row), 0);
  const hasCluster = (row: CoverageRow): number =>
    row.partnerClusters + row.ambassadorClusters > 0 ? 1 : 0;
  return {
    countries: rows.length,
    countriesWithCluster: sum(hasCluster),
    wideningCountries: sum(({ widening }) => (widening ? 1 : 0)),
    wideningWithCluster: sum((row) => (row.widening ? hasCluster(row) : 0)),
    clusters: clusters.filter(({ left }) => !left).length,
    clustersLeft: clusters.filter(({ left }) => left).length,
    smes: sum(({ smes }) => smes),
    smesWithoutCluster: sum(({ smesWithoutCluster }) => smesWithoutCluster),
    offers: sum(({ offers }) => offers),
    needs: sum(({ needs }) => needs),
  };
}

/** The capabilities that SMEs of this country offer and those of no other country do. */
export function onlyIn(input: CoverageInput, country: string): string[] {
  return [...soleOffers(countedOf(input))].flatMap(([term, where]) => (where === country ? term : []));
}

/** Where the SMEs of a country without a cluster are, most first; towns differ in spelling only by case. */
export function townsOf(input: CoverageInput, country: string): { town: string | null; smes: number }[] {
  const towns = new Map<string, { town: string | null; smes: number }>();
  for (const { sme } of countedOf(input)) {
    if (sme.country !== country || sme.clusterId !== null) continue;
    const key = sme.city?.toLowerCase() ?? '';
    const known = towns.get(key) ?? { town: sme.city, smes: 0 };
    towns.set(key, { ...known, smes: known.smes + 1 });
  }
  return [...towns.values()].toSorted(
    (one, other) => other.smes - one.smes || (one.town ?? '').localeCompare(other.town ?? ''),
  );
}
