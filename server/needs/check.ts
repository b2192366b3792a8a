import { PARTS_MOST } from '../../matching/index.ts';
import type { FieldError } from '../http/errors.ts';
import { FACETS, type TaxonomyService } from '../taxonomy/service.ts';
import type { NeedRecord } from './model.ts';
import type { NeedInput } from './schema.ts';

type Terms = Pick<NeedInput, (typeof FACETS)[number]>;

/** All wanted terms, each once. */
export const wantedTerms = (terms: Terms): string[] => [...new Set(FACETS.flatMap((facet) => terms[facet]))];

/** Terms that exist, stand under the right facet and are not too many. Each fault names its field and what is allowed. */
export function checkTerms(terms: Terms, taxonomy: Pick<TaxonomyService, 'facetOf'>): FieldError[] {
  const faults = FACETS.flatMap((facet) =>
    terms[facet].flatMap((id, i) => {
      const actual = taxonomy.facetOf(id);
      if (actual === facet) return [];
      const why =
        actual === undefined
          ? 'is not a term of the taxonomy'
          : `is a term of '${actual}', not of '${facet}'`;
      return [
        {
          field: `${facet}.${i}`,
          message: `'${id}' ${why}; the terms and their ids are listed at /api/v1/taxonomy`,
        },
      ];
    }),
  );
  const count = wantedTerms(terms).length;
  if (count <= PARTS_MOST) return faults;
  const message = `a need wants ${PARTS_MOST} terms at most, this one wants ${count}: keep what decides`;
  return [...faults, { field: 'capabilities', message }];
}

/** What the shape alone cannot tell of a need that comes in. */
export function checkNeed(
  input: NeedInput,
  taxonomy: Pick<TaxonomyService, 'facetOf' | 'knowsCountry'>,
): FieldError[] {
  const faults = checkTerms(input, taxonomy);
  if (taxonomy.knowsCountry(input.country)) return faults;
  const message = `'${input.country}' is not one of the countries listed by GET /api/v1/taxonomy`;
  return [...faults, { field: 'country', message }];
}

type Checked = Terms & Pick<NeedRecord, 'words' | 'neededBy' | 'confidential'>;

/** What a need still lacks before staff may look at it. */
export function missingOf(need: Checked, today: string): FieldError[] {
  const missing: FieldError[] = [];
  if (need.words === '')
    missing.push({ field: 'words', message: 'say in a few sentences what you look for, and why' });
  if (wantedTerms(need).length === 0) {
    missing.push({
      field: 'capabilities',
      message: 'choose at least one capability, technology, field or sector: companies are found by them',
    });
  }
  if (need.neededBy !== null && need.neededBy < today)
    missing.push({ field: 'neededBy', message: `${need.neededBy} has passed; today is ${today}` });
  const { contactName, contactEmail } = need.confidential;
  if (contactName === null)
    missing.push({ field: 'confidential.contactName', message: 'name who is to be reached' });
  if (contactEmail === null) {
    missing.push({
      field: 'confidential.contactEmail',
      message: 'give an e-mail address; a company sees it once both sides agreed',
    });
  }
  return missing;
}
