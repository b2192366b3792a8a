import { z } from 'zod';
import { tokenSchema } from '../accounts/schema.ts';
import { websiteSchema } from '../clusters/schema.ts';
import {
  countrySchema,
  emailSchema,
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
} from '../http/schema.ts';

/**
 * unconfirmed: waits for the link that was mailed; submitted: waits for the team; more-asked: waits for the applicant; then accepted,
 * rejected, or withdrawn by the applicant.
 */
export const APPLICATION_STATES = [
  'unconfirmed',
  'submitted',
  'more-asked',
  'accepted',
  'rejected',
  'withdrawn',
] as const;
export const applicationStateSchema = z.enum(APPLICATION_STATES);
export type ApplicationState = z.infer<typeof applicationStateSchema>;

/** The closest that the applicant has been to the programme: INNOSUP, financial support to third parties (FSTP), any European project. */
export const involvementSchema = z.enum(['innosup', 'fstp', 'european', 'none']);

const figure = (most: number) => z.number().int('must be a whole number').min(0).max(most);
const statement = (least: number, most: number) =>
  textOf(most).pipe(z.string().min(least, `must have at least ${String(least)} characters`));

export const applicationInputSchema = z.strictObject({
  name: lineOf(160),
  country: countrySchema,
  region: lineOf(120).nullable().default(null),
  website: websiteSchema,
  contactName: lineOf(120),
  contactEmail: emailSchema,
  /** Companies that are members of the cluster. */
  members: figure(100_000),
  /** Readers of its newsletter and followers. */
  audience: figure(10_000_000),
  eventsPerYear: figure(1_000),
  /** How it would spread the word, in its own words. */
  outreach: textOf(2_000).default(''),
  involvement: involvementSchema,
  /** Which projects, in its own words. */
  projects: textOf(1_000).default(''),
  motivation: statement(30, 3_000),
});
export type ApplicationInput = z.infer<typeof applicationInputSchema>;

/** What the form needs before it can be sent: proof of when it was opened, the text to agree to, the countries. */
export const applicationFormSchema = z.strictObject({
  form: z.string(),
  consent: z.strictObject({ version: z.string(), text: z.string() }),
  countries: z.array(z.strictObject({ code: z.string(), name: z.string() })),
});
export type ApplicationForm = z.infer<typeof applicationFormSchema>;

export const applySchema = z.strictObject({
  form: z.string().max(200),
  consentVersion: z.string().max(40),
  /** Stays empty: people do not see this field, programs fill it. */
  nickname: z.string().max(200).default(''),
  application: applicationInputSchema,
});
export const appliedSchema = z.strictObject({ mailedTo: z.string() });

export const linkSchema = z.strictObject({ token: tokenSchema });
export const ownChangeSchema = z.strictObject({
  token: tokenSchema,
  version: z.number().int(),
  application: applicationInputSchema,
  /** Answer to what the team asked. */
  answer: textOf(3_000).default(''),
});
export const sendLinkSchema = z.strictObject({ email: emailSchema });

export const scorePartSchema = z.strictObject({
  criterion: z.enum(['country', 'coverage', 'outreach', 'projects']),
  points: z.number().int(),
  max: z.number().int(),
  reason: z.string(),
});
export type ScorePart = z.infer<typeof scorePartSchema>;

const messageSchema = z.strictObject({
  by: z.enum(['team', 'applicant']),
  at: instantSchema,
  text: z.string(),
});
const decisionSchema = z.strictObject({
  verdict: z.enum(['accept', 'reject']),
  reason: z.string(),
  at: instantSchema,
});

const applicationFields = {
  ...applicationInputSchema.shape,
  region: z.string().nullable(),
  outreach: z.string(),
  projects: z.string(),
  version: z.number().int(),
  state: applicationStateSchema,
  createdAt: instantSchema,
  /** When its address was confirmed: from then on it is in the team's queue. */
  submittedAt: instantSchema.nullable(),
  decision: decisionSchema.nullable(),
  messages: z.array(messageSchema),
};

/** An application as its applicant sees it: the criteria in words, without points. */
export const ownApplicationSchema = z.strictObject({
  ...applicationFields,
  criteria: z.array(
    z.strictObject({
      criterion: scorePartSchema.shape.criterion,
      level: z.enum(['none', 'some', 'much']),
      reason: z.string(),
    }),
  ),
});
export type OwnApplication = z.infer<typeof ownApplicationSchema>;

/** A line of the team's queue. */
export const applicationCardSchema = z.strictObject({
  id: idSchema,
  name: z.string(),
  country: z.string(),
  region: z.string().nullable(),
  state: applicationStateSchema,
  score: z.number().int(),
  scoreMax: z.number().int(),
  /** True where no partner of the consortium is based in its country. */
  comesFirst: z.boolean(),
  reviewer: z.strictObject({ id: idSchema, name: z.string() }).nullable(),
  submittedAt: instantSchema.nullable(),
});
export type ApplicationCard = z.infer<typeof applicationCardSchema>;
export const applicationPageSchema = pageOf(applicationCardSchema);

export const applicationSchema = z.strictObject({
  ...applicationFields,
  ...applicationCardSchema.shape,
  // Erased applications have neither.
  contactName: z.string().nullable(),
  contactEmail: z.string().nullable(),
  parts: z.array(scorePartSchema),
  consent: z.strictObject({ version: z.string(), at: instantSchema }),
  /** What else carries this name, this web address or this domain of e-mail. */
  alike: z.array(
    z.strictObject({
      kind: z.enum(['cluster', 'application']),
      id: idSchema,
      name: z.string(),
      why: z.string(),
    }),
  ),
  clusterId: idSchema.nullable(),
});
export type ApplicationView = z.infer<typeof applicationSchema>;

export const applicationQuerySchema = z.strictObject({
  ...pageQuery,
  q: z.string().trim().max(100).optional(),
  state: applicationStateSchema.exclude(['unconfirmed']).optional(),
  country: countrySchema.optional(),
  /** `me`: those assigned to the caller; `nobody`: those without a reviewer. */
  reviewer: z.enum(['me', 'nobody']).optional(),
  sort: z.enum(['score', 'newest', 'name']).default('score'),
});
export type ApplicationQuery = z.infer<typeof applicationQuerySchema>;

export const assignSchema = z.strictObject({
  version: z.number().int(),
  /** Staff account that looks into it; null: nobody. */
  reviewerId: idSchema.nullable(),
});
export const decideSchema = z.strictObject({
  version: z.number().int(),
  verdict: z.enum(['accept', 'reject', 'ask']),
  /** Mailed to the applicant: why, or what is missing. */
  reason: statement(10, 3_000),
});
export type Decide = z.infer<typeof decideSchema>;
export const decidedSchema = z.strictObject({
  application: applicationSchema,
  /** Why the account could not be invited, where the application was accepted; null: it was, or nothing was to be sent. */
  invitationProblem: z.string().nullable(),
});
export type Decided = z.infer<typeof decidedSchema>;
