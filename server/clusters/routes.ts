import { z } from 'zod';
import { idSchema } from '../http/schema.ts';
import { defineRoute, type Route } from '../http/route.ts';
import { clusterInputSchema, clusterPageSchema, clusterQuerySchema, clusterSchema } from './schema.ts';
import type { ClusterService } from './service.ts';

const clusterPath = z.strictObject({ clusterId: idSchema });
const tag = 'Clusters';

/** Clusters: everybody signed in reads them, staff add them, staff and the cluster itself change them. */
export function clusterRoutes(clusters: ClusterService): Route[] {
  return [
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
