import type { Facet } from '../taxonomy/service.ts';
import type { Phase } from '../smes/schema.ts';
import type { Entry, TermNumbers } from './catalogue.ts';

/** Where a count can be split, and a choice be made. */
export type Dimension = Facet | 'country' | 'phase' | 'trl';

/** What somebody chose; within one list any fits, all lists must. */
export interface Choices {
  readonly capabilities: readonly string[];
  readonly technologies: readonly string[];
  readonly fields: readonly string[];
  readonly sectors: readonly string[];
  readonly countries: readonly string[];
  readonly phases: readonly Phase[];
  readonly trlMin: number | null;
  readonly trlMax: number | null;
  /** Only what may be shown without an account. */
  readonly publicOnly: boolean;
}

interface Check {
  readonly dimension: Dimension;
  readonly fits: (entry: Entry) => boolean;
}

/** A solution fits; or it fails one dimension only, so it still counts there; or it fails more. */
export type Verdict = 'fits' | Dimension | 'fails';

/** Makes the choices ready to be tried on every solution. */
export function compileChoices(choices: Choices, terms: TermNumbers): (entry: Entry) => Verdict {
  const checks = [
    ...(['capabilities', 'technologies', 'fields', 'sectors'] as const).flatMap((facet) =>
      choices[facet].length === 0 ? [] : [termCheck(facet, choices[facet], terms)],
    ),
    ...placeChecks(choices),
  ];
  return (entry) => {
    if (choices.publicOnly && !entry.listedPublicly) return 'fails';
    let failed: Dimension | null = null;
    for (const { dimension, fits } of checks) {
      if (fits(entry)) continue;
      if (failed !== null) return 'fails';
      failed = dimension;
    }
    return failed ?? 'fits';
  };
}

function termCheck(facet: Facet, ids: readonly string[], terms: TermNumbers): Check {
  const chosen = new Uint8Array(terms.ids.length);
  for (const id of ids) {
    const number = terms.numberOf(id);
    if (number !== undefined) chosen[number] = 1;
  }
  return { dimension: facet, fits: (entry) => entry.terms.some((term) => chosen[term] === 1) };
}

function placeChecks({ countries, phases, trlMin, trlMax }: Choices): Check[] {
  const places = new Set(countries);
  const checks: Check[] = [];
  if (places.size > 0) checks.push({ dimension: 'country', fits: (entry) => places.has(entry.country) });
  if (phases.length > 0) {
    checks.push({
      dimension: 'phase',
      fits: (entry) => entry.phases.some((phase) => phases.includes(phase)),
    });
  }
  if (trlMin !== null || trlMax !== null) {
    const [low, high] = [trlMin ?? 1, trlMax ?? 9];
    checks.push({ dimension: 'trl', fits: ({ trl }) => trl >= low && trl <= high });
  }
  return checks;
}
