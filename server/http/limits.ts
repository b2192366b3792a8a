import type { Request, RequestHandler, Response } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { HttpProblem } from './errors.ts';

const MINUTE_MS = 60_000;

function tooMany(): HttpProblem {
  return new HttpProblem({
    status: 429,
    code: 'too-many-requests',
    detail: 'Too many requests. Wait a little, as the header Retry-After says, then go on.',
  });
}

/** IPv6 addresses count by network, as one household or office has a whole network of them. */
function addressKey(req: Request): string {
  return ipKeyGenerator(req.ip ?? 'unknown');
}

interface Limit {
  name: string;
  windowMs: number;
  limit: number;
  keyOf: (req: Request) => string;
}

function limiter({ name, windowMs, limit, keyOf }: Limit): RequestHandler {
  return rateLimit({
    windowMs,
    limit,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    keyGenerator: keyOf,
    handler: (_req, _res, next) => {
      next(tooMany());
    },
  });
}

/**
 * Limits of the whole API, held in memory for each process. At an event hundreds of people share one address, so an address may do
 * much more than one account; guessing of passwords is held by account, in the database.
 */
export function createLimits(requestsPerMinute: number): {
  byAddress: RequestHandler;
  byAccount: RequestHandler;
} {
  return {
    byAddress: limiter({
      name: 'address',
      windowMs: MINUTE_MS,
      limit: requestsPerMinute * 4,
      keyOf: addressKey,
    }),
    byAccount: limiter({
      name: 'account',
      windowMs: MINUTE_MS,
      limit: requestsPerMinute,
      keyOf: (req) => req.user?.id ?? addressKey(req),
    }),
  };
}

/** One limit of its own for what an address may do without an account, such as send a public form; held in memory for each process. */
export function limitByAddress(options: {
  name: string;
  windowMs: number;
  limit: number;
}): (req: Request, res: Response) => Promise<void> {
  const handler = limiter({ ...options, keyOf: addressKey });
  return (req, res) =>
    new Promise((resolve, reject) => {
      Promise.resolve(
        handler(req, res, (refusal?: unknown) => {
          if (refusal === undefined) resolve();
          else reject(refusal instanceof Error ? refusal : tooMany());
        }),
      ).catch(reject);
    });
}
