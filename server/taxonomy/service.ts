import { loadCountries, loadLanguages } from './places.ts';
import type { TaxonomyView } from './schema.ts';
import { loadTaxonomy, TAXONOMY_SOURCE, type TaxonomyTerm } from './taxonomy.ts';

/** The four facets under the names that users see. */
export type Facet = TaxonomyView['terms'][number]['facet'];
export const FACETS = [
  'capabilities',
  'technologies',
  'fields',
  'sectors',
] as const satisfies readonly Facet[];

const FACET_NAMES: Readonly<Record<TaxonomyTerm['facet'], Facet>> = {
  knowledge_domain: 'capabilities',
  technology: 'technologies',
  use_case: 'fields',
  sector: 'sectors',
};

/** Everything a profile can choose from: terms, countries, languages. Read once, never changes while the server runs. */
export interface TaxonomyService {
  readonly terms: readonly TaxonomyTerm[];
  view(): TaxonomyView;
  /** The facet of a term; undefined where there is no such term. */
  facetOf(id: string): Facet | undefined;
  /** English label of a term; its id where there is no such term. */
  labelOf(id: string): string;
  knowsCountry(code: string): boolean;
  /** English name of a country; its code where it is not known. */
  countryName(code: string): string;
  /** Codes of the widening countries of the programme. */
  wideningCountries(): readonly string[];
  knowsLanguage(code: string): boolean;
}

/** Reads the data files and puts them behind look-ups. */
export function createTaxonomyService(): TaxonomyService {
  const terms = loadTaxonomy();
  const byId = new Map(terms.map((term) => [term.id, term]));
  const places = loadCountries();
  const countries = new Map(places.map((country) => [country.code, country.name]));
  const languages = new Map(loadLanguages().map((language) => [language.code, language.name]));
  const view: TaxonomyView = {
    source: TAXONOMY_SOURCE,
    terms: terms.map((term) => ({
      id: term.id,
      label: term.label,
      facet: FACET_NAMES[term.facet],
      broader: term.broader,
      description: term.description,
    })),
    countries: [...countries].map(([code, name]) => ({ code, name })),
    languages: [...languages].map(([code, name]) => ({ code, name })),
  };
  return {
    terms,
    view: () => view,
    facetOf: (id) => {
      const term = byId.get(id);
      return term && FACET_NAMES[term.facet];
    },
    labelOf: (id) => byId.get(id)?.label ?? id,
    knowsCountry: (code) => countries.has(code),
    countryName: (code) => countries.get(code) ?? code,
    wideningCountries: () => places.filter(({ widening }) => widening).map(({ code }) => code),
    knowsLanguage: (code) => languages.has(code),
  };
}
