import type { CsvCell } from '../http/csv.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import { presentSolution, type CardParts, type SolutionPresenter } from './present.ts';
import type { SolutionCard } from './schema.ts';

/** A solution in a file: its card with the whole offer. */
export type ExportedSolution = SolutionCard & { offer: string; updatedAt: string };

/** A solution as files hold it. */
export function presentExport(presenter: SolutionPresenter, parts: CardParts): ExportedSolution {
  return {
    ...presentSolution(presenter, parts),
    offer: parts.solution.offer,
    updatedAt: parts.sme.updatedAt.toISOString(),
  };
}

/** Columns of the file, in order. */
export const EXPORT_COLUMNS = [
  'solution',
  'company',
  'country',
  'country_name',
  'city',
  'cluster',
  'trl',
  'phases',
  'phases_from',
  'capabilities',
  'technologies',
  'fields',
  'sectors',
  'offer',
  'use_cases',
  'updated',
] as const;

/** One row of the file; terms by their labels, joined with `;` as in company files. */
export function exportRow(
  solution: ExportedSolution,
  taxonomy: Pick<TaxonomyService, 'countryName'>,
): CsvCell[] {
  const labels = (terms: readonly { label: string }[]): string => terms.map(({ label }) => label).join(';');
  const { terms } = solution;
  return [
    solution.title,
    solution.company,
    solution.country,
    taxonomy.countryName(solution.country),
    solution.city,
    solution.clusterName,
    solution.trl,
    solution.phases.join(';'),
    solution.phaseOrigin,
    labels(terms.capabilities),
    labels(terms.technologies),
    labels(terms.fields),
    labels(terms.sectors),
    solution.offer,
    solution.useCases,
    solution.updatedAt,
  ];
}
