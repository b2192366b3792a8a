import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Connection } from 'mongoose';
import type { SmeId, Suggestion } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Live } from '../live/live.ts';
import { taskProgress } from '../live/task-progress.ts';
import type { Matcher } from '../matching/matcher.ts';
import { smeModel, type SmeRecord } from '../smes/model.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { SmeService } from '../smes/service.ts';
import { Comparison, decimalScore, type ListMove } from './comparison.ts';
import { newestOnly } from './newest-only.ts';
import type { WeightsPreview, WeightValues } from './schema.ts';

const EXAMPLES = 30;
/** Lists compared before the event loop turns. */
const SLICE = 500;

export interface PreviewService {
  /**
   * What would change for whom under these weights; changes nothing. One at a time for each account: a newer one, or the end of the
   * request, stops it. @throws HttpProblem 409 where it was stopped
   */
  preview(viewer: Viewer, values: WeightValues, signal: AbortSignal): Promise<WeightsPreview>;
}

export interface PreviewServiceDeps {
  readonly connection: Connection;
  readonly matcher: Pick<Matcher, 'preview' | 'lists'>;
  readonly smes: Pick<SmeService, 'cards'>;
  readonly live: Pick<Live, 'progress'>;
}

type Cards = ReadonlyMap<SmeId, SmeCard>;

function entriesOf(list: readonly Suggestion[], cards: Cards, only?: ReadonlySet<SmeId>) {
  return list.flatMap(({ partner, score }) => {
    const card = cards.get(partner);
    if (!card || (only && !only.has(partner))) return [];
    return [{ id: partner, name: card.name, country: card.country, score: decimalScore(score) }];
  });
}

function exampleOf(move: ListMove, cards: Cards): WeightsPreview['examples'] {
  const sme = cards.get(move.sme);
  if (!sme) return [];
  return [
    {
      sme,
      entering: entriesOf(move.after, cards, move.entering),
      leaving: entriesOf(move.before, cards, move.leaving),
      before: entriesOf(move.before, cards),
      after: entriesOf(move.after, cards),
    },
  ];
}

export function createPreviewService(deps: PreviewServiceDeps): PreviewService {
  const { matcher, smes, live } = deps;
  const records = smeModel(deps.connection);
  const newest = newestOnly();

  async function countries(): Promise<ReadonlyMap<SmeId, string>> {
    const found = await records.find({}, { country: 1 }).lean<Pick<SmeRecord, '_id' | 'country'>[]>().exec();
    return new Map(found.map(({ _id, country }) => [_id, country]));
  }

  async function compare(viewer: Viewer, values: WeightValues, signal: AbortSignal): Promise<Comparison> {
    const task = { task: `preview:${viewer.id}`, label: 'Computing the preview' };
    const { onProgress, end } = taskProgress(live, viewer.id, task);
    const changed = await matcher.preview(values, { signal, onProgress }).finally(end);
    const after = new Map(changed.map((list) => [list.sme, list]));
    const [before, countryOf] = await Promise.all([matcher.lists(), countries()]);
    const comparison = new Comparison((sme) => countryOf.get(sme) ?? '');
    for (const [at, list] of before.entries()) {
      if (at % SLICE === 0) await nextTurn();
      comparison.add(list, after.get(list.sme));
    }
    return comparison;
  }

  async function present(
    values: WeightValues,
    comparison: Comparison,
  ): Promise<Omit<WeightsPreview, 'tookMs'>> {
    const moves = comparison.mostChanged(EXAMPLES);
    const named = moves.flatMap(({ sme, before, after }) => [
      sme,
      ...[...before, ...after].map(({ partner }) => partner),
    ]);
    const cards = await smes.cards(named);
    const { listsTotal, listsChanged, listsReordered, suggestionsEntering } = comparison;
    return {
      values,
      listsTotal,
      listsChanged,
      listsReordered,
      suggestionsEntering,
      byCountry: comparison.byCountry(),
      examples: moves.flatMap((move) => exampleOf(move, cards)),
    };
  }

  return {
    preview: (viewer, values, signal) =>
      newest(viewer.id, signal, async (stop) => {
        const began = performance.now();
        const seen = await present(values, await compare(viewer, values, stop));
        return { ...seen, tookMs: Math.round(performance.now() - began) };
      }),
  };
}
