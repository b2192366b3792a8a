import type { Pair } from '../../matching/types.ts';
import { SCALE } from '../../matching/types.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { PairingView } from './schema.ts';

export interface PairsDeps {
  matcher: Pick<Matcher, 'pairs' | 'explain' | 'status'>;
  cards: (ids: readonly string[]) => Promise<Map<string, SmeCard>>;
}

export interface PairsService {
  /** The best set of consortia as of now, checked pair by pair against the hard rules before it is shown. */
  current(): Promise<PairingView>;
}

/** How often two countries are joined by a pair, most frequent first. */
function countCountryPairs(pairs: readonly { a: SmeCard; b: SmeCard }[]): PairingView['countryPairs'] {
  const counts = new Map<string, { a: string; b: string; pairs: number }>();
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

/** The pair with the cards of both; null where one was withdrawn in between. */
function withCards(pair: Pair, cards: ReadonlyMap<string, SmeCard>): PairingView['pairs'][number] | null {
  const a = cards.get(pair.a);
  const b = cards.get(pair.b);
  return a && b ? { a, b, score: pair.score / SCALE } : null;
}

export function createPairsService({ matcher, cards }: PairsDeps): PairsService {
  async function countIneligible(pairs: readonly Pair[]): Promise<number> {
    const explanations = await Promise.all(pairs.map((pair) => matcher.explain(pair.a, [pair.b])));
    return explanations.flat().filter((explanation) => !explanation.eligible).length;
  }

  return {
    async current() {
      const result = await matcher.pairs();
      const known = await cards([...result.pairs.flatMap(({ a, b }) => [a, b]), ...result.alone]);
      const pairs = result.pairs.flatMap((pair) => withCards(pair, known) ?? []);
      const alone = result.alone.flatMap((id) => known.get(id) ?? []);
      return {
        status: result.status,
        smes: result.pairs.length * 2 + result.alone.length,
        pairs,
        alone,
        total: result.total / SCALE,
        bound: result.bound / SCALE,
        countryPairs: countCountryPairs(pairs),
        ineligiblePairs: await countIneligible(result.pairs),
        weightsVersion: matcher.status().weightsVersion,
      };
    },
  };
}
