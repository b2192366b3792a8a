import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import type { RulesPreviewService } from './preview.ts';
import {
  eligibilityQuerySchema,
  eligibilitySchema,
  rulesPreviewInputSchema,
  rulesPreviewSchema,
} from './schema.ts';
import type { EligibilityService } from './service.ts';

const callPath = z.strictObject({ callId: idSchema });
const tag = 'Calls';

/** Who may take part in a call, and what other rules would make of that. */
export function eligibilityRoutes(eligibility: EligibilityService, previews: RulesPreviewService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/calls/:callId/eligibility',
      id: 'getEligibility',
      tag,
      summary:
        'Am I eligible? Yes, no or not yet known, rule by rule, for one SME or two, under any version of the rules',
      access: ['sme', 'cluster', 'staff'],
      params: callPath,
      query: eligibilityQuerySchema,
      reply: eligibilitySchema,
      problems: [404],
      handle: ({ viewer, params, query }) => eligibility.ask(viewer, { ...params, ...query }),
    }),
    defineRoute({
      method: 'post',
      path: '/calls/:callId/preview',
      id: 'previewCallRules',
      tag,
      summary:
        'What rules would change before they are published: who may take part, which pairs come and go',
      access: ['staff'],
      params: callPath,
      body: rulesPreviewInputSchema,
      reply: rulesPreviewSchema,
      problems: [409, 503],
      handle: ({ viewer, params, body, signal }) =>
        previews.preview(viewer, params.callId, body.rules, signal),
    }),
  ];
}
