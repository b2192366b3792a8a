import type { WantedTerm } from '../../matching/index.ts';
import { LEVEL_MOST } from '../../matching/needs/types.ts';
import { wantedReadiness } from '../../matching/needs/sentences.ts';
import { pageOfArray } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeService } from '../smes/service.ts';
import { FACETS, type Facet, type TaxonomyService } from '../taxonomy/service.ts';
import type { BookEntry, NeedBook } from './book.ts';
import type { NeedRecord } from './model.ts';
import { toEngineNeed } from './record.ts';
import type { GapQuery, GapView, NeedAnswersView } from './schema.ts';

export interface AnswersDeps {
  readonly book: NeedBook;
  readonly matcher: Pick<Matcher, 'needAnswers' | 'supply'>;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly taxonomy: Pick<TaxonomyService, 'labelOf'>;
}

type Wanting = Pick<NeedRecord, Facet | 'trlMin' | 'trlMax'>;

/** A wanted term with how many needs want it. */
interface Demand {
  readonly wanted: WantedTerm;
  readonly facet: Facet;
  needs: number;
}

/** What published needs want, each term and readiness once, with how many want it. */
export function demandOf(needs: readonly Wanting[]): Demand[] {
  const found = new Map<string, Demand>();
  for (const need of needs) {
    const { trlMin, trlMax } = need;
    for (const facet of FACETS) {
      for (const term of need[facet]) {
        const key = JSON.stringify([term, trlMin, trlMax]);
        const known = found.get(key) ?? { wanted: { term, trlMin, trlMax }, facet, needs: 0 };
        known.needs += 1;
        found.set(key, known);
      }
    }
  }
  return [...found.values()];
}

const companies = (count: number): string => (count === 1 ? '1 company offers' : `${count} companies offer`);

/** How short the supply of one wanted term is, in words. */
export function gapSentence(
  label: string,
  wanted: WantedTerm,
  { offered, ready }: { readonly offered: number; readonly ready: number },
): string {
  const readiness = wantedReadiness(wanted);
  if (offered === 0) return `Nobody offers ${label}.`;
  if (readiness === undefined) return `${companies(offered)} ${label}.`;
  const at = `${label} at ${readiness}`;
  if (ready === 0) return `Nobody offers ${at}; ${companies(offered)} it below, or with no TRL declared.`;
  return `${companies(ready)} ${at}.`;
}

/** Who answers a need, and what the companies do not offer. */
export function createAnswers({ book, matcher, smes, taxonomy }: AnswersDeps) {
  let known: { readonly of: readonly BookEntry[]; readonly demand: readonly Demand[] } | null = null;

  /** Counted anew when a need was published, changed or closed: then the book has another list. */
  function demandNow(entries: readonly BookEntry[]): readonly Demand[] {
    if (known?.of !== entries) known = { of: entries, demand: demandOf(entries) };
    return known.demand;
  }

  return {
    /** SMEs and pairs that answer a need; those of companies that are gone meanwhile are left out. */
    async of(need: NeedRecord, signal?: AbortSignal): Promise<NeedAnswersView> {
      const found = await matcher.needAnswers(toEngineNeed(need), {}, { signal });
      const cards = await smes.cards([
        ...found.smes.map(({ sme }) => sme),
        ...found.pairs.flatMap(({ a, b }) => [a, b]),
      ]);
      return {
        smes: found.smes.flatMap((answer) => {
          const sme = cards.get(answer.sme);
          if (!sme) return [];
          const { score, covered, words, parts, matchedWords, sentence } = answer;
          return [
            { sme, score, covered, words, parts: [...parts], matchedWords: [...matchedWords], sentence },
          ];
        }),
        pairs: found.pairs.flatMap((pair) => {
          const [a, b] = [cards.get(pair.a), cards.get(pair.b)];
          if (!a || !b) return [];
          const { score, covered, onlyTogether, sentence } = pair;
          const parts = pair.parts.map((part) => ({ ...part, by: [...part.by] }));
          return [{ a, b, score, covered, onlyTogether, parts, sentence }];
        }),
        supply: [...found.supply],
        most: LEVEL_MOST * found.supply.length,
        answering: found.answering,
        looked: found.looked,
      };
    },

    /** What published needs want against what the companies offer. */
    async gaps(query: GapQuery): Promise<Page<GapView>> {
      const demand = demandNow(await book.entries()).filter(
        ({ facet }) => !query.facet || facet === query.facet,
      );
      const supply = await matcher.supply(demand.map(({ wanted }) => wanted));
      const gaps = demand.map(({ wanted, facet, needs: count }, i) => {
        const { offered = 0, ready = 0 } = supply[i] ?? {};
        const label = taxonomy.labelOf(wanted.term);
        const sentence = gapSentence(label, wanted, { offered, ready });
        return { ...wanted, label, facet, needs: count, offered, ready, sentence };
      });
      return pageOfArray(gaps.sort(GAP_ORDERS[query.sort]), query);
    },
  };
}

type GapOrder = (one: GapView, other: GapView) => number;
const byName: GapOrder = (one, other) =>
  one.label.localeCompare(other.label, 'en') || (one.trlMin ?? 0) - (other.trlMin ?? 0);
const scarcestFirst: GapOrder = (one, other) =>
  one.ready - other.ready || other.needs - one.needs || one.offered - other.offered || byName(one, other);
const GAP_ORDERS: Readonly<Record<GapQuery['sort'], GapOrder>> = {
  scarcest: scarcestFirst,
  wanted: (one, other) => other.needs - one.needs || scarcestFirst(one, other),
  name: byName,
};
