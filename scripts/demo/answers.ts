import { stemOf, wordsOf } from '../../matching/text/words.ts';
import type { Declaration, SmeInput, SmeView } from '../../server/smes/schema.ts';
import type { TaxonomyView } from '../../server/taxonomy/schema.ts';
import { pick, shuffled } from './random.ts';

type Trl = NonNullable<SmeInput['solutions'][number]['trl']>;
type Terms = Pick<SmeInput['needs'][number], 'capabilities' | 'technologies' | 'fields' | 'sectors'>;

/** The language that a demo participant of a country speaks beside English; countries not named here: English only. */
const SPOKEN: Readonly<Record<string, readonly string[]>> = {
  AT: ['de'],
  BA: ['bs'],
  BE: ['fr', 'nl'],
  BG: ['bg'],
  CH: ['de', 'fr'],
  CY: ['el'],
  CZ: ['cs'],
  DE: ['de'],
  DK: ['da'],
  EE: ['et'],
  ES: ['es'],
  FI: ['fi'],
  FR: ['fr'],
  GR: ['el'],
  HR: ['hr'],
  HU: ['hu'],
  IL: ['he'],
  IS: ['is'],
  IT: ['it'],
  LT: ['lt'],
  LU: ['fr', 'de'],
  LV: ['lv'],
  NL: ['nl'],
  NO: ['no'],
  PL: ['pl'],
  PT: ['pt'],
  RO: ['ro'],
  RS: ['sr'],
  SE: ['sv'],
  SI: ['sl'],
  SK: ['sk'],
  TR: ['tr'],
};

/** At most so many terms of each facet: a participant at a door ticks a few boxes, not forty. */
const MOST: Record<keyof Terms, number> = { capabilities: 3, technologies: 2, fields: 2, sectors: 2 };
const NEED_WORDS = new Set(
  ['need', 'requir', 'lack', 'gap', 'challeng', 'must', 'miss', 'problem'].map(
    (word) => stemOf(word) ?? word,
  ),
);

function stemsOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of wordsOf(text)) {
    const stem = stemOf(word);
    if (stem !== null) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  }
  return counts;
}

/** Taxonomy terms all of whose label's words stand in the text, the most frequent first. */
function termsIn(text: string, taxonomy: TaxonomyView): Terms {
  const counts = stemsOf(text);
  const found: Terms = { capabilities: [], technologies: [], fields: [], sectors: [] };
  const ranked = taxonomy.terms
    .map((term) => {
      const stems = [...stemsOf(term.label).keys()];
      const rarest = stems.length === 0 ? 0 : Math.min(...stems.map((stem) => counts.get(stem) ?? 0));
      return { term, rank: rarest * stems.length };
    })
    .filter(({ rank }) => rank > 0)
    .toSorted((one, other) => other.rank - one.rank || (one.term.id < other.term.id ? -1 : 1));
  for (const { term } of ranked)
    if (found[term.facet].length < MOST[term.facet]) found[term.facet].push(term.id);
  return found;
}

/** The level that the text itself names ("TRL 6"), or one that small companies typically reach. */
function trlOf(text: string, random: () => number): Trl {
  const levels: readonly Trl[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];
  const named = /\bTRL\s*-?\s*([1-9])\b/i.exec(text)?.[1];
  const level = levels.find((one) => String(one) === named);
  return level ?? pick<Trl>([5, 5, 6, 6, 6, 7, 7, 8], random);
}

/** The sentence of the text that speaks most of what is needed; null where none does. */
function needSentence(text: string): string | null {
  const sentences = text
    .split(/(?<=[.!?])\s+/)
    .filter((sentence) => sentence.length > 60 && sentence.length < 600);
  let best: { sentence: string; hits: number } | null = null;
  for (const sentence of sentences) {
    const hits = wordsOf(sentence).filter((word) => NEED_WORDS.has(stemOf(word) ?? '')).length;
    if (hits > (best?.hits ?? 0)) best = { sentence, hits };
  }
  return best?.sentence ?? null;
}

