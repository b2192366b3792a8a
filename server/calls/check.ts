import type { FieldError } from '../http/errors.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import type { CallRules, Challenge } from './schema.ts';

type Known = Pick<TaxonomyService, 'knowsCountry' | 'facetOf'>;

/** Faults of rules that only show beside the taxonomy: countries and terms that do not exist. */
export function rulesFaults(rules: CallRules, known: Known): FieldError[] {
  const countries = rules.countries.flatMap((code, at) =>
    known.knowsCountry(code)
      ? []
      : [
          {
            field: `rules.countries.${at}`,
            message: `'${code}' is not one of the countries listed by GET /api/v1/taxonomy`,
          },
        ],
  );
  return [...countries, ...challengeFaults(rules.challenges, known, 'rules.challenges')];
}

const FACETS = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

/** Terms of challenges that the taxonomy does not have, or has under another facet. */
export function challengeFaults(
  challenges: readonly Challenge[],
  { facetOf }: Pick<Known, 'facetOf'>,
  path: string,
): FieldError[] {
  return challenges.flatMap((challenge, at) =>
    FACETS.flatMap((facet) =>
      challenge[facet].flatMap((term, i) =>
        facetOf(term) === facet
          ? []
          : [
              {
                field: `${path}.${at}.${facet}.${i}`,
                message: `'${term}' is not one of the ${facet} listed by GET /api/v1/taxonomy`,
              },
            ],
      ),
    ),
  );
}
