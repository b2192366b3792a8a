import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';

const countriesFile = z.object({
  countries: z.array(
    z.strictObject({
      code: z.string().regex(/^[A-Z]{2}$/),
      name: z.string(),
      eu: z.boolean(),
      h2020Associated: z.boolean(),
      widening: z.boolean(),
      note: z.string().nullable(),
    }),
  ),
});
export type CountryEntry = z.infer<typeof countriesFile>['countries'][number];

const languagesFile = z.object({
  languages: z.array(
    z.strictObject({
      code: z.string().regex(/^[a-z]{2}$/),
      name: z.string(),
      countries: z.array(z.string()),
    }),
  ),
});
export type LanguageEntry = z.infer<typeof languagesFile>['languages'][number];

/** Countries an SME or cluster can be in: EU, associated to Horizon 2020, United Kingdom, Kosovo; by English name. */
export function loadCountries(): readonly CountryEntry[] {
  return readReferenceFile('countries.json', countriesFile).countries;
}

/** Working languages that a profile can name (ISO 639-1), by code. */
export function loadLanguages(): readonly LanguageEntry[] {
  return readReferenceFile('languages.json', languagesFile).languages;
}
