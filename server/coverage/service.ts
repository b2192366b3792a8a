import type { Connection } from 'mongoose';
import type { ClusterService } from '../clusters/service.ts';
import type { CsvCell } from '../http/csv.ts';
import { invalidField, notFound } from '../http/errors.ts';
import { loadCountries } from '../taxonomy/places.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { coverageOf, grouped, onlyIn, townsOf, type CoverageInput } from './coverage.ts';
import { createPool, type Pool } from './pool.ts';
import type { Coverage, CoverageCountry, CoverageQuery, CoverageRow } from './schema.ts';

export interface CoverageDeps {
  readonly connection: Connection;
  readonly clusters: Pick<ClusterService, 'outlines'>;
  readonly taxonomy: Pick<TaxonomyService, 'facetOf' | 'labelOf'>;
  /** The call in force: which countries may take part. */
  readonly call: () => Promise<CoverageInput['call']>;
}

export type CoverageService = ReturnType<typeof createCoverageService>;

/** Towns shown of a country; the rest is counted. */
const TOWNS_MAX = 25;
/** Filters whose answers are kept: as many as there are capabilities, times two. */
const ANSWERS_MAX = 400;

/** Where clusters, SMEs, offers and needs are, what is missing, and what one more cluster would add. */
export function createCoverageService({ connection, clusters, taxonomy, call }: CoverageDeps) {
  const pool = createPool(connection);
  const countries = loadCountries();
  /** What was worked out for the pool, the clusters and the call as they were. */
  let answers = new Map<string, Coverage>();
  let answersFor = '';

  async function inputOf(filter: CoverageQuery): Promise<{ input: CoverageInput; pool: Pool }> {
    checkTerm('capability', filter.capability, 'capabilities');
    checkTerm('field', filter.field, 'fields');
    const [now, outlines, inForce] = await Promise.all([pool.current(), clusters.outlines(), call()]);
    return { input: { smes: now.smes, clusters: outlines, countries, call: inForce, filter }, pool: now };
  }

  function checkTerm(field: string, id: string | undefined, facet: 'capabilities' | 'fields'): void {
    if (id !== undefined && taxonomy.facetOf(id) !== facet)
      throw invalidField(field, `must be one of the ${facet} listed by GET /api/v1/taxonomy`);
  }

  /** Works it out once for each filter, as long as nothing changes. */
  function answer(input: CoverageInput, { generation }: Pool): Coverage {
    const state = JSON.stringify([generation, input.clusters, input.call]);
    if (state !== answersFor || answers.size > ANSWERS_MAX) answers = new Map();
    answersFor = state;
    const key = JSON.stringify([input.filter.capability, input.filter.field]);
    const known = answers.get(key) ?? coverageOf(input);
    answers.set(key, known);
    return known;
  }

  async function read(filter: CoverageQuery): Promise<Coverage> {
    const { input, pool: now } = await inputOf(filter);
    return answer(input, now);
  }

  return {
    read,

    /** One country in detail: its regions and clusters, where SMEs without a cluster are, what is found only there. */
    async country(code: string, filter: CoverageQuery): Promise<CoverageCountry> {
      const { input, pool: now } = await inputOf(filter);
      const row = answer(input, now).countries.find(({ country }) => country === code);
      if (row === undefined) throw notFound('country that may take part');
      const own = input.clusters.filter(({ country, left }) => country === code && !left);
      const members = grouped(now.smes.values(), ({ clusterId }) => clusterId ?? '');
      const towns = townsOf(input, code);
      return {
        row,
        regions: [...grouped(own, ({ region }) => region)].map(([region, inRegion]) => ({
          region,
          clusters: inRegion.map(({ id, name, kind }) => ({
            id,
            name,
            kind,
            members: members.get(id)?.length ?? 0,
          })),
        })),
        towns: towns.slice(0, TOWNS_MAX),
        moreTowns: Math.max(0, towns.length - TOWNS_MAX),
        onlyHere: onlyIn(input, code)
          .map((id) => ({ id, label: taxonomy.labelOf(id) }))
          .toSorted((one, other) => one.label.localeCompare(other.label, 'en')),
      };
    },

    /** The table as lines of a CSV file. */
    async lines(filter: CoverageQuery): Promise<{ columns: readonly string[]; rows: CsvCell[][] }> {
      const { countries: rows } = await read(filter);
      return { columns: COLUMNS.map(([name]) => name), rows: rows.map((row) => COLUMNS.map(([, of]) => of(row))) };
    },
  };
}

const COLUMNS: readonly [name: string, of: (row: CoverageRow) => CsvCell][] = [
  ['country_code', ({ country }) => country],
  ['country', ({ name }) => name],
  ['widening', ({ widening }) => widening],
  ['eligible', ({ eligible }) => eligible],
  ['consortium_clusters', ({ partnerClusters }) => partnerClusters],
  ['ambassador_clusters', ({ ambassadorClusters }) => ambassadorClusters],
  ['regions_with_clusters', ({ regions }) => regions.join('; ')],
  ['smes', ({ smes }) => smes],
  ['smes_without_cluster', ({ smesWithoutCluster }) => smesWithoutCluster],
  ['solutions', ({ offers }) => offers],
  ['needs', ({ needs }) => needs],
  ['capabilities_only_here', ({ onlyHere }) => onlyHere],
  ['missing', ({ gap }) => gap ?? ''],
  ['one_more_cluster_smes', ({ oneMore }) => oneMore?.smes ?? 0],
  ['one_more_cluster_capabilities', ({ oneMore }) => oneMore?.capabilities ?? 0],
  ['one_more_cluster_partners', ({ oneMore }) => oneMore?.partners ?? 0],
];
