import type { SmeRecord, StoredSolution } from '../smes/model.ts';
import { FACETS, type TaxonomyService } from '../taxonomy/service.ts';
import type { UseCaseCard } from '../use-cases/schema.ts';
import type { PhaseFinder } from './phases.ts';
import type { RelatedView, SolutionCard, SolutionPageView } from './schema.ts';

/*
 * What leaves the server of a solution: its non-confidential part, every field listed by hand. Contacts are in none of them.
 */

/** The part of an SME's record that is read for the mapping. */
export type ShownSme = Pick<
  SmeRecord,
  | '_id'
  | 'name'
  | 'country'
  | 'city'
  | 'website'
  | 'clusterId'
  | 'sizeClass'
  | 'marketRole'
  | 'languages'
  | 'available'
  | 'solutions'
  | 'demoAnswers'
  | 'source'
  | 'updatedAt'
>;
export const SHOWN_FIELDS = {
  name: 1,
  country: 1,
  city: 1,
  website: 1,
  clusterId: 1,
  sizeClass: 1,
  marketRole: 1,
  languages: 1,
  available: 1,
  solutions: 1,
  demoAnswers: 1,
  source: 1,
  updatedAt: 1,
} as const;

const EXCERPT_CHARACTERS = 280;

export interface SolutionPresenter {
  readonly findPhases: PhaseFinder;
  readonly taxonomy: Pick<TaxonomyService, 'labelOf'>;
}

export interface CardParts {
  readonly sme: ShownSme;
  readonly solution: StoredSolution;
  readonly clusterName: string | null;
  readonly useCases: number;
}

/** A solution in a list. */
export function presentSolution({ findPhases, taxonomy }: SolutionPresenter, parts: CardParts): SolutionCard {
  const { sme, solution, clusterName, useCases } = parts;
  const { phases, origin } = findPhases(solution);
  const labelled = (ids: readonly string[]) => ids.map((id) => ({ id, label: taxonomy.labelOf(id) }));
  const [capabilities, technologies, fields, sectors] = FACETS.map((facet) => labelled(solution[facet]));
  return {
    smeId: sme._id,
    id: solution.id,
    title: solution.title,
    excerpt: excerptOf(solution.offer),
    company: sme.name,
    country: sme.country,
    city: sme.city,
    clusterName,
    trl: solution.trl,
    phases: [...phases],
    phaseOrigin: origin,
    terms: {
      capabilities: capabilities ?? [],
      technologies: technologies ?? [],
      fields: fields ?? [],
      sectors: sectors ?? [],
    },
    useCases,
    demo: {
      trl: sme.demoAnswers.includes('solutions.trl'),
      terms: sme.demoAnswers.includes('solutions.terms'),
    },
  };
}

/** The beginning of a text, cut between words. */
export function excerptOf(offer: string): string {
  if (offer.length <= EXCERPT_CHARACTERS) return offer;
  const head = offer.slice(0, EXCERPT_CHARACTERS);
  return `${head.slice(0, Math.max(head.lastIndexOf(' '), EXCERPT_CHARACTERS / 2)).replace(/[\ud800-\udbff]$/, '')} …`;
}

export interface PageParts extends CardParts {
  readonly shownBy: readonly UseCaseCard[];
  readonly similar: readonly RelatedView[];
  readonly complementary: readonly RelatedView[];
  /** Without an account there is no way to reach the company, not even its web address. */
  readonly withWebsite: boolean;
}

/** A solution on its own page. */
export function presentSolutionPage(presenter: SolutionPresenter, parts: PageParts): SolutionPageView {
  const { sme, solution } = parts;
  return {
    ...presentSolution(presenter, parts),
    offer: solution.offer,
    sizeClass: sme.sizeClass,
    marketRole: sme.marketRole,
    languages: [...sme.languages],
    website: parts.withWebsite ? sme.website : null,
    available: sme.available,
    source: sme.source,
    updatedAt: sme.updatedAt.toISOString(),
    shownBy: [...parts.shownBy],
    similar: [...parts.similar],
    complementary: [...parts.complementary],
  };
}
