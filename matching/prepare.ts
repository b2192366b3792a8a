import { bits } from './fixed.ts';
import type { Taxonomy } from './taxonomy.ts';
import { hashText } from './text/hash.ts';
import type { Bag, Vocabulary } from './text/vocabulary.ts';
import type { Need, Profile, Solution, TaxonomyTerms, TermId, Trl } from './types.ts';

/** What the factors read of one profile; made once per profile, free of the pool, the call and the weights. */
export interface Prepared {
  readonly profile: Profile;
  /** What it offers, in words (titles, descriptions and the labels of its terms). */
  readonly offer: Bag;
  /** What it seeks, in words; its offer where it posts no need. */
  readonly need: Bag;
  /** It posts no need: what it works on itself stands in for it. */
  readonly standsIn: boolean;
  /** Hashes of the ids of the joint projects that it names. */
  readonly projects: Int32Array;
  /**
   * Numbers of the capabilities and technologies that it offers and that it seeks. Only its words stand in for a need: what it works on
   * tells its subject, but whoever offers cryptology does not seek cryptology.
   */
  readonly offerTerms: Int16Array;
  readonly needTerms: Int16Array;
  /** Bit t - 1 for each declared TRL t of its solutions. */
  readonly levels: number;
  /** Bit t - 1 for each TRL that its needs accept; 0: any. */
  readonly wantedLevels: number;
  /** Fields of application and sectors of its solutions. */
  readonly fields: readonly TermId[];
  readonly sectors: readonly TermId[];
  /** Every known term of its solutions, in any facet. */
  readonly allTerms: Int16Array;
}

type WithTerms = Solution | Need;
type Facet = keyof TaxonomyTerms;
const ALL_FACETS: readonly Facet[] = ['capabilities', 'technologies', 'fields', 'sectors'];

/** Terms of some facets, each once, in order. */
export function termsOf(items: readonly WithTerms[], facets: readonly Facet[]): TermId[] {
  // loops over lists of a few: this runs seven times for each profile of a pool
  const terms: TermId[] = [];
  for (const item of items) {
    for (const facet of facets) {
      for (const term of item[facet]) if (!terms.includes(term)) terms.push(term);
    }
  }
  return terms.sort();
}

/** Shared by the many who declare nothing: an array of its own takes 200 bytes even where it is empty. */
const NO_TERMS = new Int16Array(0);
const NO_PROJECTS = new Int32Array(0);

function numbersOf(terms: readonly TermId[], taxonomy: Taxonomy): Int16Array {
  if (terms.length === 0) return NO_TERMS;
  return Int16Array.from(terms.map((term) => taxonomy.number(term) ?? -1).filter((number) => number >= 0));
}

/** Whether a need says anything at all. */
export const isPosted = (need: Need): boolean =>
  need.words.trim() !== '' || ALL_FACETS.some((facet) => need[facet].length > 0);

const labelsOf = (items: readonly WithTerms[], taxonomy: Taxonomy): string[] =>
  termsOf(items, ALL_FACETS).map((term) => taxonomy.label(term));

/** The words of what an SME offers, as it wrote them, with the labels of the terms that it chose. */
const offerTexts = ({ solutions }: Profile, taxonomy: Taxonomy): string[] => [
  ...solutions.flatMap(({ title, offer }) => [title, offer]),
  ...labelsOf(solutions, taxonomy),
];

/** The words of what an SME seeks, with the labels of the terms that it chose. */
export const needTexts = ({ needs }: Pick<Profile, 'needs'>, taxonomy: Taxonomy): string[] => [
  ...needs.map(({ words }) => words),
  ...labelsOf(needs, taxonomy),
];

/** Forms in which an SME wrote the stems of what it offers, by their numbers in the vocabulary that read them. */
export const offerForms = (
  { offer, profile }: Prepared,
  taxonomy: Taxonomy,
  vocabulary: Vocabulary,
): Int32Array => vocabulary.formsOf(offer, () => offerTexts(profile, taxonomy));

