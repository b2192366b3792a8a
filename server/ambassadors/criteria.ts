import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';

const points = z.number().int().min(0);
/** Highest first: the first step that is reached counts. */
const stepsSchema = z.array(z.object({ atLeast: z.number().int().min(1), points })).min(1);

const criteriaSchema = z.object({
  country: z.object({ notRepresented: points }),
  coverage: z.object({ newCountry: points, newRegion: points }),
  outreach: z.object({ members: stepsSchema, audience: stepsSchema, eventsPerYear: stepsSchema }),
  projects: z.object({ innosup: points, fstp: points, european: points, none: points }),
});
/** What each criterion is worth. */
export type Criteria = z.infer<typeof criteriaSchema>;
export type Steps = z.infer<typeof stepsSchema>;

const consentSchema = z.object({ version: z.string(), text: z.string() });

/** The selection criteria in force, from `server/reference/ambassador-criteria.json`. */
export const loadCriteria = (): Criteria => readReferenceFile('ambassador-criteria.json', criteriaSchema);

/** What an applicant agrees to, with the version of its text. */
export const loadConsent = () => readReferenceFile('ambassador-consent.json', consentSchema);
