import type { Connection } from 'mongoose';
import type { ClusterService } from '../clusters/service.ts';
import type { CsvCell } from '../http/csv.ts';
import { invalidField, notFound } from '../http/errors.ts';
import { WorkedOut } from '../storage/worked-out.ts';
import { loadCountries } from '../taxonomy/places.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { coverageOf, grouped, onlyIn, townsOf, type CoverageInput } from './coverage.ts';
import { createPool } from './pool.ts';
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

/** Where clusters, SMEs, offers and needs are, what is missing, and what one more cluster would add. */
export function createCoverageService({ connection, clusters, taxonomy, call }: CoverageDeps) {
  const pool = createPool(connection);
  const countries = loadCountries();
  const workedOut = new WorkedOut();

  /** What is counted, and a stamp that changes with it. */
  async function inputOf(filter: CoverageQuery): Promise<{ input: CoverageInput; stamp: string }> {
    checkTerm('capability', filter.capability, 'capabilities');
    checkTerm('field', filter.field, 'fields');
    const [now, outlines, inForce] = await Promise.all([pool.current(), clusters.outlines(), call()]);
    return {
      input: { smes: now.smes, clusters: outlines, countries, call: inForce, filter },
      stamp: JSON.stringify([now.generation, outlines, inForce]),
    };
  }

  function checkTerm(field: string, id: string | undefined, facet: 'capabilities' | 'fields'): void {
    if (id !== undefined && taxonomy.facetOf(id) !== facet)
      throw invalidField(field, `must be one of the ${facet} listed by GET /api/v1/taxonomy`);
  }

  /** Works it out once for each filter, as long as nothing changes. */
  function answer(input: CoverageInput, stamp: string): Coverage {
    const { capability, field } = input.filter;
    return workedOut.of(stamp, ['coverage', capability, field], () => coverageOf(input));
  }

  function countryOf(input: CoverageInput, row: CoverageRow): CoverageCountry {
    const code = row.country;
    const own = input.clusters.filter(({ country, left }) => country === code && !left);
    const members = grouped(input.smes.values(), ({ clusterId }) => clusterId ?? '');
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
  }

  async function read(filter: CoverageQuery): Promise<Coverage> {
    const { input, stamp } = await inputOf(filter);
    return answer(input, stamp);
  }

  return {
    read,

    /** Reads into memory what is counted, so that nobody has to wait for that. */
    warm: () => pool.current(),

    /** One country in detail: its regions and clusters, where SMEs without a cluster are, what is found only there. */
    async country(code: string, filter: CoverageQuery): Promise<CoverageCountry> {
      const { input, stamp } = await inputOf(filter);
      const row = answer(input, stamp).countries.find(({ country }) => country === code);
      if (row === undefined) throw notFound('country that may take part');
      const { capability, field } = filter;
      return workedOut.of(stamp, ['country', code, capability, field], () => countryOf(input, row));
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
