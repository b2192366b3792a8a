import type { PairingResult } from '../../matching/index.ts';
import { SCALE, type Pair } from '../../matching/types.ts';
import { pageOfArray } from '../http/paging.ts';
import type { Page } from '../http/schema.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Matcher } from '../matching/matcher.ts';
import type { RunAuthor, RunRecorder } from '../runs/service.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { ExposureView, UnsuggestedView } from '../exposure/schema.ts';
import { exposureFigures, exposureGroups, type ClusterNames } from '../exposure/present.ts';
import { forcingOf } from './forcing.ts';
import { optionsOf, stoppedProblem } from './question.ts';
import type {
  Forcing,
  ForcingQuery,
  PairingQuery,
  PairingSummary,
  AloneQuery,
  PairQuery,
  PairView,
  UnsuggestedQuery,
} from './schema.ts';
import { withHelp, type UnseenSme, type UnsuggestedDeps } from '../exposure/unsuggested.ts';

export interface PairsDeps extends UnsuggestedDeps {
  matcher: Pick<Matcher, 'pairs' | 'explain' | 'exposure'>;
  live: Pick<Live, 'progress'>;
  cards: (ids: readonly string[]) => Promise<Map<string, SmeCard>>;
  clock: () => Date;
  runs: RunRecorder;
  clusterNames: ClusterNames;
}

/** Who waits for a pairing. */
interface Asker {
  /** Aborts when they went away. */
  signal: AbortSignal;
  /** For the record of the run. */
  by: RunAuthor;
  /** The account that is told how far it is; absent: nobody. */
  account?: string;
}

/** A pairing with the cards of everybody in it. */
interface Pairing {
  result: PairingResult;
  pairs: PairView[];
  alone: SmeCard[];
  /** On nobody's list, by name. */
  unsuggested: UnseenSme[];
  ineligiblePairs: number;
  computedAt: string;
  runId: string;
}

/**
 * The best set of consortia as of now; worked out when it is asked for, once per question and state of the pool, and for no longer than
 * somebody waits for it. @throws HttpProblem 503 where it takes too long or the engine is away
 */
export interface PairsService {
  summary(query: PairingQuery, asker: Asker): Promise<PairingSummary>;
  /** Pairs by falling score, optionally those of one country. */
  page(query: PairQuery, asker: Asker): Promise<Page<PairView>>;
  /** SMEs without a partner in this set, by name. */
  alone(query: AloneQuery, asker: Asker): Promise<Page<SmeCard>>;
  /** Who is seen and who is paired, by group. */
  exposure(query: PairingQuery, asker: Asker): Promise<ExposureView>;
  /** SMEs on nobody's list, by name, with the reason and what would help. */
  unsuggested(query: UnsuggestedQuery, asker: Asker): Promise<Page<UnsuggestedView>>;
  /** What it costs to have a certain pair; see forcing.ts. */
  forcing(query: ForcingQuery, signal: AbortSignal): Promise<Forcing>;
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

const byName = (one: SmeCard, other: SmeCard): number => (one.name < other.name ? -1 : 1);
const COMPANY_ORDERS: Readonly<Record<AloneQuery['sort'], typeof byName>> = {
  name: byName,
  country: (one, other) =>
    one.country === other.country ? byName(one, other) : one.country < other.country ? -1 : 1,
};

export function createPairsService(deps: PairsDeps): PairsService {
  const { matcher, live, cards, clock, runs, clusterNames } = deps;
  // The matcher gives the same object for the same question on an unchanged pool.
  const presented = new WeakMap<PairingResult, Promise<Pairing>>();

  async function countIneligible(pairs: readonly Pair[]): Promise<number> {
    const explanations = await Promise.all(pairs.map((pair) => matcher.explain(pair.a, [pair.b])));
    return explanations.flat().filter((explanation) => !explanation.eligible).length;
  }

  async function present(result: PairingResult, runId: string): Promise<Pairing> {
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
      alone: result.alone.flatMap((id) => known.get(id) ?? []).toSorted(byName),
      unsuggested: matcher
        .exposure(result)
        .unseen.flatMap((unseen) => {
          const card = known.get(unseen.sme);
          return card ? [{ ...unseen, card }] : [];
        })
        .toSorted((one, other) => byName(one.card, other.card)),
      ineligiblePairs: await countIneligible(shown),
      computedAt: clock().toISOString(),
      runId,
    };
  }

  async function run(query: PairingQuery, { signal, account }: Asker): Promise<PairingResult> {
    const task = { task: `pairs:${account ?? ''}`, label: 'Looking for the best pairs' };
    const told = account === undefined ? undefined : taskProgress(live, account, task);
    try {
      return await matcher.pairs(optionsOf(query), {
        signal,
        onProgress: told?.onProgress,
      });
    } catch (error) {
      throw stoppedProblem(error);
    } finally {
      told?.end();
    }
  }

  async function pairing(query: PairingQuery, asker: Asker): Promise<Pairing> {
    const began = performance.now();
    const result = await run(query, asker);
    const known = presented.get(result);
    if (known) return known;
    const tookMs = Math.round(performance.now() - began);
    // What is shown can be repeated: it is recorded first.
    const fresh = runs.record({ result, by: asker.by, tookMs }).then((runId) => present(result, runId));
    presented.set(result, fresh);
    // A failure is told to who asked; the next question tries again.
    fresh.catch(() => presented.delete(result));
    return fresh;
  }

  return {
    async summary(query, asker) {
      const { result, pairs, alone, ineligiblePairs, computedAt, runId } = await pairing(query, asker);
      return {
        status: result.status,
        stopped: result.stopped,
        pairs: pairs.length,
        alone: alone.length,
        total: result.total / SCALE,
        bound: result.bound / SCALE,
        price: result.price / SCALE,
        aim: result.asked.aim,
        minScore: result.asked.minScore / SCALE,
        over: result.over,
        ineligiblePairs,
        countryPairs: countCountryPairs(pairs),
        computedAt,
        runId,
      };
    },
    async page({ country, sort, cursor, limit, ...query }, asker) {
      const { pairs } = await pairing(query, asker);
      const wanted = pairs.filter(
        ({ a, b }) => country === undefined || a.country === country || b.country === country,
      );
      return pageOfArray(sort === 'best' ? wanted : wanted.toReversed(), { cursor, limit });
    },
    async alone({ country, sort, cursor, limit, ...query }, asker) {
      const { alone } = await pairing(query, asker);
      return pageOfArray(
        alone
          .filter((sme) => country === undefined || sme.country === country)
          .toSorted(COMPANY_ORDERS[sort]),
        { cursor, limit },
      );
    },
    async exposure(query, asker) {
      const { result, computedAt, runId } = await pairing(query, asker);
      const exposure = matcher.exposure(result);
      return {
        ...exposureFigures(exposure),
        smes: result.pairs.length * 2 + result.alone.length,
        groups: await exposureGroups(exposure.groups, clusterNames),
        computedAt,
        runId,
      };
    },
    async unsuggested({ country, reason, sort, cursor, limit, ...query }, asker) {
      const { unsuggested } = await pairing(query, asker);
      const wanted = unsuggested
        .filter(
          (one) =>
            (country === undefined || one.card.country === country) &&
            (reason === undefined || one.reason === reason),
        )
        .toSorted((one, other) => COMPANY_ORDERS[sort](one.card, other.card));
      const page = pageOfArray(wanted, { cursor, limit });
      return { ...page, items: await withHelp(page.items, deps) };
    },
    forcing: (query, signal) => forcingOf({ matcher, cards }, query, signal),
  };
}
