import type { CountryEntry } from '../taxonomy/places.ts';
import type { TaxonomyTerm } from '../taxonomy/taxonomy.ts';
import type { Entry, TermNumbers } from './catalogue.ts';
import type { MatrixView } from './schema.ts';

export interface MatrixParts {
  readonly terms: readonly TaxonomyTerm[];
  readonly numbers: TermNumbers;
  readonly countries: readonly Pick<CountryEntry, 'code' | 'name' | 'widening'>[];
}

/**
 * Solutions by capability and country. Rows are the 15 domains, or, where one of them is opened, that domain with its narrower terms.
 * A solution counts once for each capability that it has, so rows do not add up to the number of solutions.
 */
export function matrixOf(
  entries: readonly Entry[],
  { terms, numbers, countries }: MatrixParts,
  domain: string | null,
): MatrixView {
  const rows = terms.filter(
    ({ id, facet, broader }) =>
      facet === 'knowledge_domain' &&
      (domain === null ? broader === null : id === domain || broader === domain),
  );
  const totals = totalsBy(entries);
  const columns = countries.filter(({ code }) => totals.has(code));
  const counts = countCells(entries, numbers, columns);
  return {
    domain,
    rows: rows
      .map(({ id, label, broader }) => {
        const cells = counts(id);
        return { id, label, isDomain: broader === null, cells, total: cells.reduce((sum, n) => sum + n, 0) };
      })
      .sort((one, other) => Number(other.isDomain) - Number(one.isDomain) || compare(one.label, other.label)),
    countries: columns.map(({ code, name, widening }) => ({
      code,
      name,
      widening,
      total: totals.get(code) ?? 0,
    })),
    without: countries
      .filter(({ code }) => !totals.has(code))
      .map(({ code, name, widening }) => ({ code, name, widening })),
    withoutCapability: entries.filter((entry) => !hasCapability(entry, numbers)).length,
    total: entries.length,
  };
}

const compare = (one: string, other: string): number => one.localeCompare(other, 'en');

const hasCapability = ({ terms }: Entry, numbers: TermNumbers): boolean =>
  terms.some((term) => numbers.facetOf[term] === 'capabilities');

function totalsBy(entries: readonly Entry[]): ReadonlyMap<string, number> {
  const totals = new Map<string, number>();
  for (const { country } of entries) totals.set(country, (totals.get(country) ?? 0) + 1);
  return totals;
}

/** How many solutions have a term, for each column. */
function countCells(
  entries: readonly Entry[],
  numbers: TermNumbers,
  columns: readonly { readonly code: string }[],
): (term: string) => number[] {
  const places = new Map(columns.map(({ code }, at) => [code, at]));
  const width = columns.length;
  const counts = new Int32Array(numbers.ids.length * width);
  for (const { country, terms } of entries) {
    const column = places.get(country);
    if (column === undefined) continue;
    for (const term of terms) {
      const cell = term * width + column;
      counts[cell] = (counts[cell] ?? 0) + 1;
    }
  }
  return (term) => {
    const row = numbers.numberOf(term) ?? 0;
    return [...counts.subarray(row * width, (row + 1) * width)];
  };
}
