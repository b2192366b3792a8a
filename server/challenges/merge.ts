import { PARTS_MOST } from '../../matching/index.ts';
import type { NeedRecord } from '../needs/model.ts';
import { FACETS, type Facet } from '../taxonomy/service.ts';
import type { ChallengeInput } from './schema.ts';

type Merged = Pick<NeedRecord, '_id' | 'title' | 'words' | 'trlMin' | 'trlMax' | Facet>;

/** As long as a challenge can be. */
const WORDS_MOST = 3_800;

/** Terms with how many of the needs want them, the most wanted first; equals in the order of the facets and ids. */
function termsByDemand(needs: readonly Merged[]): { facet: Facet; term: string }[] {
  const counts = new Map<string, { facet: Facet; term: string; needs: number }>();
  for (const facet of FACETS) {
    for (const term of needs.flatMap((need) => need[facet]).toSorted()) {
      const known = counts.get(term) ?? { facet, term, needs: 0 };
      known.needs += 1;
      counts.set(term, known);
    }
  }
  return [...counts.values()].toSorted((one, other) => other.needs - one.needs);
}

/** The readiness that all needs accept at least in part; null where one of them takes any. */
function widest(levels: readonly NeedRecord['trlMin'][], pick: (...levels: number[]) => number) {
  const declared = levels.flatMap((level) => (level === null ? [] : [level]));
  if (declared.length < levels.length) return null;
  const chosen = pick(...declared);
  return declared.find((level) => level === chosen) ?? null;
}

/**
 * Several needs as the draft of one challenge, for staff to word: all their terms, the most wanted first where they are too many, the widest
 * readiness, and their words one after the other.
 */
export function mergeNeeds(needs: readonly Merged[]): ChallengeInput {
  const kept = termsByDemand(needs).slice(0, PARTS_MOST);
  const termsOf = (facet: Facet): string[] =>
    kept.filter((one) => one.facet === facet).map(({ term }) => term);
  const [first] = needs;
  const words =
    needs.length === 1
      ? (first?.words ?? '')
      : needs.map(({ title, words: own }) => `${title}: ${own}`).join('\n\n');
  return {
    title: first?.title ?? '',
    words: words.slice(0, WORDS_MOST).trim(),
    capabilities: termsOf('capabilities'),
    technologies: termsOf('technologies'),
    fields: termsOf('fields'),
    sectors: termsOf('sectors'),
    trlMin: widest(
      needs.map(({ trlMin }) => trlMin),
      Math.min,
    ),
    trlMax: widest(
      needs.map(({ trlMax }) => trlMax),
      Math.max,
    ),
    needIds: needs.map(({ _id }) => _id),
  };
}