/** The same of what it seeks; what it offers where that stands in. */
export const needForms = (prepared: Prepared, taxonomy: Taxonomy, vocabulary: Vocabulary): Int32Array =>
  prepared.standsIn
    ? offerForms(prepared, taxonomy, vocabulary)
    : vocabulary.formsOf(prepared.need, () => needTexts(prepared.profile, taxonomy));

const levelsFrom = (low: Trl | null, high: Trl | null): number => {
  let mask = 0;
  for (let level = low ?? 1; level <= (high ?? 9); level += 1) mask |= 1 << (level - 1);
  return mask;
};

/** What the needs accept together; one need without limits does not widen what another one states. */
const wantedLevels = (needs: readonly Need[]): number =>
  needs
    .filter(({ trlMin, trlMax }) => trlMin !== null || trlMax !== null)
    .reduce((mask, { trlMin, trlMax }) => mask | levelsFrom(trlMin, trlMax), 0);

const declaredLevels = (solutions: readonly Solution[]): number =>
  solutions.reduce((mask, { trl }) => (trl === null ? mask : mask | (1 << (trl - 1))), 0);

/** Highest level of a mask, 0 for none. */
export const highest = (levels: number): number => bits(levels);

/** Whether two profiles say the same of what they offer and seek, so that what was read of one holds for the other. */
const saysTheSame = (one: Profile, other: Profile): boolean =>
  sameValues(one.projects ?? [], other.projects ?? []) &&
  sameItems(one.solutions, other.solutions, ({ title, offer, trl }) => [title, offer, trl]) &&
  sameItems(one.needs, other.needs, ({ words, trlMin, trlMax }) => [words, trlMin, trlMax]);

const sameItems = <Item extends WithTerms>(
  one: readonly Item[],
  other: readonly Item[],
  valuesOf: (item: Item) => readonly (string | number | null)[],
): boolean =>
  one.length === other.length &&
  one.every(
    (item, i) =>
      sameValues(valuesOf(item), valuesOf(other[i])) &&
      ALL_FACETS.every((facet) => sameValues(item[facet], other[i][facet])),
  );

const sameValues = <Value>(one: readonly Value[], other: readonly Value[]): boolean =>
  one.length === other.length && one.every((value, i) => value === other[i]);

const projectsOf = ({ projects = [] }: Profile): Int32Array =>
  projects.length === 0 ? NO_PROJECTS : Int32Array.from(projects, (id) => hashText(id, 0));

/**
 * Reads a profile. Terms that the taxonomy does not have count as not declared. What was read of an earlier version is kept where its
 * solutions and needs are the same, so that an answer or a coming and going does not read any text.
 */
export function prepare(
  profile: Profile,
  taxonomy: Taxonomy,
  vocabulary: Vocabulary,
  before?: Prepared,
): Prepared {
  if (before && saysTheSame(before.profile, profile)) return { ...before, profile };
  const { solutions } = profile;
  const needs = profile.needs.filter(isPosted);
  const standsIn = needs.length === 0;
  const offer = vocabulary.readAll(offerTexts(profile, taxonomy));
  const skills: readonly Facet[] = ['capabilities', 'technologies'];
  const offerTerms = numbersOf(termsOf(solutions, skills), taxonomy);
  return {
    profile,
    offer,
    need: standsIn ? offer : vocabulary.readAll(needTexts(profile, taxonomy)),
    standsIn,
    projects: projectsOf(profile),
    offerTerms,
    needTerms: numbersOf(termsOf(needs, skills), taxonomy),
    levels: declaredLevels(solutions),
    wantedLevels: wantedLevels(needs),
    fields: termsOf(solutions, ['fields']),
    sectors: termsOf(solutions, ['sectors']),
    allTerms: numbersOf(termsOf(solutions, ALL_FACETS), taxonomy),
  };
}
