import type { Catalogue, Entry } from './catalogue.ts';
import { FacetCounter } from './facets.ts';
import { compileChoices, type Choices, type Dimension } from './filters.ts';
import type { Hit } from './order.ts';
import type { FacetsView, WordsRead } from './schema.ts';
import { lookUp, type TypedWords } from './typed.ts';

/** What a search asks: words and choices. */
export interface Search {
  readonly q: string;
  readonly choices: Choices;
}

/** Every solution that fits the words, with what the choices say of it. One pass; about a millisecond for 10,000 solutions. */
function eachJudged(
  catalogue: Catalogue,
  { q, choices }: Search,
  visit: (entry: Entry, verdict: 'fits' | Dimension, relevance: number) => void,
): TypedWords {
  const judge = compileChoices(choices, catalogue.terms);
  const words = lookUp(catalogue.text, q, catalogue.slotCount);
  const see = (entry: Entry, relevance: number): void => {
    const verdict = judge(entry);
    if (verdict !== 'fails') visit(entry, verdict, relevance);
  };
  if (words.found === null) {
    for (const entry of catalogue.entries()) see(entry, 0);
    return words;
  }
  const { slots, relevance } = words.found;
  for (let at = 0; at < slots.length; at++) {
    const entry = catalogue.entry(slots[at] ?? -1);
    if (entry) see(entry, relevance[at] ?? 0);
  }
  return words;
}

/** The solutions that fit, in no order yet. */
export function searchSolutions(catalogue: Catalogue, search: Search): Hit[] {
  const hits: Hit[] = [];
  eachJudged(catalogue, search, (entry, verdict, relevance) => {
    if (verdict === 'fits') hits.push({ entry, relevance });
  });
  return hits;
}

/** How many solutions each further choice would leave, and how the words were read. */
export function countFacets(catalogue: Catalogue, search: Search): { counts: FacetsView; words: WordsRead } {
  const counter = new FacetCounter(catalogue.terms);
  const { readAs, someWords, didYouMean } = eachJudged(catalogue, search, (entry, verdict) => {
    counter.count(entry, verdict);
  });
  return { counts: counter.view(), words: { readAs: [...readAs], someWords, didYouMean } };
}
