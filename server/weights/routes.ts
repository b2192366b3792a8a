import { defineRoute, type Route } from '../http/route.ts';
import type { PairsPreviewService } from './pairs-preview.ts';
import type { PreviewService } from './preview.ts';
import {
  weightsChangeSchema,
  weightsPageSchema,
  weightsPairsPreviewInputSchema,
  weightsPairsPreviewSchema,
  weightsPreviewInputSchema,
  weightsPreviewSchema,
  weightsQuerySchema,
  weightsSchema,
  weightsUndoSchema,
} from './schema.ts';
import type { WeightsService } from './service.ts';

export function weightsRoutes(
  weights: WeightsService,
  previews: PreviewService,
  pairsPreviews: PairsPreviewService,
): Route[] {
  const tag = 'Weights';
  return [
    defineRoute({
      method: 'get',
      path: '/weights',
      id: 'getWeights',
      tag,
      summary: 'The weights in force',
      access: 'signed-in',
      reply: weightsSchema,
      handle: () => weights.current(),
    }),
    defineRoute({
      method: 'get',
      path: '/weights/history',
      id: 'listWeights',
      tag,
      summary: 'All versions of the weights, each with the values before it',
      access: ['staff'],
      query: weightsQuerySchema,
      reply: weightsPageSchema,
      handle: ({ query }) => weights.history(query),
    }),
    defineRoute({
      method: 'post',
      path: '/weights',
      id: 'saveWeights',
      tag,
      summary: 'Put new weights in force; everybody whose list changes hears of it live',
      access: ['staff'],
      body: weightsChangeSchema,
      reply: weightsSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => weights.save(viewer, body),
    }),
    defineRoute({
      method: 'post',
      path: '/weights/undo',
      id: 'undoWeights',
      tag,
      summary: 'Put the values of the version before the newest in force again, as a new version',
      access: ['staff'],
      body: weightsUndoSchema,
      reply: weightsSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => weights.undo(viewer, body.baseVersion),
    }),
    defineRoute({
      method: 'post',
      path: '/weights/preview',
      id: 'previewWeights',
      tag,
      summary:
        'What these weights would change, for whom; changes nothing, stops when the request is aborted',
      access: ['staff'],
      body: weightsPreviewInputSchema,
      reply: weightsPreviewSchema,
      problems: [409, 503],
      handle: ({ viewer, body, signal }) => previews.preview(viewer, body.values, signal),
    }),
    defineRoute({
      method: 'post',
      path: '/weights/preview/pairs',
      id: 'previewPairs',
      tag,
      summary:
        'Which pairs of the best set these weights would change; changes nothing, stops when the request is aborted',
      access: ['staff'],
      body: weightsPairsPreviewInputSchema,
      reply: weightsPairsPreviewSchema,
      problems: [409, 503],
      handle: ({ viewer, body, signal }) => pairsPreviews.preview(viewer, body, signal),
    }),
  ];
}
