import { readdirSync } from 'node:fs';
import type { Call } from '../../matching/types.ts';
import { idSchema } from '../http/schema.ts';
import { referencePath, readReferenceFile } from '../reference/reference-file.ts';
import { callRulesSchema, countryListsSchema, type CallRules, type CountryLists } from './schema.ts';
import { z } from 'zod';

/** One file of `server/reference/calls`: the id of a call, and the first version of its rules. */
const callFileSchema = z.looseObject({ id: idSchema });

/** An open call: its id and its rules. */
export type OpenCall = CallRules & { readonly id: string };

/** The calls that ship with the software, newest first by opening day. */
export function shippedCalls(): OpenCall[] {
  return readdirSync(referencePath('calls'))
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const { id, ...rest } = readReferenceFile(`calls/${name}`, callFileSchema);
      return { id, ...callRulesSchema.parse(rest) };
    })
    .toSorted((a, b) => (a.opens < b.opens ? 1 : -1));
}

/**
 * A shipped call: the one named, or else the newest by its opening day. For tools that work without a database; the server asks
 * `CallService`. Throws where there is none.
 */
export function loadOpenCall(id?: string): OpenCall {
  const found = shippedCalls().find((call) => id === undefined || call.id === id);
  if (found) return found;
  throw new Error(
    id === undefined
      ? 'server/reference/calls holds no call.'
      : `server/reference/calls has no call '${id}'.`,
  );
}

/** The rules of an open call as the engine takes them; `taken` are the SMEs that are already in a consortium of it. */
export function toEngineCall(call: OpenCall, taken: readonly string[] = []): Call {
  return {
    id: call.id,
    name: call.name,
    countries: call.countries,
    ...(call.crossBorder === 'bonus' ? { crossBorder: 'bonus' } : {}),
    trlEntryMin: call.trlEntryMin,
    instruments: call.instruments.map(({ id, name, trlMin, trlMax }) => ({ id, name, trlMin, trlMax })),
    challenges: call.challenges,
    taken,
  };
}

/** The engine's rules of a shipped call: the one named, or the newest. */
export function loadCall(id?: string): Call {
  return toEngineCall(loadOpenCall(id));
}

/** Dated lists of countries that the rules of a call can start from, with their sources. */
export function loadCountryLists(): CountryLists['items'] {
  return readReferenceFile('country-lists.json', z.looseObject({ lists: countryListsSchema.shape.items }))
    .lists;
}