/** Capabilities that a company does not have itself: what it could look for in a partner. */
function lackingCapabilities(own: readonly string[], taxonomy: TaxonomyView, random: () => number): string[] {
  const capabilities = taxonomy.terms.filter((term) => term.facet === 'capabilities');
  const topOf = (id: string): string => {
    const broader = capabilities.find((term) => term.id === id)?.broader;
    return broader ? topOf(broader) : id;
  };
  const covered = new Set(own.map(topOf));
  const lacking = capabilities.filter((term) => term.broader === null && !covered.has(term.id));
  return shuffled(lacking, random)
    .slice(0, 2)
    .map((term) => term.id);
}

/** Figures of a company of a usual size, dated on the given day. */
function declarationOf(day: string, random: () => number): Declaration {
  const headcount = pick([4, 7, 8, 12, 18, 25, 34, 60, 110], random);
  const turnoverEur = headcount * 90_000;
  return { headcount, turnoverEur, balanceSheetEur: Math.round(turnoverEur * 0.7), links: [], date: day };
}

/** A profile as its owner sends it back: everything that may be edited. */
export const asInput = (view: SmeView): SmeInput => ({
  name: view.name,
  country: view.country,
  city: view.city,
  website: view.website,
  languages: view.languages,
  marketRole: view.marketRole,
  available: view.available,
  solutions: view.solutions,
  needs: view.needs,
  projects: view.projects,
  group: view.own?.group ?? null,
  conflicts: view.own?.conflicts.map(({ id }) => id) ?? [],
  declaration: view.own?.declaration ?? null,
  confidential: view.own?.confidential ?? {
    contactName: null,
    contactEmail: null,
    contactPhone: null,
    notes: '',
  },
  demoAnswers: view.demoAnswers,
});

/**
 * What a demo participant answers on arrival. The real data have no TRL, needs, languages or declaration; so a simulated
 * participant fills them, from the company's own text where that says something and from the seeded source elsewhere. Every
 * field answered so is named in `demoAnswers`, and the pages mark it.
 *
 * @param view the profile as the participant sees it
 * @param taxonomy the JRC taxonomy
 * @param day day of the declaration, ISO 8601
 * @param random seeded source, so that one seed gives one event
 */
export function demoAnswers(
  view: SmeView,
  taxonomy: TaxonomyView,
  day: string,
  random: () => number,
): SmeInput {
  const text = view.solutions.map((solution) => `${solution.title}. ${solution.offer}`).join(' ');
  const offered = termsIn(text, taxonomy);
  const sentence = needSentence(text);
  const asked = termsIn(sentence ?? '', taxonomy);
  const solutions = view.solutions.map((solution) => ({
    ...solution,
    trl: solution.trl ?? trlOf(solution.offer, random),
    capabilities: solution.capabilities.length > 0 ? solution.capabilities : offered.capabilities,
    technologies: solution.technologies.length > 0 ? solution.technologies : offered.technologies,
    fields: solution.fields.length > 0 ? solution.fields : offered.fields,
    sectors: solution.sectors.length > 0 ? solution.sectors : offered.sectors,
  }));
  const need = {
    words: sentence ?? `We look for a partner who completes "${view.headline}".`,
    ...asked,
    capabilities: [
      ...new Set([...asked.capabilities, ...lackingCapabilities(offered.capabilities, taxonomy, random)]),
    ],
    fields: asked.fields.length > 0 ? asked.fields : offered.fields.slice(0, 1),
    trlMin: pick<Trl>([5, 5, 6], random),
    trlMax: null,
  };
  return {
    ...asInput(view),
    languages: [...new Set(['en', ...(SPOKEN[view.country] ?? [])])],
    marketRole:
      view.marketRole ??
      (offered.technologies.length > 0 && random() < 0.6 ? 'deep-tech' : 'security-market'),
    solutions,
    needs: [need],
    declaration: declarationOf(day, random),
    demoAnswers: ['languages', 'marketRole', 'solutions.trl', 'solutions.terms', 'needs', 'declaration'],
  };
}
