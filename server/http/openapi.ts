import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { defineRoute, type Route } from './route.ts';
import { problemSchema } from './schema.ts';

type Json = Record<string, unknown>;

/** The JSON Schema dialect of OpenAPI 3.1. */
const DIALECT = 'https://json-schema.org/draft/2020-12/schema';
const BODY_PROBLEMS = [413, 415];

function jsonSchemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: dialect, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  if (dialect !== DIALECT) throw new Error(`OpenAPI 3.1 speaks ${DIALECT}, not ${String(dialect)}`);
  return json;
}

/** The fields of an object schema, as parameters. */
function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query'): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    schema: property,
    ...(typeof property === 'object' && property.description ? { description: property.description } : {}),
  }));
}

/** Path parameters that no schema describes are ids. */
function undescribedPathParameters(route: Route): Json[] {
  const described = new Set(parametersOf(route.params, 'path').map((parameter) => parameter.name));
  return pathParameterNames(route.path)
    .filter((name) => !described.has(name))
    .map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } }));
}

function pathParameterNames(path: string): string[] {
  return [...path.matchAll(/:(\w+)/g)].map((match) => match[1] ?? '');
}

function requestBodyOf(route: Route): Json {
  if (route.csvBody === true) {
    return { requestBody: { required: true, content: { 'text/csv': { schema: { type: 'string' } } } } };
  }
  if (route.body === undefined) return {};
  const schema = jsonSchemaOf(route.body, 'input');
  return { requestBody: { required: true, content: { 'application/json': { schema } } } };
}

function replyOf(route: Route): Json {
  if (route.reply !== undefined) {
    const schema = jsonSchemaOf(route.reply, 'output');
    return { description: 'Done.', content: { [route.replyMediaType ?? 'application/json']: { schema } } };
  }
  if (route.replyMediaType !== undefined) {
    return { description: 'Done.', content: { [route.replyMediaType]: { schema: { type: 'string' } } } };
  }
  return { description: 'Done; nothing to send.' };
}

function successStatus(route: Route): number {
  return route.status ?? (route.reply === undefined && route.replyMediaType === undefined ? 204 : 200);
}

/** Every refusal that this route can answer with. */
function problemStatuses(route: Route): number[] {
  const changes = route.method !== 'get';
  const takesBody = route.body !== undefined || route.csvBody === true;
  const statuses = new Set<number>([400, 429, ...(route.problems ?? [])]);
  if (route.access !== 'public') statuses.add(401);
  if (changes || Array.isArray(route.access)) statuses.add(403);
  if (takesBody) for (const status of BODY_PROBLEMS) statuses.add(status);
  return [...statuses].sort((left, right) => left - right);
}

function operationOf(route: Route): Json {
  const problems = problemStatuses(route).map((status) => [
    String(status),
    { $ref: `#/components/responses/Problem${String(status)}` },
  ]);
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: route.summary,
    'x-access': route.access,
    security: route.access === 'public' ? [] : [{ session: [] }],
    parameters: [
      ...parametersOf(route.params, 'path'),
      ...undescribedPathParameters(route),
      ...parametersOf(route.query, 'query'),
    ],
    ...requestBodyOf(route),
    responses: Object.fromEntries([[String(successStatus(route)), replyOf(route)], ...problems]),
  };
}

/** `/smes/:smeId` as OpenAPI writes it: `/smes/{smeId}`. */
export function openApiPath(path: string): string {
  return path.replace(/:(\w+)/g, '{$1}');
}

function pathsOf(routes: readonly Route[]): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method]: operationOf(route) };
  }
  return paths;
}

function problemResponses(routes: readonly Route[]): Json {
  const statuses = new Set(routes.flatMap(problemStatuses));
  const content = { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } };
  return Object.fromEntries(
    [...statuses].map((status) => [
      `Problem${String(status)}`,
      { description: STATUS_CODES[status] ?? 'Refused', content },
    ]),
  );
}

/** The API reference (OpenAPI 3.1), made from the very routes that the router mounts. */
export function openApiOf(routes: readonly Route[], options: { version: string; cookieName: string }): Json {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Tandem',
      version: options.version,
      description:
        'Partner matchmaking for small companies. Changes need the session cookie and come from our own pages, or carry the header Origin with the address of this server. Errors are problem details (RFC 9457).',
    },
    servers: [{ url: '/api/v1' }],
    tags: [...new Set(routes.map((route) => route.tag))].map((name) => ({ name })),
    paths: pathsOf(routes),
    components: {
      schemas: { Problem: jsonSchemaOf(problemSchema, 'output') },
      responses: problemResponses(routes),
      securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: options.cookieName } },
    },
  };
}

/** `GET /openapi.json`, which describes itself too. */
export function openApiRoute(
  routes: () => readonly Route[],
  options: { version: string; cookieName: string },
): Route {
  let document: Json | undefined;
  return defineRoute({
    method: 'get',
    path: '/openapi.json',
    id: 'getOpenApi',
    tag: 'Reference',
    summary: 'This API reference, as OpenAPI 3.1',
    access: 'public',
    reply: z.looseObject({ openapi: z.string() }),
    handle: () => {
      document ??= openApiOf(routes(), options);
      return { openapi: '3.1.0', ...document };
    },
  });
}
