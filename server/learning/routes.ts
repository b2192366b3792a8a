import { defineRoute, type Route } from '../http/route.ts';
import { weightsProposalSchema } from './schema.ts';
import type { LearningService } from './service.ts';

/** Weights from people's answers, for staff. */
export function learningRoutes(learning: LearningService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/weights/proposal',
      id: 'proposeWeights',
      tag: 'Weights',
      summary:
        "Weights as people's answers suggest them, with their confidence, or what is missing; changes nothing",
      access: ['staff'],
      reply: weightsProposalSchema,
      problems: [409, 503],
      handle: ({ signal }) => learning.propose(signal),
    }),
  ];
}
