import type { PairingResult } from '../../matching/index.ts';
import { SCALE, type Pair, type SmeId } from '../../matching/types.ts';
import { conflict, invalidField, notFound } from '../http/errors.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { SmeCard } from '../smes/schema.ts';
import { optionsOf, stoppedProblem } from './question.ts';
import type { Forcing, ForcingQuery, PairView } from './schema.ts';

/** Pairs named in each part; the counts are of all. */
const NAMED = 20;

export interface ForcingDeps {
  matcher: Pick<Matcher, 'pairs' | 'explain'>;
  cards: (ids: readonly string[]) => Promise<Map<string, SmeCard>>;
}

const keyOf = ({ a, b }: Pair): string => JSON.stringify([a, b]);

/**
 * What it costs the room to have a certain pair: the best set with it, found anew, against the best set there is.
 *
 * @throws HttpProblem 404 for an SME that is not there, 409 where a rule forbids the pair, with its reason; 503 as for the set itself
 */
export async function forcingOf(
  { matcher, cards }: ForcingDeps,
  { a, b, ...query }: ForcingQuery,
  signal: AbortSignal,
): Promise<Forcing> {
  if (a === b) throw invalidField('b', 'must be another SME');
  await checkEligible(matcher, a, b);
  const options = optionsOf(query);
  const control = { signal };
  const sets = async (): Promise<[PairingResult, PairingResult]> => [
    await matcher.pairs(options, control),
    await matcher.pairs({ ...options, pinned: [[a, b]] }, control),
  ];
  const [free, forced] = await sets().catch((error: unknown) => {
    throw stoppedProblem(error);
  });

  const [before, after] = [free.pairs, forced.pairs].map((pairs) => new Set(pairs.map(keyOf)));
  const isPinned = (pair: Pair): boolean => [a, b].includes(pair.a) && [a, b].includes(pair.b);
  const gained = forced.pairs.filter((pair) => before?.has(keyOf(pair)) === false && !isPinned(pair));
  const lost = free.pairs.filter((pair) => after?.has(keyOf(pair)) === false);
  const known = await cards([a, b, ...[...gained, ...lost].flatMap((pair) => [pair.a, pair.b])]);
  const views = (pairs: readonly Pair[]): PairView[] =>
    pairs.slice(0, NAMED).flatMap((pair) => {
      const [one, other] = [known.get(pair.a), known.get(pair.b)];
      return one && other ? [{ a: one, b: other, score: pair.score / SCALE }] : [];
    });
  return {
    isInSet: free.pairs.some(isPinned),
    score: (forced.pairs.find(isPinned)?.score ?? 0) / SCALE,
    cost: (free.total - forced.total) / SCALE,
    share: free.total === 0 ? 0 : (free.total - forced.total) / free.total,
    isExact: [free, forced].every(({ stopped }) => !stopped),
    pairs: { before: free.pairs.length, after: forced.pairs.length },
    gained: { count: gained.length, pairs: views(gained) },
    lost: { count: lost.length, pairs: views(lost) },
  };
}

async function checkEligible(matcher: ForcingDeps['matcher'], a: SmeId, b: SmeId): Promise<void> {
  const [explanation] = await matcher.explain(a, [b]);
  if (!explanation) throw notFound('SME');
  const [refusal] = explanation.refusals;
  if (refusal) throw conflict('not-eligible', refusal.sentence);
}
