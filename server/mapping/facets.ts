import { PHASES } from '../smes/schema.ts';
import { FACETS } from '../taxonomy/service.ts';
import type { Entry, TermNumbers } from './catalogue.ts';
import type { Verdict } from './filters.ts';
import type { FacetsView } from './schema.ts';

/**
 * Counts of every choice that could be made next. A choice within a list is counted as if nothing were chosen in that list, since one
 * more choice there widens it; everywhere else among what fits.
 */
export class FacetCounter {
  readonly #terms: TermNumbers;
  readonly #byTerm: Int32Array;
  readonly #byCountry = new Map<string, number>();
  readonly #byPhase = new Map<string, number>();
  /** Place 0: not yet declared. */
  readonly #byTrl = new Int32Array(10);
  readonly #companies = new Set<string>();
  #phaseUnknown = 0;
  #total = 0;

  constructor(terms: TermNumbers) {
    this.#terms = terms;
    this.#byTerm = new Int32Array(terms.ids.length);
  }

  count(entry: Entry, verdict: Exclude<Verdict, 'fails'>): void {
    const fits = verdict === 'fits';
    if (fits) {
      this.#total += 1;
      this.#companies.add(entry.smeId);
    }
    for (const term of entry.terms) {
      if (fits || this.#terms.facetOf[term] === verdict) this.#byTerm[term] = (this.#byTerm[term] ?? 0) + 1;
    }
    if (fits || verdict === 'country') addTo(this.#byCountry, entry.country);
    if (fits || verdict === 'trl') this.#byTrl[entry.trl] = (this.#byTrl[entry.trl] ?? 0) + 1;
    if (fits || verdict === 'phase') {
      for (const phase of entry.phases) addTo(this.#byPhase, phase);
      if (entry.phases.length === 0) this.#phaseUnknown += 1;
    }
  }

  view(): FacetsView {
    return {
      total: this.#total,
      companies: this.#companies.size,
      terms: this.#termCounts(),
      countries: Array.from(this.#byCountry, ([value, count]) => ({ value, count })).sort(byCount),
      phases: PHASES.map((value) => ({ value, count: this.#byPhase.get(value) ?? 0 })),
      phaseUnknown: this.#phaseUnknown,
      trl: Array.from({ length: 9 }, (_, at) => ({ value: at + 1, count: this.#byTrl[at + 1] ?? 0 })),
      trlUnknown: this.#byTrl[0] ?? 0,
    };
  }

  #termCounts(): FacetsView['terms'] {
    const counts: FacetsView['terms'] = { capabilities: [], technologies: [], fields: [], sectors: [] };
    for (const [number, value] of this.#terms.ids.entries()) {
      const facet = this.#terms.facetOf[number];
      const count = this.#byTerm[number] ?? 0;
      if (facet !== undefined && count > 0) counts[facet].push({ value, count });
    }
    for (const facet of FACETS) counts[facet].sort(byCount);
    return counts;
  }
}

function addTo(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

const byCount = (one: { value: string; count: number }, other: { value: string; count: number }): number =>
  other.count - one.count || (one.value < other.value ? -1 : 1);
