import { inSentence } from './explain/phrases.ts';
import type { TaxonomyEntry, TermId } from './types.ts';

/** Unit of closeness: the same term. */
export const CLOSE_UNIT = 12;
/** One is a broader term of the other. */
const BROADER = 6;
/** Both under the same top term (the same JRC domain). */
const SAME_DOMAIN = 3;

/** The taxonomy as a tree with numbered terms. */
export interface Taxonomy {
  readonly size: number;
  /** Number of a term; undefined for an id that the taxonomy does not have (such terms count as not declared). */
  number(id: TermId): number | undefined;
  id(number: number): TermId;
  label(id: TermId): string;
  /** The label of a numbered term as it stands inside a sentence. */
  spoken(number: number): string;
  /** Closeness of two numbered terms, 0 to CLOSE_UNIT: the table has size x size places. */
  readonly closeness: Uint8Array;
}

/** From a term up to its top term, itself first. A loop or an unknown broader term ends the way. */
const pathOf = (entry: TaxonomyEntry, byId: ReadonlyMap<TermId, TaxonomyEntry>): TermId[] => {
  const path: TermId[] = [];
  let current: TaxonomyEntry | undefined = entry;
  while (current && !path.includes(current.id)) {
    path.push(current.id);
    current = current.broader === null ? undefined : byId.get(current.broader);
  }
  return path;
};

const closenessOf = (one: readonly TermId[], other: readonly TermId[]): number => {
  if (one[0] === other[0]) return CLOSE_UNIT;
  if (one.includes(other[0]) || other.includes(one[0])) return BROADER;
  return one.at(-1) === other.at(-1) ? SAME_DOMAIN : 0;
};

/**
 * Builds the tree. Partial credit for near terms follows their place in it: a broader or narrower term counts half, a term
 * of the same domain a quarter, anything else nothing.
 *
 * @throws RangeError where two entries share an id
 */
export function buildTaxonomy(entries: readonly TaxonomyEntry[]): Taxonomy {
  const byId = new Map<TermId, TaxonomyEntry>();
  for (const entry of entries) {
    if (byId.has(entry.id)) throw new RangeError(`The taxonomy has the term '${entry.id}' twice.`);
    byId.set(entry.id, entry);
  }
  const numbers = new Map(entries.map(({ id }, i) => [id, i]));
  const paths = entries.map((entry) => pathOf(entry, byId));
  const spoken = entries.map(({ label }) => inSentence(label));
  const closeness = new Uint8Array(entries.length ** 2);
  paths.forEach((one, i) => {
    paths.forEach((other, j) => (closeness[i * entries.length + j] = closenessOf(one, other)));
  });
  return {
    size: entries.length,
    number: (id) => numbers.get(id),
    id: (number) => entries[number].id,
    label: (id) => byId.get(id)?.label ?? id,
    spoken: (number) => spoken[number],
    closeness,
  };
}
