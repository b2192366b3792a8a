import type { Response } from 'express';
import { z } from 'zod';
import { HttpProblem, invalidField } from '../http/errors.ts';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import {
  memberPageSchema,
  memberQuerySchema,
  newSmeSchema,
  smeInputSchema,
  smePageSchema,
  smeQuerySchema,
  smeViewSchema,
  type SmeView,
} from './schema.ts';
import type { SmeService } from './service.ts';

const smePath = z.strictObject({ smeId: idSchema });
const clusterPath = z.strictObject({ clusterId: idSchema });
const tag = 'SMEs';

/** SMEs: the directory for everybody signed in, the whole profile for those who may change it. */
export function smeRoutes(smes: SmeService): Route[] {
  return [...readingRoutes(smes), ...writingRoutes(smes)];
}

function readingRoutes(smes: SmeService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/smes',
      id: 'listSmes',
      tag,
      summary: 'Directory of SMEs, non-confidential, a page at a time',
      access: 'signed-in',
      query: smeQuerySchema,
      reply: smePageSchema,
      handle: ({ query }) => smes.list(query),
    }),
    defineRoute({
      method: 'get',
      path: '/smes/:smeId',
      id: 'getSme',
      tag,
      summary: 'Profile of an SME; `own` only for the SME itself, its cluster and staff',
      access: 'signed-in',
      params: smePath,
      reply: smeViewSchema,
      problems: [404],
      handle: async ({ viewer, params, res }) => withVersion(res, await smes.get(viewer, params.smeId)),
    }),
    defineRoute({
      method: 'get',
      path: '/clusters/:clusterId/members',
      id: 'listMembers',
      tag,
      summary: 'Members of a cluster with completeness, suggestions and account',
      access: ['staff', 'cluster'],
      params: clusterPath,
      query: memberQuerySchema,
      reply: memberPageSchema,
      problems: [404],
      handle: ({ viewer, params, query }) => smes.members(viewer, params.clusterId, query),
    }),
  ];
}

function writingRoutes(smes: SmeService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/smes',
      id: 'registerSme',
      tag,
      summary: 'Register an SME as a member of a cluster',
      access: ['staff', 'cluster'],
      body: newSmeSchema,
      reply: smeViewSchema,
      status: 201,
      handle: async ({ viewer, body, res }) =>
        withVersion(res, await smes.create(viewer, body.clusterId, body.profile)),
    }),
    defineRoute({
      method: 'put',
      path: '/smes/:smeId',
      id: 'replaceSme',
      tag,
      summary: 'Replace a profile; header If-Match names the version that the change was made on',
      access: ['staff', 'cluster', 'sme'],
      params: smePath,
      body: smeInputSchema,
      reply: smeViewSchema,
      problems: [404, 412, 428],
      handle: async ({ viewer, params, body, req, res }) => {
        const version = expectedVersion(req.get('if-match'));
        return withVersion(res, await smes.replace(viewer, params.smeId, version, body));
      },
    }),
    defineRoute({
      method: 'delete',
      path: '/smes/:smeId',
      id: 'withdrawSme',
      tag,
      summary: 'Withdraw an SME: out of matching at once, its record erased',
      access: ['staff', 'cluster'],
      params: smePath,
      problems: [404],
      handle: ({ viewer, params }) => smes.withdraw(viewer, params.smeId),
    }),
  ];
}

/** The version is also the entity tag, for those who may change the profile. */
function withVersion(res: Response, view: SmeView): SmeView {
  if (view.own) res.set('ETag', `"${view.own.version}"`);
  return view;
}

/** The version that a change was made on, from the If-Match header: 428 where it is missing, 400 where it is no version. */
function expectedVersion(header: string | undefined): number {
  if (header === undefined) {
    throw new HttpProblem({
      status: 428,
      code: 'version-needed',
      detail:
        'Send the header If-Match with the version that your change was made on, such as If-Match: "3".',
    });
  }
  const version = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header.trim())?.[1];
  if (version === undefined) throw invalidField('If-Match', 'must be a version in quotes, such as "3"');
  return Number(version);
}
