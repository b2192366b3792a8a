import { z } from 'zod';
import {
  inputHashOf,
  manifestOf,
  RUN_LOG_FORMAT,
  type RunInputs,
  type RunLog,
  type RunOutcome,
} from '../../matching/run-log.ts';
import { AIMS, OVERS } from '../../matching/index.ts';
import type { RoundsQuestion } from '../matching/event-rooms.ts';
import type { Call, Profile, TaxonomyEntry } from '../../matching/types.ts';
import { trlSchema } from '../smes/schema.ts';
import { weightValuesSchema } from '../weights/schema.ts';
import { sha256 } from './hash.ts';

/*
 * The log of a run as a file, and the stored parts of it: read back by these schemas, so that what the engine is given has the shape that
 * it was written in.
 */

const ids = z.array(z.string());
const terms = { capabilities: ids, technologies: ids, fields: ids, sectors: ids };
const whole = z.int();
const level = trlSchema.nullable();
const need = z.strictObject({ id: z.string(), words: z.string(), ...terms, trlMin: level, trlMax: level });

/** A profile as the engine had it. */
export const engineProfileSchema: z.ZodType<Profile> = z.strictObject({
  id: z.string(),
  name: z.string(),
  country: z.string(),
  clusterId: z.string().nullable(),
  sizeClass: z.enum(['micro', 'small', 'medium', 'not-an-sme', 'not-yet-declared']),
  marketRole: z.enum(['security-market', 'deep-tech']).nullable(),
  languages: ids,
  group: z.string().nullable(),
  available: z.boolean(),
  solutions: z.array(
    z.strictObject({ id: z.string(), title: z.string(), offer: z.string(), trl: level, ...terms }),
  ),
  needs: z.array(need),
  projects: ids.optional(),
  conflicts: ids,
  declined: ids,
});

/** The rules of a call as the engine had them. */
export const engineCallSchema: z.ZodType<Call> = z.strictObject({
  id: z.string(),
  name: z.string(),
  countries: ids,
  crossBorder: z.literal('bonus').optional(),
  trlEntryMin: trlSchema,
  instruments: z.array(
    z.strictObject({ id: z.string(), name: z.string(), trlMin: trlSchema, trlMax: trlSchema }),
  ),
  challenges: z.array(need),
  taken: ids,
});

/** The taxonomy as the engine had it. */
export const engineTaxonomySchema: z.ZodType<readonly TaxonomyEntry[]> = z.array(
  z.strictObject({
    id: z.string(),
    label: z.string(),
    facet: z.enum(['knowledge_domain', 'technology', 'sector', 'use_case']),
    broader: z.string().nullable(),
  }),
);

const twos = z.array(z.tuple([z.string(), z.string()]));
/** What was asked of a run, in full. */
export const askedSchema: z.ZodType<RunInputs['options']> = z.strictObject({
  minScore: whole,
  aim: z.enum(AIMS),
  over: z.enum(OVERS),
  pinned: twos,
  forbidden: twos,
});

const outcomeSchema: z.ZodType<RunOutcome> = z.strictObject({
  pairs: z.array(z.strictObject({ a: z.string(), b: z.string(), score: whole })),
  total: whole,
  bound: whole,
  status: z.enum(['optimal', 'feasible']),
  stopped: z.boolean(),
  gap: whole,
  over: z.enum(OVERS),
  price: whole,
  alone: ids,
});

const inputsSchema: z.ZodType<RunInputs> = z.strictObject({
  engine: z.string(),
  taxonomy: engineTaxonomySchema,
  call: engineCallSchema,
  weights: weightValuesSchema,
  listLength: whole.min(1),
  profiles: z.array(engineProfileSchema),
  options: askedSchema,
});

const pin = z.strictObject({ round: whole, a: z.string(), b: z.string(), table: whole.exactOptional() });
const meeting = z.strictObject({ round: whole, table: whole, a: z.string(), b: z.string(), score: whole });
/** What was asked of a plan for the rounds of an event. */
export const roundsQuestionSchema: z.ZodType<RoundsQuestion> = z.strictObject({
  participants: ids,
  options: z.strictObject({
    first: whole,
    rounds: whole,
    tables: whole.exactOptional(),
    wishes: z
      .array(z.strictObject({ from: z.string(), to: z.string(), kind: z.enum(['must', 'would-like']) }))
      .exactOptional(),
    never: twos.exactOptional(),
    met: twos.exactOptional(),
    pinned: z.array(pin).exactOptional(),
    absences: z.array(z.strictObject({ sme: z.string(), round: whole })).exactOptional(),
    byes: z.array(z.strictObject({ sme: z.string(), count: whole })).exactOptional(),
    standing: z.array(meeting).exactOptional(),
    standingBonus: whole.exactOptional(),
    needed: whole.exactOptional(),
  }),
  told: z.array(meeting),
});

const hash = z.string().regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits');
const runLogSchema: z.ZodType<RunLog> = z.strictObject({
  format: z.literal(RUN_LOG_FORMAT),
  inputs: inputsSchema,
  inputHash: hash,
  outcome: outcomeSchema,
  resultHash: hash,
});

/** A stored part of a run's inputs. @throws where it is missing or has another shape, which is a fault of the store */
export function readText<T>(schema: z.ZodType<T>, text: string | undefined): T {
  if (text === undefined) throw new Error('A part of the inputs of a run is missing.');
  return schema.parse(JSON.parse(text));
}

/** A log that was read, or why it cannot be, in one plain sentence. */
export type ReadLog =
  { readonly ok: true; readonly log: RunLog } | { readonly ok: false; readonly reason: string };

/** Reads the log of a run, and checks that its inputs are those that its hash names. */
export function readRunLog(value: unknown): ReadLog {
  const parsed = runLogSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = issue?.path.map(String).join('.') ?? '';
    return { ok: false, reason: `it is not the log of a run: ${where}: ${issue?.message ?? 'wrong shape'}` };
  }
  const { inputs, inputHash } = parsed.data;
  if (inputHashOf({ ...manifestOf(inputs, sha256), engine: inputs.engine }, sha256) !== inputHash) {
    return { ok: false, reason: 'its inputs are not the ones that its hash names: the file was changed' };
  }
  return { ok: true, log: parsed.data };
}
