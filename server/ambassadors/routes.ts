import type { Request, Response } from 'express';
import { z } from 'zod';
import { defineRoute, type Route } from '../http/route.ts';
import { idSchema } from '../http/schema.ts';
import type { TaxonomyService } from '../taxonomy/service.ts';
import type { Applicant } from './applicant.ts';
import type { Review } from './review.ts';
import {
  appliedSchema,
  applicationFormSchema,
  applicationPageSchema,
  applicationQuerySchema,
  applicationSchema,
  applySchema,
  assignSchema,
  decidedSchema,
  decideSchema,
  linkSchema,
  ownApplicationSchema,
  ownChangeSchema,
  sendLinkSchema,
} from './schema.ts';

export interface AmbassadorRoutesDeps {
  readonly applicant: Applicant;
  readonly review: Review;
  readonly taxonomy: Pick<TaxonomyService, 'view'>;
  /** Refuses an address that sends too many forms. */
  readonly limit: (req: Request, res: Response) => Promise<void>;
}

const tag = 'Ambassador clusters';
const path = z.strictObject({ applicationId: idSchema });

/** What an applicant does, without an account. */
function applicantRoutes({ applicant, taxonomy, limit }: AmbassadorRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/ambassador-applications/form',
      id: 'openApplicationForm',
      tag,
      summary: 'What the application form needs before it can be sent',
      access: 'public',
      reply: applicationFormSchema,
      handle: () => ({ ...applicant.form(), countries: taxonomy.view().countries }),
    }),
    defineRoute({
      method: 'post',
      path: '/ambassador-applications',
      id: 'applyAsAmbassador',
      tag,
      summary: 'Apply to become an ambassador cluster; a link to confirm comes by mail',
      access: 'public',
      body: applySchema,
      reply: appliedSchema,
      status: 202,
      problems: [409],
      handle: async ({ body, req, res }) => {
        await limit(req, res);
        return applicant.apply(body);
      },
    }),
    defineRoute({
      method: 'post',
      path: '/ambassador-applications/look-up',
      id: 'lookUpApplication',
      tag,
      summary: 'The application behind a mailed link, with how far it is',
      access: 'public',
      body: linkSchema,
      reply: ownApplicationSchema,
      problems: [410],
      handle: ({ body }) => applicant.lookUp(body.token),
    }),
    defineRoute({
      method: 'post',
      path: '/ambassador-applications/confirm',
      id: 'confirmApplication',
      tag,
      summary: 'Confirm the e-mail address: the application goes to the team',
      access: 'public',
      body: linkSchema,
      reply: ownApplicationSchema,
      problems: [409, 410],
      handle: ({ body }) => applicant.confirm(body.token),
    }),
    defineRoute({
      method: 'put',
      path: '/ambassador-applications/own',
      id: 'changeOwnApplication',
      tag,
      summary: 'Correct an application that is not decided yet, or answer the team',
      access: 'public',
      body: ownChangeSchema,
      reply: ownApplicationSchema,
      problems: [409, 410, 412],
      handle: ({ body: { token, ...change } }) => applicant.change(token, change),
    }),
    defineRoute({
      method: 'post',
      path: '/ambassador-applications/withdraw',
      id: 'withdrawApplication',
      tag,
      summary: 'Withdraw an application: its contact is erased',
      access: 'public',
      body: linkSchema,
      problems: [409, 410, 412],
      handle: ({ body }) => applicant.withdraw(body.token),
    }),
    defineRoute({
      method: 'post',
      path: '/ambassador-applications/send-link',
      id: 'sendApplicationLink',
      tag,
      summary: 'Mail a new link to an application; answers the same whether there is one',
      access: 'public',
      body: sendLinkSchema,
      handle: async ({ body, req, res }) => {
        await limit(req, res);
        applicant.sendLink(body.email);
      },
    }),
  ];
}

/** What the team does with applications. */
function reviewRoutes({ review }: AmbassadorRoutesDeps): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/ambassador-applications',
      id: 'listApplications',
      tag,
      summary: 'Confirmed applications, by score, a page at a time',
      access: ['staff'],
      query: applicationQuerySchema,
      reply: applicationPageSchema,
      handle: ({ viewer, query }) => review.list(viewer, query),
    }),
    defineRoute({
      method: 'get',
      path: '/ambassador-applications/:applicationId',
      id: 'getApplication',
      tag,
      summary: 'One application with the parts of its score',
      access: ['staff'],
      params: path,
      reply: applicationSchema,
      problems: [404],
      handle: ({ params }) => review.get(params.applicationId),
    }),
    defineRoute({
      method: 'put',
      path: '/ambassador-applications/:applicationId/reviewer',
      id: 'assignApplication',
      tag,
      summary: 'Say who looks into an application',
      access: ['staff'],
      params: path,
      body: assignSchema,
      reply: applicationSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => review.assign(viewer, params.applicationId, body),
    }),
    defineRoute({
      method: 'post',
      path: '/ambassador-applications/:applicationId/decision',
      id: 'decideApplication',
      tag,
      summary: 'Accept, reject or ask for more; the applicant gets the reason by mail',
      access: ['staff'],
      params: path,
      body: decideSchema,
      reply: decidedSchema,
      problems: [404, 409, 412],
      handle: ({ viewer, params, body }) => review.decide(viewer, params.applicationId, body),
    }),
  ];
}

export const ambassadorRoutes = (deps: AmbassadorRoutesDeps): Route[] => [
  ...applicantRoutes(deps),
  ...reviewRoutes(deps),
];
