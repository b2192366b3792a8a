import { z } from 'zod';
import {
  countrySchema,
  daysQuery,
  idSchema,
  instantSchema,
  lineOf,
  pageOf,
  pageQuery,
  textOf,
  timeSortSchema,
  typedWords,
} from '../http/schema.ts';
import { trlSchema } from '../smes/schema.ts';

/*
 * An open call: its dated rules, in versions that are only ever added, and a state. draft: staff prepare it, nobody else sees it; open:
 * consortia can be formed for it; closed: its closing day is over; decided: its outcomes are final.
 */
export const CALL_STATES = ['draft', 'open', 'closed', 'decided'] as const;
export const callStateSchema = z.enum(CALL_STATES);
export type CallState = z.infer<typeof callStateSchema>;

const wholeEuros = z.int('must be a whole number of euros').min(0).max(1e9);
const termIds = z.array(z.string().max(120)).max(60).default([]);
const webAddress = z
  .url({ protocol: /^https?$/, error: 'must be a web address that begins with https:// or http://' })
  .max(500);

export const instrumentSchema = z
  .strictObject({
    id: idSchema,
    name: lineOf(120),
    /** Target TRL of the project, both ends included. */
    trlMin: trlSchema,
    trlMax: trlSchema,
    /** Most that one project can get, in euros, the mini-grant included. */
    grantCeilingEur: wholeEuros.min(1),
    /** Part of it that is paid for taking part in the Jury Day. */
    miniGrantEur: wholeEuros.default(0),
  })
  .refine(({ trlMin, trlMax }) => trlMin <= trlMax, { path: ['trlMax'], message: 'must not be below trlMin' })
  .refine((one) => one.miniGrantEur <= one.grantCeilingEur, {
    path: ['miniGrantEur'],
    message: 'is part of the grant ceiling and must not be above it',
  });
export type InstrumentRules = z.infer<typeof instrumentSchema>;

/** A need of the demand side that the call takes up, in words and in terms of the taxonomy. */
export const challengeSchema = z.strictObject({
  id: idSchema,
  words: textOf(4_000).min(1, 'must not be empty'),
  capabilities: termIds,
  technologies: termIds,
  fields: termIds,
  sectors: termIds,
  trlMin: trlSchema.nullable().default(null),
  trlMax: trlSchema.nullable().default(null),
});
export type Challenge = z.infer<typeof challengeSchema>;
export const challengesSchema = z.array(challengeSchema).max(60);

/** Where a call's countries come from. The countries themselves are copied into the rules, so that they never change by themselves. */
const countryListSchema = z.strictObject({
  /** A shipped list (`GET /country-lists`); null: put together by staff. */
  id: idSchema.nullable(),
  name: lineOf(160),
  asOf: z.iso.date(),
  source: textOf(1_000).min(1, 'say where the list comes from'),
});

/** Whether the two SMEs must come from two countries, or only do better by it. */
export const crossBorderSchema = z.enum(['required', 'bonus']);

const rulesShape = z.strictObject({
  name: lineOf(160),
  opens: z.iso.date(),
  closes: z.iso.date(),
  /** Where these rules are written down. */
  source: textOf(1_000).min(1, 'say where these rules are written down'),
  note: textOf(1_000).default(''),
  documents: z
    .array(z.strictObject({ title: lineOf(160), url: webAddress }))
    .max(20)
    .default([]),
  countryList: countryListSchema,
  countries: z.array(countrySchema).min(1, 'choose at least one country').max(100),
  /** A solution below this TRL cannot enter. */
  trlEntryMin: trlSchema,
  crossBorder: crossBorderSchema.default('required'),
  instruments: z.array(instrumentSchema).min(1, 'a call has at least one instrument').max(10),
  challenges: challengesSchema,
  /** Money for grants in all; null: not known. */
  budgetEur: wholeEuros.nullable().default(null),
});

const twice = (ids: readonly string[]): number => ids.findIndex((id, at) => ids.indexOf(id) < at);

