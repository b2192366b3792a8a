import type { PairingResult } from '../../matching/index.ts';
import { SCALE, type Pair } from '../../matching/types.ts';
import { invalidField } from '../http/errors.ts';
import type { Page } from '../http/schema.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { PairingSummary, PairView } from './schema.ts';

export interface PairsDeps {
  matcher: Pick<Matcher, 'pairs' | 'explain'>;
  cards: (ids: readonly string[]) => Promise<Map<string, SmeCard>>;
  clock: () => Date;
}

interface PageRequest {
  cursor?: string | undefined;
  limit: number;
}

/** A pairing with the cards of everybody in it. */
interface Pairing {
  result: PairingResult;
  pairs: PairView[];
  alone: SmeCard[];
  ineligiblePairs: number;
  computedAt: string;
}

/** The best set of consortia as of now; computed when it is asked for, once per state of the pool. */
export interface PairsService {
  summary(): Promise<PairingSummary>;
  /** Pairs by falling score, optionally those of one country. */
  page(request: PageRequest & { country?: string | undefined }): Promise<Page<PairView>>;
  /** SMEs without a partner in this set, by name. */
  alone(request: PageRequest & { country?: string | undefined }): Promise<Page<SmeCard>>;
  /** Hears that lists changed: the next question computes anew. */
  poolChanged(): void;
}

/** How often two countries are joined by a pair, most frequent first. */
export function countCountryPairs(pairs: readonly PairView[]): PairingSummary['countryPairs'] {
  const counts = new Map<string, PairingSummary['countryPairs'][number]>();
  for (const pair of pairs) {
    const [a = '', b = ''] = [pair.a.country, pair.b.country].toSorted();
    const entry = counts.get(`${a} ${b}`) ?? { a, b, pairs: 0 };
    entry.pairs += 1;
    counts.set(`${a} ${b}`, entry);
  }
  return [...counts.values()].toSorted(
    (one, other) => other.pairs - one.pairs || (one.a + one.b < other.a + other.b ? -1 : 1),
  );
}

/** One page of an array; the cursor is the place to go on from. */
function pageOfArray<T>(items: readonly T[], { cursor = '0', limit }: PageRequest): Page<T> {
  const from = /^\d{1,9}$/.test(cursor) ? Number(cursor) : null;
  if (from === null) throw invalidField('cursor', 'must be the "next" of an earlier page');
  const end = from + limit;
  return {
    items: items.slice(from, end),
    next: end < items.length ? String(end) : null,
    total: items.length,
  };
}

export function createPairsService({ matcher, cards, clock }: PairsDeps): PairsService {
  let current: Promise<Pairing> | null = null;

  async function countIneligible(pairs: readonly Pair[]): Promise<number> {
    const explanations = await Promise.all(pairs.map((pair) => matcher.explain(pair.a, [pair.b])));
    return explanations.flat().filter((explanation) => !explanation.eligible).length;
  }

  async function compute(): Promise<Pairing> {
    const result = await matcher.pairs();
    const known = await cards([...result.pairs.flatMap(({ a, b }) => [a, b]), ...result.alone]);
    // Somebody may have been withdrawn since the engine answered: then the pair is not shown.
    const pairs = result.pairs.flatMap((pair) => {
      const [a, b] = [known.get(pair.a), known.get(pair.b)];
      return a && b ? [{ a, b, score: pair.score / SCALE }] : [];
    });
    const shown = result.pairs.filter(({ a, b }) => known.has(a) && known.has(b));
    return {
      result,
      pairs: pairs.toSorted((one, other) => other.score - one.score || (one.a.id < other.a.id ? -1 : 1)),
      alone: result.alone
        .flatMap((id) => known.get(id) ?? [])
        .toSorted((one, other) => (one.name < other.name ? -1 : 1)),
      ineligiblePairs: await countIneligible(shown),
      computedAt: clock().toISOString(),
    };
  }

  function pairing(): Promise<Pairing> {
    if (current === null) {
      const started = compute();
      current = started;
      // A failure is told to who asked; the next question tries again.
      started.catch(() => {
        if (current === started) current = null;
      });
    }
    return current;
  }

  return {
    async summary() {
      const { result, pairs, alone, ineligiblePairs, computedAt } = await pairing();
      return {
        status: result.status,
        pairs: pairs.length,
        alone: alone.length,
        total: result.total / SCALE,
        bound: result.bound / SCALE,
        ineligiblePairs,
        countryPairs: countCountryPairs(pairs),
        computedAt,
      };
    },
    async page({ country, ...request }) {
      const { pairs } = await pairing();
      const wanted = pairs.filter(
        ({ a, b }) => country === undefined || a.country === country || b.country === country,
      );
      return pageOfArray(wanted, request);
    },
    async alone({ country, ...request }) {
      const { alone } = await pairing();
      return pageOfArray(
        alone.filter((sme) => country === undefined || sme.country === country),
        request,
      );
    },
    poolChanged() {
      current = null;
    },
  };
}
