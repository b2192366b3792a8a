import type { WhatIf } from '../../matching/index.ts';
import { SCALE, type Country, type SmeId } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Matcher } from '../matching/matcher.ts';
import { optionsOf, stoppedProblem } from '../pairs/question.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { SmeService } from '../smes/service.ts';
import { newestOnly } from './newest-only.ts';
import type { WeightsPairsPreview, WeightsPairsPreviewInput } from './schema.ts';

/** Pairs and SMEs that are named in each part; the counts are of all. */
const NAMED = 30;

export interface PairsPreviewService {
  /**
   * What the best set of pairs would be under other weights, against what it is; changes nothing. One at a time for each account: a newer
   * one, or the end of the request, stops it. @throws HttpProblem 409 where it was stopped, 503 where it takes too long
   */
  preview(viewer: Viewer, input: WeightsPairsPreviewInput, signal: AbortSignal): Promise<WeightsPairsPreview>;
}

export interface PairsPreviewDeps {
  readonly matcher: Pick<Matcher, 'whatIf'>;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly live: Pick<Live, 'progress'>;
  /** Names of clusters by id; ids without a cluster are left out. */
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Widening countries of the programme. */
  readonly widening: ReadonlySet<Country>;
}

type ChangedPairs = WhatIf['pairs']['gained'];
type GroupRows = WeightsPairsPreview['groups']['country'];

/** Best first. */
const best = (pairs: ChangedPairs): ChangedPairs =>
  pairs.toSorted((one, other) => other.score - one.score).slice(0, NAMED);

export function createPairsPreviewService(deps: PairsPreviewDeps): PairsPreviewService {
  const { matcher, smes, live, clusterNames, widening } = deps;
  const newest = newestOnly();

  async function compare(
    viewer: Viewer,
    { values, ...query }: WeightsPairsPreviewInput,
    signal: AbortSignal,
  ): Promise<WhatIf> {
    const task = { task: `preview-pairs:${viewer.id}`, label: 'Looking for the best pairs' };
    const { onProgress, end } = taskProgress(live, viewer.id, task);
    const question = { settings: { weights: values }, geography: { widening }, options: optionsOf(query) };
    try {
      return await matcher.whatIf(question, { signal, onProgress });
    } catch (error) {
      throw stoppedProblem(error);
    } finally {
      end();
    }
  }

  async function present({
    pairs,
    alone,
    totals,
    groups,
  }: WhatIf): Promise<Omit<WeightsPairsPreview, 'values' | 'tookMs'>> {
    const [gained, lost] = [best(pairs.gained), best(pairs.lost)];
    const [newly, noLonger] = [alone.newly.slice(0, NAMED), alone.noLonger.slice(0, NAMED)];
    const named = [...gained, ...lost].flatMap(({ a, b }) => [a, b]);
    const [cards, names] = await Promise.all([
      smes.cards([...named, ...newly, ...noLonger]),
      clusterNames(groups.cluster.map(({ key }) => key)),
    ]);
    const found = (ids: readonly SmeId[]): SmeCard[] => ids.flatMap((id) => cards.get(id) ?? []);
    const views = (changed: ChangedPairs): WeightsPairsPreview['gained']['pairs'] =>
      changed.flatMap(({ a, b, score }) => {
        const [one, other] = found([a, b]);
        return one && other ? [{ a: one, b: other, score: score / SCALE }] : [];
      });
    const rows = (grouping: keyof WhatIf['groups']): GroupRows =>
      groups[grouping].map(({ key, smes: size, pairedBefore, pairedAfter }) => {
        const name = grouping === 'cluster' ? (names.get(key) ?? null) : null;
        return { key, name, smes: size, pairedBefore, pairedAfter };
      });
    return {
      kept: pairs.kept,
      gained: { count: pairs.gained.length, pairs: views(gained) },
      lost: { count: pairs.lost.length, pairs: views(lost) },
      alone: {
        before: alone.before,
        after: alone.after,
        newly: found(newly),
        noLonger: found(noLonger),
      },
      totals: {
        before: totals.underAfter.before.total / SCALE,
        after: totals.underAfter.after.total / SCALE,
      },
      groups: {
        country: rows('country'),
        cluster: rows('cluster'),
        sizeClass: rows('sizeClass'),
        widening: rows('widening'),
      },
    };
  }

  return {
    preview: (viewer, input, signal) =>
      newest(viewer.id, signal, async (stop) => {
        const began = performance.now();
        const seen = await present(await compare(viewer, input, stop));
        return { values: input.values, ...seen, tookMs: Math.round(performance.now() - began) };
      }),
  };
}
