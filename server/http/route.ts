import type { Request, RequestHandler, Response, Router } from 'express';
import type { z } from 'zod';
import type { Role } from '../accounts/schema.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { csvBody, jsonBody } from './body.ts';
import { HttpProblem, invalidRequest, notAllowed, notSignedIn } from './errors.ts';
import { sendInOneGo } from './in-one-go.ts';

/** Who may call a route at all; what they may see or change of one thing is for the service to decide. */
export type Access = 'public' | 'signed-in' | readonly Role[];
type ViewerOf<A extends Access> = A extends 'public' ? Viewer | null : Viewer;
/** What the handler returns; ignored where the route has no reply schema. */
type ReplyOf<R extends z.ZodType | undefined> = R extends z.ZodType ? z.input<R> : unknown;
type Parsed<S extends z.ZodType | undefined> = S extends z.ZodType ? z.output<S> : undefined;

export interface RouteInput<P, Q, B, V> {
  params: P;
  query: Q;
  body: B;
  viewer: V;
  /** Aborted when the client goes away before the answer: long work should stop. */
  signal: AbortSignal;
  req: Request;
  res: Response;
}

/** A route as data: the router, the validation, the access check and the API reference are all made from it. */
export interface Route {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  /** Below `/api/v1`, Express style: `/smes/:smeId`. */
  path: string;
  /** Unique name, also the operationId of the API reference. */
  id: string;
  tag: string;
  summary: string;
  access: Access;
  params?: z.ZodType | undefined;
  query?: z.ZodType | undefined;
  body?: z.ZodType | undefined;
  /** Taken from mail programs and pages of others too: no session is read, and what is in the address is the right to do it. */
  fromElsewhere?: true | undefined;
  /** The body is a stream of text/csv that the handler reads itself from `req`. */
  csvBody?: true | undefined;
  /** What comes back; absent: 204, or what the handler itself writes with the media type named here. */
  reply?: z.ZodType | undefined;
  replyMediaType?: string | undefined;
  status?: number | undefined;
  /** Statuses of expected refusals besides 400, 401, 403 and 429. */
  problems?: readonly number[] | undefined;
  handler: RequestHandler;
}

interface RouteDefinition<
  A extends Access,
  P extends z.ZodType | undefined,
  Q extends z.ZodType | undefined,
  B extends z.ZodType | undefined,
  R extends z.ZodType | undefined,
> extends Omit<Route, 'handler' | 'params' | 'query' | 'body' | 'reply' | 'access'> {
  access: A;
  params?: P;
  query?: Q;
  body?: B;
  reply?: R;
  handle: (
    input: RouteInput<Parsed<P>, Parsed<Q>, Parsed<B>, ViewerOf<A>>,
  ) => Promise<ReplyOf<R>> | ReplyOf<R>;
}

function parsePart(schema: z.ZodType | undefined, value: unknown, part: string): unknown {
  if (schema === undefined) return undefined;
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw invalidRequest(
    result.error.issues.map((issue) => ({
      field: issue.path.length > 0 ? issue.path.map(String).join('.') : part,
      message: issue.message,
    })),
  );
}

function checkAccess(access: Access, viewer: Viewer | null): void {
  if (access === 'public') return;
  if (viewer === null) throw notSignedIn();
  if (access !== 'signed-in' && !access.includes(viewer.role)) {
    throw notAllowed(`This is for ${access.join(' and ')} accounts; yours is a ${viewer.role} account.`);
  }
}

/** Aborts when the connection closes before the answer was sent. */
function signalOf(res: Response): AbortSignal {
  const controller = new AbortController();
  res.once('close', () => {
    if (!res.writableFinished) controller.abort();
  });
  return controller.signal;
}

/**
 * Makes a route from its description. Input is parsed by the zod schemas before the handler runs, so the handler works on typed
 * values only; the reply is what the handler returns.
 */
export function defineRoute<
  const A extends Access,
  P extends z.ZodType | undefined = undefined,
  Q extends z.ZodType | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
  R extends z.ZodType | undefined = undefined,
>(definition: RouteDefinition<A, P, Q, B, R>): Route {
  const { handle, ...data } = definition;
  const handler: RequestHandler = async (req, res) => {
    const viewer = req.user ?? null;
    checkAccess(definition.access, viewer);
    // The schemas were given together with the handler, so what they put out is what the handler takes.
    const input = {
      params: parsePart(definition.params, req.params, 'path'),
      query: parsePart(definition.query, req.query, 'query'),
      body: parsePart(definition.body, req.body, 'body'),
      viewer,
      signal: signalOf(res),
      req,
      res,
    } as RouteInput<Parsed<P>, Parsed<Q>, Parsed<B>, ViewerOf<A>>;
    const reply = await handle(input);
    if (res.headersSent || res.writableEnded) return;
    if (definition.reply === undefined) res.status(definition.status ?? 204).end();
    else sendInOneGo(res.status(definition.status ?? 200).type('json'), JSON.stringify(reply));
  };
  return { ...data, handler };
}

/** Access comes before the body: nobody without the right to call may make the server read and parse one. */
function handlersOf(route: Route): RequestHandler[] {
  const checkCaller: RequestHandler = (req, _res, next) => {
    checkAccess(route.access, req.user ?? null);
    next();
  };
  const body = route.csvBody === true ? csvBody : route.body === undefined ? [] : jsonBody;
  return [checkCaller, ...body, route.handler];
}

/** 405 for the methods that a path does not have. */
function refuseOtherMethods(allowed: readonly string[]): RequestHandler {
  const allow = allowed.join(', ');
  return (req, res) => {
    if (req.method === 'OPTIONS') {
      res.set('Allow', allow).status(204).end();
      return;
    }
    throw new HttpProblem({
      status: 405,
      code: 'method-not-allowed',
      detail: `This address takes ${allow} only.`,
      headers: { Allow: allow },
    });
  };
}

/** Puts routes on an Express router, and behind them the refusal of other methods on the same paths. */
export function mountRoutes(router: Router, routes: readonly Route[]): void {
  const methods = new Map<string, string[]>();
  for (const route of routes) {
    router[route.method](route.path, ...handlersOf(route));
    const names = route.method === 'get' ? ['GET', 'HEAD'] : [route.method.toUpperCase()];
    methods.set(route.path, [...(methods.get(route.path) ?? []), ...names]);
  }
  for (const [path, names] of methods) router.all(path, refuseOtherMethods(names));
}
