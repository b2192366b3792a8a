import type {
  MarketRole,
  Need,
  Profile,
  SizeClass,
  Solution,
  TaxonomyEntry,
  Trl,
} from '../../matching/types.ts';
import { pick, seededRandom } from '../demo/random.ts';

/** What a synthetic pool is drawn from. */
export interface PoolSource {
  /** Real companies: their sentences, lengths and countries are what the pool is made of. */
  readonly companies: readonly Profile[];
  readonly taxonomy: readonly TaxonomyEntry[];
}

type Random = () => number;

/** How long a company's description is, in words: drawn evenly between the two. */
export interface TextLength {
  readonly least: number;
  readonly most: number;
}

/**
 * What fits a description on a form: 60 to 250 words. The only texts of which it is certain that a company wrote them of itself, those of
 * the 80 grant proposals in the real file, are abstracts that fill their limit of 2,000 characters (ABSTRACT_LENGTH; in the middle 285).
 */
export const FORM_LENGTH: TextLength = { least: 60, most: 250 };
export const ABSTRACT_LENGTH: TextLength = { least: 210, most: 310 };
/** What fits a posted need. */
const NEED_LENGTH: TextLength = { least: 15, most: 60 };

/** Share of a company's sentences that come from one real company, so that it has a subject. */
const OF_ONE_SUBJECT = 0.4;
/** Shares of companies that choose terms, levels and roles, and that post a need, as they do once they are registered. */
const DECLARES = 0.6;
const POSTS_A_NEED = 0.4;

const TRLS: readonly (Trl | null)[] = [null, null, 4, 5, 5, 6, 6, 7, 7, 8, 9];
const SIZES: readonly SizeClass[] = ['micro', 'micro', 'small', 'small', 'medium', 'not-yet-declared'];
const ROLES: readonly (MarketRole | null)[] = [null, 'security-market', 'deep-tech'];
const LANGUAGES = ['en', 'en', 'fr', 'de', 'es', 'it', 'pl'];

const sentencesOf = ({ solutions }: Profile): string[] =>
  solutions.flatMap(({ offer }) => offer.split(/(?<=[.!?])\s+/u)).filter((sentence) => sentence !== '');

/** Up to `most` different ones. */
const some = <Item>(items: readonly Item[], most: number, random: Random): Item[] => [
  ...new Set(Array.from({ length: Math.floor(random() * (most + 1)) }, () => pick(items, random))),
];

const termDrawer = (taxonomy: readonly TaxonomyEntry[], random: Random) => {
  const idsOf = (facet: TaxonomyEntry['facet']): string[] =>
    taxonomy.filter((entry) => entry.facet === facet).map(({ id }) => id);
  const capabilities = idsOf('knowledge_domain');
  const technologies = idsOf('technology');
  const fields = idsOf('use_case');
  const sectors = idsOf('sector');
  return (declares: boolean): Pick<Solution, 'capabilities' | 'technologies' | 'fields' | 'sectors'> => ({
    capabilities: declares ? some(capabilities, 4, random) : [],
    technologies: declares ? some(technologies, 2, random) : [],
    fields: declares ? some(fields, 2, random) : [],
    sectors: declares ? some(sectors, 2, random) : [],
  });
};

const wordCount = (text: string): number => text.split(/\s+/u).length;

/**
 * A pool of any size that reads like a real one: descriptions of a form's length from shuffled real sentences, real countries, and, for a
 * part, declared terms, levels, roles, languages and needs. The same seed gives the same pool.
 */
export function* syntheticPool(
  { companies, taxonomy }: PoolSource,
  size: number,
  { seed = 1, length = FORM_LENGTH }: { readonly seed?: number; readonly length?: TextLength } = {},
): Generator<Profile, void, void> {
  const random = seededRandom(seed);
  const texts = companies.map(sentencesOf).filter((text) => text.length > 0);
  const terms = termDrawer(taxonomy, random);
  const sentence = (subject: readonly string[]): string =>
    pick(random() < OF_ONE_SUBJECT ? subject : pick(texts, random), random);
  const write = (subject: readonly string[], { least, most }: TextLength): string => {
    const written: string[] = [];
    const wanted = least + random() * (most - least);
    for (let words = 0; words < wanted; words += wordCount(written.at(-1) ?? '')) {
      written.push(sentence(subject));
    }
    return written.join(' ');
  };
  for (let number = 0; number < size; number += 1) {
    const id = `S${String(number).padStart(6, '0')}`;
    const subject = pick(texts, random);
    const declares = random() < DECLARES;
    const solution: Solution = {
      id: `${id}-s1`,
      title: sentence(subject).slice(0, 80),
      offer: write(subject, length),
      trl: declares ? pick(TRLS, random) : null,
      ...terms(declares),
    };
    const need: Need = {
      id: `${id}-n1`,
      words: write(subject, NEED_LENGTH),
      trlMin: null,
      trlMax: null,
      ...terms(declares),
    };
    yield {
      id,
      name: `Company ${number}`,
      country: pick(companies, random).country,
      clusterId: null,
      sizeClass: declares ? pick(SIZES, random) : 'not-yet-declared',
      marketRole: declares ? pick(ROLES, random) : null,
      languages: declares ? some(LANGUAGES, 3, random).sort() : [],
      group: null,
      available: true,
      solutions: [solution],
      needs: random() < POSTS_A_NEED ? [need] : [],
      conflicts: [],
      declined: [],
    };
  }
}