/** The rules of a call, as one version of them is published. */
export const callRulesSchema = rulesShape.check(({ value, issues }) => {
  const fault = (path: (string | number)[], message: string): void =>
    void issues.push({ code: 'custom', input: value, path, message });
  if (value.closes < value.opens) fault(['closes'], 'must not be before the opening day');
  const lists = {
    instruments: value.instruments.map(({ id }) => id),
    challenges: value.challenges.map(({ id }) => id),
    countries: value.countries,
  };
  for (const [field, ids] of Object.entries(lists)) {
    const at = twice(ids);
    if (at >= 0) fault([field, at], `'${ids[at] ?? ''}' is there twice`);
  }
  if (value.crossBorder === 'required' && value.countries.length < 2) {
    fault(['countries'], 'must be two at least where the two SMEs must come from two countries');
  }
  if (value.instruments.every(({ trlMax }) => trlMax < value.trlEntryMin)) {
    fault(['trlEntryMin'], 'is above the highest target TRL of every instrument, so nobody could enter');
  }
});
export type CallRules = z.infer<typeof callRulesSchema>;
/** Rules as they are sent: what has a default may be left out. */
export type CallRulesInput = z.input<typeof callRulesSchema>;

/** A call with its newest rules, as everybody signed in may see it. */
export const callSchema = z.strictObject({
  id: idSchema,
  state: callStateSchema,
  /** Grows with each change of state. */
  version: z.number().int(),
  /** True for the one call that matching, events and consortia work on. */
  inForce: z.boolean(),
  /** Which version of the rules this is: 1, 2, 3 … */
  rulesVersion: z.number().int(),
  /** When this version was published. */
  publishedAt: instantSchema,
  ...rulesShape.shape,
});
export type CallView = z.infer<typeof callSchema>;

/** A call in a list. */
export const callSummarySchema = callSchema.pick({
  id: true,
  state: true,
  inForce: true,
  rulesVersion: true,
  name: true,
  opens: true,
  closes: true,
  instruments: true,
  budgetEur: true,
});
export type CallSummary = z.infer<typeof callSummarySchema>;
export const callPageSchema = pageOf(callSummarySchema);
export const callQuerySchema = z.strictObject({
  ...pageQuery,
  state: callStateSchema.optional(),
  /** By the opening day. */
  sort: timeSortSchema.default('newest'),
});
export type CallQuery = z.infer<typeof callQuerySchema>;

/** One version of the rules: who published it, when and why. */
export const rulesVersionSchema = z.strictObject({
  callId: idSchema,
  version: z.number().int(),
  at: instantSchema,
  /** Name of who published it, as it was then; null for what ships with the software. */
  by: z.string().nullable(),
  note: z.string(),
  rules: rulesShape,
});
export type RulesVersionView = z.infer<typeof rulesVersionSchema>;
export const rulesVersionPageSchema = pageOf(rulesVersionSchema);
export const rulesVersionQuerySchema = z.strictObject({
  ...pageQuery,
  ...daysQuery,
  /** Words of the name of who published them, or of why. */
  q: typedWords,
  sort: timeSortSchema.default('newest'),
});
export type RulesVersionQuery = z.infer<typeof rulesVersionQuerySchema>;

const noteSchema = textOf(500);
export const newCallSchema = z.strictObject({
  /** Short name for addresses, never changed afterwards. */
  id: idSchema,
  rules: callRulesSchema,
});
export const rulesChangeSchema = z.strictObject({
  /** The version that the change was made on. */
  baseVersion: z.number().int(),
  rules: callRulesSchema,
  /** Why they change: everybody can read it later. */
  note: noteSchema.min(1, 'say why the rules change'),
});
export const stateChangeSchema = z.strictObject({
  version: z.number().int(),
  to: callStateSchema,
  reason: noteSchema.default(''),
});
export const callChoiceSchema = z.strictObject({
  /** The call that was in force when this one was chosen. */
  replaces: idSchema,
  reason: noteSchema.default(''),
});

export const countryListsSchema = z.strictObject({
  items: z.array(
    z.strictObject({ ...countryListSchema.shape, id: idSchema, countries: z.array(z.string()) }),
  ),
});
export type CountryLists = z.infer<typeof countryListsSchema>;
