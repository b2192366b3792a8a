import type { FieldError } from '../http/errors.ts';
import { FACETS, type TaxonomyService } from '../taxonomy/service.ts';
import type { SmeInput } from './schema.ts';

type Reference = Pick<TaxonomyService, 'facetOf' | 'knowsCountry' | 'knowsLanguage'>;
type Terms = Pick<SmeInput['solutions'][number], (typeof FACETS)[number]>;

/**
 * Checks what the shape alone cannot tell: terms that exist and stand under the right facet, known countries and languages, ids used
 * once, a declaration that is not from the future. Returns every fault, each naming its field and what is allowed.
 */
export function checkProfile(input: SmeInput, reference: Reference, today: string): FieldError[] {
  return [
    ...checkCountry(input, reference),
    ...checkLanguages(input, reference),
    ...input.solutions.flatMap((solution, i) => checkTerms(solution, `solutions.${i}`, reference)),
    ...input.needs.flatMap((need, i) => checkTerms(need, `needs.${i}`, reference)),
    ...checkIds(input.solutions, 'solutions'),
    ...checkIds(input.needs, 'needs'),
    ...checkDate(input, today),
  ];
}

function checkCountry(input: SmeInput, reference: Reference): FieldError[] {
  if (reference.knowsCountry(input.country)) return [];
  return [
    {
      field: 'country',
      message: `'${input.country}' is not a country of the programme; allowed are the EU member states and the countries associated to Horizon 2020, such as FR, NO or UA`,
    },
  ];
}

function checkLanguages(input: SmeInput, reference: Reference): FieldError[] {
  return input.languages.flatMap((code, i) =>
    reference.knowsLanguage(code)
      ? []
      : [
          {
            field: `languages.${i}`,
            message: `'${code}' is not one of the languages; allowed are two-letter codes of European languages (ISO 639-1), such as en, de or fr`,
          },
        ],
  );
}

function checkTerms(terms: Terms, path: string, reference: Reference): FieldError[] {
  return FACETS.flatMap((facet) =>
    terms[facet].flatMap((id, i) => {
      const actual = reference.facetOf(id);
      if (actual === facet) return [];
      const why =
        actual === undefined
          ? `is not a term of the taxonomy`
          : `is a term of '${actual}', not of '${facet}'`;
      return [
        {
          field: `${path}.${facet}.${i}`,
          message: `'${id}' ${why}; the terms and their ids are listed at /api/v1/taxonomy`,
        },
      ];
    }),
  );
}

function checkIds(items: readonly { id?: string | undefined }[], path: string): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap(({ id }, i) => {
    if (id === undefined) return [];
    if (seen.has(id))
      return [{ field: `${path}.${i}.id`, message: `'${id}' is used twice; give each its own id` }];
    seen.add(id);
    return [];
  });
}

function checkDate(input: SmeInput, today: string): FieldError[] {
  const date = input.declaration?.date;
  if (date === undefined || date <= today) return [];
  return [{ field: 'declaration.date', message: `${date} is in the future; at the latest today, ${today}` }];
}
