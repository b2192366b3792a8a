import { expect } from 'chai';
import { z } from 'zod';
import { openApiPath } from '../../../server/http/openapi.ts';
import type { Route } from '../../../server/http/route.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';

const layerSchema = z.object({
  name: z.string(),
  route: z
    .object({
      path: z.string(),
      methods: z.record(z.string(), z.boolean()),
      stack: z.array(z.object({ method: z.string().optional() })),
    })
    .optional(),
  handle: z.unknown(),
});
/** The layers of a router, which Express makes as a function; null for other handlers. */
function layersOf(handler: unknown): z.infer<typeof layerSchema>[] | null {
  if (typeof handler !== 'function' || !('stack' in handler)) return null;
  return z.array(layerSchema).parse(handler.stack);
}

const documentSchema = z.object({
  openapi: z.literal('3.1.0'),
  paths: z.record(
    z.string(),
    z.record(
      z.string(),
      z.object({
        operationId: z.string(),
        'x-access': z.union([z.enum(['public', 'signed-in']), z.array(z.string()).min(1)]),
        security: z.array(z.record(z.string(), z.array(z.string()))),
        parameters: z.array(z.object({ name: z.string(), in: z.string(), schema: z.looseObject({}) })),
        responses: z.record(z.string(), z.looseObject({ $ref: z.string().optional() })),
      }),
    ),
  ),
  components: z.object({ responses: z.record(z.string(), z.looseObject({})) }).loose(),
});

/** `get /smes/:smeId` of every route on the router, found by walking Express's own stack. */
function mountedRoutes(router: unknown): string[] {
  return (layersOf(router) ?? []).flatMap(({ route, handle }) => {
    if (route === undefined) return mountedRoutes(handle);
    const methods = new Set(route.stack.flatMap(({ method }) => method ?? []));
    return [...methods].map((method) => `${method} ${route.path}`);
  });
}

/** A path with its parameters filled in. */
function examplePath(route: Route): string {
  return `/api/v1${route.path.replace(/:\w+/g, 'some-id')}`;
}

describe('the routes', () => {
  let app: TestApp;
  before(async () => {
    app = await startTestApp();
  });
  after(() => app.stop());

  async function reference() {
    return documentSchema.parse((await app.agent().get('/api/v1/openapi.json').expect(200)).body);
  }

  it('are in the API reference, all of them and no other', async () => {
    const outside = ['get /healthz', 'get /readyz', 'get /metrics'];
    const mounted = mountedRoutes(app.tandem.app.router).filter((route) => !outside.includes(route));
    const { paths } = await reference();
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method} ${path}`),
    );
    expect(mounted.map(openApiPath).sort()).to.deep.equal(described.sort());
    expect(mounted.length).to.be.greaterThan(20);
  });

  it('have names of their own', () => {
    const ids = app.tandem.routes.map(({ id }) => id);
    expect(new Set(ids).size).to.equal(ids.length);
  });

  it('each say who may call them, in code and in the reference', async () => {
    const { paths } = await reference();
    for (const route of app.tandem.routes) {
      const operation = paths[openApiPath(route.path)]?.[route.method];
      expect(operation?.['x-access'], route.id).to.deep.equal(route.access);
      expect(operation?.security, route.id).to.deep.equal(route.access === 'public' ? [] : [{ session: [] }]);
    }
  });

  it('answer 401 without a session, but for the few that are public', async () => {
    for (const route of app.tandem.routes) {
      const response = await app.agent()[route.method](examplePath(route));
      if (route.access === 'public') expect(response.status, route.id).not.to.equal(403);
      else expect(response.status, route.id).to.equal(401);
    }
  });

  it('are public only where that is meant', () => {
    const open = app.tandem.routes.filter(({ access }) => access === 'public').map(({ id }) => id);
    expect(open.sort()).to.deep.equal([
      'acceptInvitation',
      'applyAsAmbassador',
      'askToUnsubscribe',
      'changeOwnApplication',
      'checkIn',
      'confirmApplication',
      'countFacets',
      'getCalendar',
      'getMappingSettings',
      'getMatrix',
      'getOpenApi',
      'getProgrammeCalendar',
      'getRoom',
      'getSession',
      'getSolution',
      'getUseCase',
      'listFaq',
      'listProjectPartners',
      'listUseCases',
      'lookUpApplication',
      'lookUpInvitation',
      'openApplicationForm',
      'requestPasswordReset',
      'resetPassword',
      'searchSolutions',
      'sendApplicationLink',
      'setUp',
      'signIn',
      'signOut',
      'unsubscribe',
      'withdrawApplication',
    ]);
  });

  it('answer 403 to the roles that they are not for', async () => {
    for (const role of ['staff', 'cluster', 'sme', 'demand'] as const) {
      const { agent } = await app.signInAs(role, { clusterId: 'some', smeId: 'some' });
      for (const route of app.tandem.routes) {
        if (!Array.isArray(route.access) || route.access.includes(role)) continue;
        expect((await agent[route.method](examplePath(route))).status, `${role}: ${route.id}`).to.equal(403);
      }
    }
  });

  it('describe each problem that they refer to', async () => {
    const { paths, components } = await reference();
    for (const operation of Object.values(paths).flatMap((methods) => Object.values(methods))) {
      const references = Object.values(operation.responses).flatMap(({ $ref }) => $ref ?? []);
      expect(references).not.to.deep.equal([]);
      for (const name of references) {
        expect(components.responses).to.have.property(name.replace('#/components/responses/', ''));
      }
    }
  });

  it('describe every parameter of their paths', async () => {
    const { paths } = await reference();
    for (const [path, methods] of Object.entries(paths)) {
      const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      for (const { operationId, parameters } of Object.values(methods)) {
        const described = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
        expect(described, operationId).to.have.members(names);
      }
    }
  });
});
