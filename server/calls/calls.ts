import { readdirSync } from 'node:fs';
import { z } from 'zod';
import type { Call } from '../../matching/types.ts';
import { trlSchema } from '../smes/schema.ts';
import { referencePath, readReferenceFile } from '../reference/reference-file.ts';
import type { CallView } from './schema.ts';

const termIds = z.array(z.string()).default([]);
/** One file of `server/reference/calls`: the rules of one open call, with their dates and source. */
const callFileSchema = z.object({
  id: z.string(),
  name: z.string(),
  opens: z.iso.date(),
  closes: z.iso.date(),
  source: z.string(),
  countries: z.array(z.string().regex(/^[A-Z]{2}$/)).min(2),
  trlEntryMin: trlSchema,
  instruments: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        trlMin: trlSchema,
        trlMax: trlSchema,
        grantCeilingEur: z.number().positive(),
      }),
    )
    .min(1),
  challenges: z.array(
    z.object({
      id: z.string(),
      words: z.string(),
      capabilities: termIds,
      technologies: termIds,
      fields: termIds,
      sectors: termIds,
      trlMin: trlSchema.nullable().default(null),
      trlMax: trlSchema.nullable().default(null),
    }),
  ),
});

/** An open call as its data file tells it: the engine's rules, and what people are shown. */
export type OpenCall = z.infer<typeof callFileSchema>;

/**
 * Reads an open call from `server/reference/calls`: the one named, or else the call in force, which is the newest by its opening day.
 * Throws where there is none, or where a file does not have the right shape.
 */
export function loadOpenCall(id?: string): OpenCall {
  const calls = readdirSync(referencePath('calls'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => readReferenceFile(`calls/${name}`, callFileSchema))
    .filter((call) => id === undefined || call.id === id)
    .toSorted((a, b) => (a.opens < b.opens ? 1 : -1));
  const [newest] = calls;
  if (!newest)
    throw new Error(
      id === undefined
        ? 'server/reference/calls holds no call.'
        : `server/reference/calls has no call '${id}'.`,
    );
  return newest;
}

/** The rules of an open call as the engine takes them; `taken` are the SMEs that are already in a consortium of it. */
export function toEngineCall(call: OpenCall, taken: readonly string[] = []): Call {
  return {
    id: call.id,
    name: call.name,
    countries: call.countries,
    trlEntryMin: call.trlEntryMin,
    instruments: call.instruments.map(({ id, name, trlMin, trlMax }) => ({ id, name, trlMin, trlMax })),
    challenges: call.challenges,
    taken,
  };
}

/** The engine's rules of the named call, or of the call in force. */
export function loadCall(id?: string): Call {
  return toEngineCall(loadOpenCall(id));
}

/** An open call as people are shown it. */
export function presentCall(call: OpenCall): CallView {
  return {
    id: call.id,
    name: call.name,
    opens: call.opens,
    closes: call.closes,
    source: call.source,
    countries: [...call.countries],
    trlEntryMin: call.trlEntryMin,
    instruments: call.instruments.map(({ id, name, trlMin, trlMax, grantCeilingEur }) => ({
      id,
      name,
      trlMin,
      trlMax,
      grantCeilingEur,
    })),
    challenges: call.challenges.map(({ id, words }) => ({ id, words })),
  };
}
