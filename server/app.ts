import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { Router, type Express } from 'express';
import type { Logger } from 'pino';
import type { JobsPace } from './jobs/service.ts';
import type { Passwords } from './accounts/passwords.ts';
import type { Config } from './config.ts';
import { createAddress, type Address } from './http/address.ts';
import { createReadiness, healthRoutes } from './http/health.ts';
import { createLimits } from './http/limits.ts';
import { requestLog } from './http/log.ts';
import { createMetrics } from './http/metrics.ts';
import { openApiRoute } from './http/openapi.ts';
import { createErrorHandler, unknownPath } from './http/problems.ts';
import { mountRoutes, type Route } from './http/route.ts';
import { keptSecrets } from './http/secrets.ts';
import { noStore, sameOriginOnly, securityHeaders } from './http/security.ts';
import { clientPages } from './http/static.ts';
import { createMailer, type Mailer } from './mail/mailer.ts';
import { measureMatcher } from './matching/metrics.ts';
import type { SpawnWorker } from './matching/worker-client.ts';
import { createServices, type Services } from './services.ts';
import { ensureIndexes, type Storage } from './storage/connect.ts';
import { measureDatabase } from './storage/metrics.ts';
import { VERSION } from './version.ts';

export const CLIENT_FOLDER = fileURLToPath(new URL('../client/dist', import.meta.url));

export interface TandemOptions {
  storage: Storage;
  config: Config;
  log: Logger;
  /** Default: the time of this machine. */
  clock?: () => Date;
  /** Default: as the settings say. */
  mailer?: Mailer;
  /** Where the built client is. */
  clientFolder?: string;
  /** Cheaper hashing, for tests. */
  passwords?: Passwords;
  /** How fast background work ticks; faster in tests. */
  jobsPace?: JobsPace;
  /** Another thread for the matching engine, for tests. */
  spawnEngine?: SpawnWorker;
}

/** The whole server, assembled. The storage stays its owner's to close. */
export interface Tandem {
  readonly app: Express;
  readonly httpServer: Server;
  readonly address: Address;
  readonly services: Services;
  /** Every route below `/api/v1`. */
  readonly routes: readonly Route[];
  /** Checks the indexes, starts what runs by itself and listens; answers with the port. */
  start(port: number, host: string): Promise<number>;
  /** Not ready from now on, no new requests, running ones end, then the services; safe to call twice. */
  stop(): Promise<void>;
}

/** Slow senders must not hold connections: time for the headers, and for a whole request (the largest is a CSV file). */
const TIMEOUTS = { headersTimeout: 15_000, requestTimeout: 120_000, keepAliveTimeout: 10_000 };
const REQUESTS_PER_CONNECTION_MAX = 1_000;

function apiRouter(options: {
  config: Config;
  address: Address;
  services: Services;
  routes: readonly Route[];
}): Router {
  const { config, address, services, routes } = options;
  const limits = createLimits(config.requestsPerMinute);
  const api = Router();
  api.use(limits.byAddress, noStore);
  mountRoutes(
    api,
    routes.filter(({ fromElsewhere }) => fromElsewhere),
  );
  api.use(sameOriginOnly(address));
  api.use(...services.accounts.signIn.middleware, limits.byAccount, compression());
  mountRoutes(
    api,
    routes.filter(({ fromElsewhere }) => !fromElsewhere),
  );
  api.use(unknownPath);
  return api;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      // A TCP server has an address with a port; only pipes have a name.
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stopListening(server: Server): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeIdleConnections();
  });
}

/** Puts the server together; nothing listens and nothing runs by itself until `start`. */
export async function createTandem(options: TandemOptions): Promise<Tandem> {
  const { storage, config, log, clock = () => new Date(), clientFolder = CLIENT_FOLDER } = options;
  const address = createAddress(config);
  const mailer = options.mailer ?? createMailer({ ...config, clock });
  const secrets = config.sessionSecrets ?? (await keptSecrets(config.dataDir));
  const { passwords, jobsPace, spawnEngine } = options;
  const services = createServices({
    storage,
    config,
    address,
    secrets,
    log,
    clock,
    mailer,
    passwords,
    jobsPace,
    spawnEngine,
  });

  const reference = { version: VERSION, cookieName: services.sessions.cookieName };
  const routes: readonly Route[] = [...services.routes, openApiRoute(() => routes, reference)];
  const readiness = createReadiness(services.readiness);
  const metrics = createMetrics(config.metricsToken);
  const stopMeasuring = measureDatabase(storage.connection, metrics.registry);
  measureMatcher(services.matchmaking.matcher, metrics.registry);

  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', config.trustProxy);
  app.use(metrics.measure, requestLog(log), securityHeaders(config.https));
  app.use(healthRoutes(readiness));
  app.get('/metrics', metrics.show);
  app.use('/api/v1', apiRouter({ config, address, services, routes }));
  app.use(clientPages(clientFolder));
  app.use(createErrorHandler(log));

  const httpServer = createServer(TIMEOUTS, app);
  httpServer.maxRequestsPerSocket = REQUESTS_PER_CONNECTION_MAX;
  services.matchmaking.live.attach(httpServer);

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    readiness.drain();
    const closed = stopListening(httpServer);
    await services.stop();
    httpServer.closeIdleConnections();
    await closed;
    stopMeasuring();
  };
  return {
    app,
    httpServer,
    address,
    services,
    routes,
    async start(port, host) {
      await ensureIndexes(storage.connection);
      await services.start();
      const actualPort = await listen(httpServer, port, host);
      address.listening(actualPort);
      return actualPort;
    },
    stop: () => (stopping ??= stop()),
  };
}
