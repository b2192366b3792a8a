import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { isLoopback } from '../config.ts';
import { notAllowed } from './errors.ts';

export interface Metrics {
  readonly registry: Registry;
  /** Measures each request; comes first. */
  readonly measure: RequestHandler;
  /** Answers `/metrics`. */
  readonly show: RequestHandler;
}

function sameText(left: string, right: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(left), digest(right));
}

/** Behind a proxy on the same machine every visitor looks local; what was forwarded is therefore never local. */
function isLocal(req: Request): boolean {
  const forwarded = req.get('X-Forwarded-For') ?? req.get('Forwarded') ?? req.get('Via');
  const address = (req.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  return forwarded === undefined && isLoopback(address);
}

function mayRead(req: Request, token: string | null): boolean {
  if (token === null) return isLocal(req);
  return sameText(req.get('Authorization') ?? '', `Bearer ${token}`);
}

/**
 * The route's pattern, never the path itself: a path holds ids, and each would be a time series of its own. The prefix is read from the
 * whole address, because routers take it back when an error leaves them.
 */
function routeOf(req: Request): string {
  const prefix = /^\/api\/v1(?=\/)/.exec(req.originalUrl)?.[0] ?? '';
  // Express types `req.route` as any; only its `path` is read, and only if it is a text.
  const route: unknown = req.route;
  if (typeof route === 'object' && route !== null && 'path' in route && typeof route.path === 'string') {
    return prefix + route.path;
  }
  return prefix === '' ? 'client' : 'unknown';
}

/** Prometheus metrics of one server, in a registry of its own. */
export function createMetrics(token: string | null): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time from request to end of the answer, by method, route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
    registers: [registry],
  });
  return {
    registry,
    measure(req, res, next) {
      const end = durations.startTimer();
      res.once('finish', () => {
        end({ method: req.method, route: routeOf(req), status: res.statusCode });
      });
      next();
    },
    async show(req, res) {
      if (!mayRead(req, token)) {
        throw notAllowed(
          'Metrics need the bearer token METRICS_TOKEN or, where none is set, this machine itself.',
        );
      }
      res
        .set('Cache-Control', 'no-store')
        .type(registry.contentType)
        .send(await registry.metrics());
    },
  };
}
