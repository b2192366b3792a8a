import { z } from 'zod';
import { readReferenceFile } from '../reference/reference-file.ts';
import { PHASES, phaseSchema, type Phase } from '../smes/schema.ts';
import type { TaxonomyTerm } from '../taxonomy/taxonomy.ts';

const entry = z.strictObject({ term: z.string(), phases: z.array(phaseSchema), because: z.string() });
const phasesFile = z.strictObject({
  source: z.string(),
  date: z.iso.date(),
  domains: z.array(entry),
  exceptions: z.array(entry),
});

/** Where a solution stands on the axis of phases. */
export interface PhaseFinding {
  readonly phases: readonly Phase[];
  /** `declared` by the SME, `derived` from its capabilities by the shipped table, or neither. */
  readonly origin: 'declared' | 'derived' | 'unknown';
}

export type PhaseFinder = (solution: {
  readonly capabilities: readonly string[];
  readonly phases?: readonly Phase[];
}) => PhaseFinding;

/**
 * Reads the table from capabilities to phases (server/reference/phases.json, with its source). A narrower term has the phases of its
 * domain unless the table names it. What an SME chose itself always comes first, and nothing is derived where no capability says so.
 */
export function loadPhases(terms: readonly TaxonomyTerm[]): PhaseFinder {
  const { domains, exceptions } = readReferenceFile('phases.json', phasesFile);
  const named = new Map([...domains, ...exceptions].map(({ term, phases }) => [term, phases]));
  const byTerm = new Map(
    terms.map(({ id, broader }) => [id, named.get(id) ?? named.get(broader ?? '') ?? []]),
  );
  return ({ capabilities, phases: chosen = [] }) => {
    if (chosen.length > 0) return { phases: chosen, origin: 'declared' };
    const derived = new Set(capabilities.flatMap((term) => byTerm.get(term) ?? []));
    if (derived.size === 0) return { phases: [], origin: 'unknown' };
    return { phases: PHASES.filter((phase) => derived.has(phase)), origin: 'derived' };
  };
}
