import { randomUUID } from 'node:crypto';
import type { RequestHandler } from 'express';
import { pino, type Logger } from 'pino';
import { pinoHttp } from 'pino-http';

/** Places where secrets could stand in a logged object, whatever was logged. */
const SECRETS = [
  'password',
  'currentPassword',
  'newPassword',
  'token',
  'cookie',
  'authorization',
  'secret',
].flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);

/** JSON lines on stdout; secrets are blacked out by name. */
export function createLog(level: string): Logger {
  return pino({ level, redact: { paths: [...SECRETS, '*.*["set-cookie"]'], censor: '[secret]' } });
}

/** The path alone: queries can hold names that people search for. */
function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

/** One line for each request: who, what, how it ended, how long it took. No headers, bodies or queries. */
export function requestLog(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (_req, res) => {
      const id = randomUUID();
      res.setHeader('X-Request-Id', id);
      return id;
    },
    // The package would log whole requests and answers; what is worth keeping is named below instead.
    serializers: { req: () => undefined, res: () => undefined },
    customAttributeKeys: { reqId: 'requestId' },
    quietReqLogger: true,
    quietResLogger: true,
    customLogLevel: (_req, res) =>
      res.statusCode >= 500 ? 'error' : res.statusCode >= 400 ? 'info' : 'debug',
    customProps: (req, res) => ({
      method: req.method,
      path: pathOf('originalUrl' in req && typeof req.originalUrl === 'string' ? req.originalUrl : req.url),
      status: res.statusCode,
      accountId: req.user?.id,
    }),
    customSuccessMessage: () => 'request',
    customErrorMessage: () => 'request failed',
  });
}
