import { z } from 'zod';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import type { Leaving } from './leaving.ts';
import {
  clusterInputSchema,
  clusterPageSchema,
  clusterQuerySchema,
  clusterSchema,
  leaveSchema,
  leavingSchema,
  leftSchema,
  projectPartnersSchema,
} from './schema.ts';
import { projectPartners } from './seed.ts';
import type { ClusterService } from './service.ts';

const clusterPath = z.strictObject({ clusterId: idSchema });
const tag = 'Clusters';

/** Clusters: everybody signed in reads them, staff add them, staff and the cluster itself change them or end their part. */
export function clusterRoutes(clusters: ClusterService, leaving: Leaving): Route[] {
  return [
    ...leavingRoutes(leaving),
    defineRoute({
      method: 'get',
      path: '/project-partners',
      id: 'listProjectPartners',
      tag,
      summary: "The partners of the project's consortium",
      access: 'public',
      reply: projectPartnersSchema,
      handle: () => projectPartners(),
    }),
    defineRoute({
      method: 'get',
      path: '/clusters',
      id: 'listClusters',
      tag,
      summary: 'Clusters by name, a page at a time',
      access: 'signed-in',
      query: clusterQuerySchema,
      reply: clusterPageSchema,
      handle: ({ query }) => clusters.list(query),
    }),
    defineRoute({
      method: 'get',
      path: '/clusters/:clusterId',
      id: 'getCluster',
      tag,
      summary: 'One cluster',
      access: 'signed-in',
      params: clusterPath,
      reply: clusterSchema,
      problems: [404],
      handle: ({ params }) => clusters.get(params.clusterId),
    }),
    defineRoute({
      method: 'post',
      path: '/clusters',
      id: 'addCluster',
      tag,
      summary: 'Add a cluster',
      access: ['staff'],
      body: clusterInputSchema,
      reply: clusterSchema,
      status: 201,
      problems: [409],
      handle: ({ viewer, body }) => clusters.create(viewer, body),
    }),
    defineRoute({
      method: 'put',
      path: '/clusters/:clusterId',
      id: 'changeCluster',
      tag,
      summary: 'Change a cluster',
      access: ['staff', 'cluster'],
      params: clusterPath,
      body: clusterInputSchema,
      reply: clusterSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body }) => clusters.update(viewer, params.clusterId, body),
    }),
  ];
}

function leavingRoutes(leaving: Leaving): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/clusters/:clusterId/leaving',
      id: 'previewLeaving',
      tag,
      summary: 'What would come of a cluster leaving: members, people, who could take the members',
      access: ['staff', 'cluster'],
      params: clusterPath,
      reply: leavingSchema,
      problems: [404],
      handle: ({ viewer, params }) => leaving.preview(viewer, params.clusterId),
    }),
    defineRoute({
      method: 'post',
      path: '/clusters/:clusterId/leave',
      id: 'leave',
      tag,
      summary:
        "End a cluster's part: its people lose access, its members are handed over or stay without a cluster; stops when the request is aborted before all are, and all is as before",
      access: ['staff', 'cluster'],
      params: clusterPath,
      body: leaveSchema,
      reply: leftSchema,
      problems: [404, 409],
      handle: ({ viewer, params, body, signal }) => leaving.leave(viewer, params.clusterId, body, signal),
    }),
  ];
}
