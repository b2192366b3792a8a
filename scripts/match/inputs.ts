import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { DEFAULT_WEIGHTS, parseWeights } from '../../matching/weights.ts';
import type { Call, Need, Weights } from '../../matching/types.ts';
import { loadCall } from '../../server/calls/calls.ts';
import { checkTerms } from '../../server/needs/check.ts';
import { trlSchema } from '../../server/smes/schema.ts';
import type { TaxonomyService } from '../../server/taxonomy/service.ts';
import { InputProblem } from './problem.ts';

/** Why a file could not be opened, in words. */
export function readingProblem(file: string, error: unknown): InputProblem {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT') return new InputProblem(`there is no file '${file}'`);
  if (code === 'EISDIR') return new InputProblem(`'${file}' is a folder, not a file`);
  if (code === 'EACCES') return new InputProblem(`'${file}' may not be read`);
  throw error;
}

/** The JSON in a file. @throws InputProblem */
export function readJson(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    throw readingProblem(file, error);
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new InputProblem(`'${file}' is not JSON`);
  }
}

/** Weights from a file, or the default ones. */
export function readWeights(file: string | null): Weights {
  if (file === null) return DEFAULT_WEIGHTS;
  const parsed = parseWeights(readJson(file));
  if (parsed.ok) return parsed.weights;
  throw new InputProblem(`weights in '${file}': ${parsed.errors.map(({ message }) => message).join(' ')}`);
}

const terms = z.array(z.string()).default([]);
const callSchema = z.object({
  id: z.string().min(1),
  name: z.string().min(1),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter code, such as FR')).min(1),
  crossBorder: z.literal('bonus').optional(),
  trlEntryMin: trlSchema,
  instruments: z
    .array(
      z
        .object({ id: z.string(), name: z.string(), trlMin: trlSchema, trlMax: trlSchema })
        .refine(({ trlMin, trlMax }) => trlMin <= trlMax, 'trlMin must not be above trlMax'),
    )
    .min(1),
  challenges: z
    .array(
      z.object({
        id: z.string(),
        words: z.string(),
        capabilities: terms,
        technologies: terms,
        fields: terms,
        sectors: terms,
        trlMin: trlSchema.nullable().default(null),
        trlMax: trlSchema.nullable().default(null),
      }),
    )
    .default([]),
  taken: z.array(z.string()).default([]),
});

const needSchema = z.object({
  id: z.string().min(1).default('need'),
  title: z.string().default(''),
  words: z.string().default(''),
  capabilities: terms,
  technologies: terms,
  fields: terms,
  sectors: terms,
  trlMin: trlSchema.nullable().default(null),
  trlMax: trlSchema.nullable().default(null),
});

/** A need of the demand side from a file. @throws InputProblem also for terms that are not there, or too many */
export function readNeed(file: string, taxonomy: TaxonomyService): Need {
  const parsed = needSchema.safeParse(readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputProblem(
      `need in '${file}': ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`,
    );
  }
  const { title, ...need } = parsed.data;
  const [fault] = checkTerms(need, taxonomy);
  if (fault) throw new InputProblem(`need in '${file}': ${fault.field}: ${fault.message}`);
  return { ...need, words: `${title}. ${need.words}` };
}

/** A call from a file, or the newest that the repository has. */
export function readCall(file: string | null, taxonomy: TaxonomyService): Call {
  if (file === null) return loadCall();
  const parsed = callSchema.safeParse(readJson(file));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new InputProblem(
      `call in '${file}': ${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'wrong shape'}`,
    );
  }
  const unknown = parsed.data.challenges
    .flatMap((one) => [...one.capabilities, ...one.technologies, ...one.fields, ...one.sectors])
    .find((term) => taxonomy.facetOf(term) === undefined);
  if (unknown !== undefined)
    throw new InputProblem(`call in '${file}': the taxonomy has no term '${unknown}'`);
  return parsed.data;
}
