import type { WhatIf } from '../../matching/index.ts';
import type { Country } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Matcher } from '../matching/matcher.ts';
import { optionsOf, stoppedProblem } from '../pairs/question.ts';
import type { RunRecorder } from '../runs/service.ts';
import type { SmeService } from '../smes/service.ts';
import { newestOnly } from './newest-only.ts';
import { presentPairsChange } from './pairs-change.ts';
import type { WeightsPairsPreview, WeightsPairsPreviewInput } from './schema.ts';

export interface PairsPreviewService {
  /**
   * What the best set of pairs would be under other weights, against what it is; changes nothing. One at a time for each account: a newer
   * one, or the end of the request, stops it. @throws HttpProblem 409 where it was stopped, 503 where it takes too long
   */
  preview(viewer: Viewer, input: WeightsPairsPreviewInput, signal: AbortSignal): Promise<WeightsPairsPreview>;
}

export interface PairsPreviewDeps {
  readonly matcher: Pick<Matcher, 'whatIf' | 'pairsUnder'>;
  readonly runs: RunRecorder;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly live: Pick<Live, 'progress'>;
  /** Names of clusters by id; ids without a cluster are left out. */
  readonly clusterNames: (ids: readonly string[]) => Promise<ReadonlyMap<string, string>>;
  /** Widening countries of the programme. */
  readonly widening: ReadonlySet<Country>;
}

export function createPairsPreviewService(deps: PairsPreviewDeps): PairsPreviewService {
  const { matcher, live, widening } = deps;
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

  return {
    preview: (viewer, input, signal) =>
      newest(viewer.id, signal, async (stop) => {
        const began = performance.now();
        const whatIf = await compare(viewer, input, stop);
        const tookMs = Math.round(performance.now() - began);
        // The pairs under the weights that are tried are a run like any other: it can be repeated from what it was made from.
        const [seen, runId] = await Promise.all([
          presentPairsChange(whatIf, deps),
          deps.runs.record({ result: matcher.pairsUnder(whatIf), by: viewer, tookMs, of: 'preview' }),
        ]);
        return { values: input.values, ...seen, tookMs, runId };
      }),
  };
}
