import { ones, ratio } from '../fixed.ts';
import { termsOf } from '../prepare.ts';
import { CLOSE_UNIT, type Taxonomy } from '../taxonomy.ts';
import type { Need, Profile, Solution, TermId, Trl } from '../types.ts';
import { LEVEL_MOST, type Level, type PartBrought } from './types.ts';

/*
 * What of a need an SME brings, as two bit masks: a bit for each part that it offers, and for each that it offers at the wanted readiness
 * (a part of the first). The level of a part is the number of the two masks that have its bit, so levels of a pair are the masks of both
 * put together.
 */

/** Parts fit in one 32-bit mask. */
export const PARTS_MOST = 30;
/** A term is brought by itself or by a broader or narrower one, as in the factor challenge. */
const BRINGS = CLOSE_UNIT / 2;

/** A need as the search reads it. */
export interface Wanted {
  readonly need: Need;
  /** The wanted terms that the taxonomy knows, each once, by facet order and id. */
  readonly terms: readonly TermId[];
  readonly numbers: readonly number[];
  /** For each term that an SME may declare, a bit for each part that it brings. */
  readonly brought: ReadonlyMap<TermId, number>;
}

export interface Cover {
  readonly any: number;
  readonly ready: number;
}

/**
 * Reads the parts of a need. Terms that the taxonomy does not have count as not asked for.
 *
 * @throws RangeError where it wants more than PARTS_MOST terms
 */
export function wantedOf(need: Need, taxonomy: Taxonomy): Wanted {
  const known = termsOf([need], ['capabilities', 'technologies', 'fields', 'sectors']).filter(
    (term) => taxonomy.number(term) !== undefined,
  );
  if (known.length > PARTS_MOST) {
    throw new RangeError(`A need wants ${PARTS_MOST} terms at most; this one wants ${known.length}.`);
  }
  const numbers = known.map((term) => taxonomy.number(term) ?? -1);
  return { need, terms: known, numbers, brought: broughtBy(numbers, taxonomy) };
}

function broughtBy(wanted: readonly number[], taxonomy: Taxonomy): ReadonlyMap<TermId, number> {
  const brought = new Map<TermId, number>();
  for (let own = 0; own < taxonomy.size; own += 1) {
    const mask = wanted.reduce(
      (bits, number, part) => bits | (near(number, own, taxonomy) ? 1 << part : 0),
      0,
    );
    if (mask !== 0) brought.set(taxonomy.id(own), mask);
  }
  return brought;
}

/** Whether a term, by its number, brings a wanted one. */
export const near = (wanted: number, own: number, taxonomy: Taxonomy): boolean =>
  taxonomy.closeness[wanted * taxonomy.size + own] >= BRINGS;

/** Most that can be covered of a need. */
export const coverMost = ({ terms }: Wanted): number => LEVEL_MOST * terms.length;

/** Sum of the levels of a cover. */
export const levelsIn = ({ any, ready }: Cover): number => ones(any) + ones(ready);

export const together = (one: Cover, other: Cover): Cover => ({
  any: one.any | other.any,
  ready: one.ready | other.ready,
});

/** Level of one part in a cover. */
export const levelAt = ({ any, ready }: Cover, part: number): Level =>
  ((any >>> part) & 1) === 0 ? 0 : ((ready >>> part) & 1) === 0 ? 1 : 2;

/** Whether a readiness is a wanted one. What is not declared is not known to be ready, unless any will do. */
export const isReady = (
  trl: Trl | null,
  { trlMin, trlMax }: { readonly trlMin: Trl | null; readonly trlMax: Trl | null },
): boolean => {
  if (trlMin === null && trlMax === null) return true;
  return trl !== null && trl >= (trlMin ?? 1) && trl <= (trlMax ?? 9);
};

const termsIn = (solution: Solution): readonly TermId[] => [
  ...solution.capabilities,
  ...solution.technologies,
  ...solution.fields,
  ...solution.sectors,
];

/** What of a need the solutions of a profile bring. */
export function coverOf({ solutions }: Pick<Profile, 'solutions'>, { need, brought }: Wanted): Cover {
  let any = 0;
  let ready = 0;
  for (const solution of solutions) {
    const mask = termsIn(solution).reduce((bits, own) => bits | (brought.get(own) ?? 0), 0);
    any |= mask;
    if (isReady(solution.trl, need)) ready |= mask;
  }
  return { any, ready };
}

interface Bringer {
  readonly solution: Solution;
  readonly term: TermId;
  /** Ready first, then the nearer term, then the higher readiness. */
  readonly rank: number;
}

function bestBringer(profile: Profile, part: number, wanted: Wanted, taxonomy: Taxonomy): Bringer | null {
  let best: Bringer | null = null;
  for (const solution of profile.solutions) {
    for (const term of termsIn(solution)) {
      const number = taxonomy.number(term);
      if (number === undefined || !near(wanted.numbers[part], number, taxonomy)) continue;
      const closeness = taxonomy.closeness[wanted.numbers[part] * taxonomy.size + number];
      const rank = (isReady(solution.trl, wanted.need) ? 1_000 : 0) + closeness * 10 + (solution.trl ?? 0);
      if (best === null || rank > best.rank) best = { solution, term, rank };
    }
  }
  return best;
}

/** Contribution of each part to the score; they add up to it exactly. */
export function contributions(levels: readonly Level[]): number[] {
  const most = LEVEL_MOST * levels.length;
  let sum = 0;
  return levels.map((level) => {
    const before = ratio(sum, most);
    sum += level;
    return ratio(sum, most) - before;
  });
}

/** What a profile brings of each part, with the solution behind it. */
export function partsBrought(profile: Profile, wanted: Wanted, taxonomy: Taxonomy): PartBrought[] {
  const cover = coverOf(profile, wanted);
  const levels = wanted.terms.map((_, part) => levelAt(cover, part));
  const shares = contributions(levels);
  return wanted.terms.map((term, part) => {
    const bringer = bestBringer(profile, part, wanted, taxonomy);
    return {
      term,
      level: levels[part],
      contribution: shares[part],
      solution: bringer && {
        id: bringer.solution.id,
        title: bringer.solution.title,
        trl: bringer.solution.trl,
        term: bringer.term,
      },
    };
  });
}
