import { STATUS_CODES } from 'node:http';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import type { Logger } from 'pino';
import { HttpProblem, notFound } from './errors.ts';
import type { Problem } from './schema.ts';

/** Errors of Express and its body parser carry the status that they mean. */
interface RequestFault {
  status: number;
  type: string | undefined;
}

function requestFaultOf(error: unknown): RequestFault | null {
  if (error instanceof URIError) return { status: 400, type: 'url' };
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return null;
  if (error.status < 400 || error.status > 499) return null;
  return {
    status: error.status,
    type: 'type' in error && typeof error.type === 'string' ? error.type : undefined,
  };
}

/** Our own words for what the framework found wrong: its texts quote the input or name its own parts. */
const FAULT_TEXTS: Readonly<Record<string, { code: string; detail: string }>> = {
  'entity.parse.failed': { code: 'invalid-json', detail: 'The body is not valid JSON.' },
  'entity.too.large': { code: 'too-large', detail: 'The body is too large: at most 100 KiB are allowed.' },
  'encoding.unsupported': {
    code: 'unsupported-encoding',
    detail: 'This content encoding is not known: send the body plain or with gzip, deflate or br.',
  },
  'charset.unsupported': { code: 'unsupported-charset', detail: 'The body must be in UTF-8.' },
  'request.size.invalid': {
    code: 'invalid-length',
    detail: 'The body does not have the length that Content-Length says.',
  },
  'request.aborted': { code: 'aborted', detail: 'The request ended before its body was complete.' },
  url: { code: 'invalid-url', detail: 'The address holds a wrong percent-encoding.' },
};

function problemOfFault(fault: RequestFault): HttpProblem {
  const known = FAULT_TEXTS[fault.type ?? ''] ?? (fault.status === 400 ? FAULT_TEXTS.url : undefined);
  return new HttpProblem({
    status: fault.status,
    code: known?.code ?? 'invalid-request',
    detail: known?.detail ?? 'The request could not be read.',
  });
}

const DATABASE_AWAY = new Set([
  'MongoServerSelectionError',
  'MongooseServerSelectionError',
  'MongoNetworkError',
  'MongoNetworkTimeoutError',
  'MongoNotConnectedError',
  'MongoPoolClearedError',
  'MongoTopologyClosedError',
]);

/** The expected problem that an error stands for; null: it was not expected, and nothing about it is told. */
export function problemOf(error: unknown): HttpProblem | null {
  if (error instanceof HttpProblem) return error;
  if (error instanceof Error && DATABASE_AWAY.has(error.name)) {
    return new HttpProblem({
      status: 503,
      code: 'database-unavailable',
      detail: 'The database does not answer at the moment. Try again shortly.',
      headers: { 'Retry-After': '5' },
      cause: error,
    });
  }
  const fault = requestFaultOf(error);
  return fault === null ? null : problemOfFault(fault);
}

/** Writes problem details (RFC 9457). */
export function sendProblem(res: Response, problem: HttpProblem, requestId: string): void {
  const body: Problem = {
    type: 'about:blank',
    title: STATUS_CODES[problem.status] ?? 'Error',
    status: problem.status,
    detail: problem.message,
    code: problem.code,
    requestId,
    ...(problem.errors.length > 0 ? { errors: [...problem.errors] } : {}),
  };
  res.status(problem.status).set(problem.headers).type('application/problem+json').send(JSON.stringify(body));
}

/** Answers for every path that no route took. */
export const unknownPath: RequestHandler = () => {
  throw notFound('address');
};

/** The last error handler: what was expected is told, everything else is logged and becomes a bare 500. */
export function createErrorHandler(log: Logger): ErrorRequestHandler {
  // Express knows an error handler by its four parameters.
  return (error: unknown, _req, res, next) => {
    const requestId = String(res.getHeader('X-Request-Id'));
    if (res.headersSent) {
      log.warn({ err: error, requestId }, 'an error after the answer had begun');
      if (!res.writableEnded) next(error);
      return;
    }
    const problem = problemOf(error);
    if (problem === null || problem.status >= 500) log.error({ err: error, requestId }, 'a request failed');
    if (problem !== null) {
      sendProblem(res, problem, requestId);
      return;
    }
    const bare: Problem = {
      type: 'about:blank',
      title: 'Internal Server Error',
      status: 500,
      code: 'internal',
      requestId,
    };
    res.status(500).type('application/problem+json').send(JSON.stringify(bare));
  };
}
