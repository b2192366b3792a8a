import { randomBytes } from 'node:crypto';
import MongoStore from 'connect-mongo';
import { Router, type Request, type RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { askAlong } from '../storage/ask-along.ts';
import { batched } from '../storage/batched.ts';
import { createSessionUse } from './session-use.ts';
import type { StoredSession } from './stored-session.ts';

/** OWASP ASVS 5.0, 7.3.1 and 7.3.2: an end when nobody does anything, and an end in any case. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 8 * 3_600_000;
const USER_AGENT_MAX = 200;

export interface OpenSession {
  sessionId: string;
  handle: string;
  accountId: string;
  startedAt: Date;
  lastSeenAt: Date;
  userAgent: string;
  passwordVersion: number;
}

export interface Sessions {
  readonly cookieName: string;
  /** Loads the session and ends it when it is too old; sockets use the same. passport comes after it. */
  readonly middleware: RequestHandler;
  /** Hears of each session that a request is about to read. */
  onAsked(listener: (sessionId: string) => void): void;
  /** The signed-in session with this id, unless it has ended. */
  find(sessionId: string): Promise<OpenSession | null>;
  /** Signed-in sessions of an account, newest first. */
  list(accountId: string): Promise<OpenSession[]>;
  /** Ends one session in the database; false if there was none. */
  end(sessionId: string): Promise<boolean>;
  /** Ends all sessions of an account but one. */
  endAll(accountId: string, except?: string): Promise<void>;
  /** Lets a session go on after its own account changed the password. */
  carryOn(sessionId: string, passwordVersion: number): Promise<void>;
  ensureIndexes(): Promise<void>;
}

/** What a new session starts with; written in the same save as the account that signs in. */
export function beginSession(req: Request, options: { now: Date; passwordVersion: number }): void {
  Object.assign(req.session, {
    startedAt: options.now.getTime(),
    lastSeenAt: options.now.getTime(),
    handle: randomBytes(16).toString('base64url'),
    userAgent: (req.get('User-Agent') ?? '').slice(0, USER_AGENT_MAX),
    passwordVersion: options.passwordVersion,
  } satisfies Partial<SessionData>);
}

function isTooOld(
  { startedAt, passport }: Partial<SessionData>,
  lastSeenAt: number | undefined,
  now: number,
): boolean {
  if (startedAt === undefined || lastSeenAt === undefined) return passport?.user !== undefined;
  return now - startedAt >= ABSOLUTE_MS || now - lastSeenAt >= IDLE_MS;
}

function toOpenSession(stored: StoredSession): OpenSession | null {
  const { handle, startedAt, lastSeenAt, userAgent, passwordVersion, passport } = stored.session;
  if (handle === undefined || startedAt === undefined || passwordVersion === undefined) return null;
  if (passport?.user === undefined) return null;
  return {
    sessionId: stored._id,
    handle,
    accountId: passport.user,
    startedAt: new Date(startedAt),
    lastSeenAt: new Date(lastSeenAt ?? startedAt),
    userAgent: userAgent ?? '',
    passwordVersion,
  };
}

/** Sessions in the database, so that they can be listed and ended, and survive a restart. */
export function createSessions(options: {
  connection: Connection;
  secrets: readonly string[];
  https: boolean;
  clock: () => Date;
  log: Pick<Logger, 'error'>;
}): Sessions {
  const { connection, https, clock, log } = options;
  const collectionName = 'sessions';
  const client = connection.getClient();
  // `__Host-` binds the cookie to this very host; browsers take it over https only.
  const cookieName = https ? '__Host-sid' : 'sid';
  const stored = client.db(connection.name).collection<StoredSession>(collectionName);
  const use = createSessionUse({ connection, name: collectionName, idleMs: IDLE_MS, clock, log });
  const store = MongoStore.create({
    client,
    dbName: connection.name,
    collectionName,
    // Kept as a document, so that the sessions of an account can be found.
    stringify: false,
    ttl: IDLE_MS / 1000,
    autoRemove: 'native',
  });

  let asked: (sessionId: string) => void = () => undefined;
  /** As the store reads it, along with what else is asked for of it. */
  async function read(sessionId: string): Promise<SessionData | null> {
    const $or = [{ expires: { $exists: false } }, { expires: { $gt: new Date() } }];
    const pipeline = [{ $match: { _id: sessionId, $or } }];
    const [found] = await askAlong<StoredSession>(connection, { collection: collectionName, pipeline });
    return found?.session ?? null;
  }
  store.get = (sessionId, done) => {
    const answer = read(sessionId);
    asked(sessionId);
    answer.then((found) => {
      done(null, found);
    }, done);
  };

  // That it was used is noted with the request; no answer waits for that to be written.
  store.touch = (_sessionId, _data, done) => {
    done?.(null);
  };

  const load = session({
    name: cookieName,
    secret: [...options.secrets],
    store,
    resave: false,
    saveUninitialized: false,
    rolling: true,
    cookie: { httpOnly: true, sameSite: 'lax', secure: https, path: '/', maxAge: IDLE_MS },
  });

  const hasEnded = (sessionId: string, data: Partial<SessionData>): boolean =>
    isTooOld(data, use.lastSeen(sessionId, data), clock().getTime());

  /** An old session is replaced by an empty one, which is not stored. */
  const endIfTooOld: RequestHandler = (req, _res, next) => {
    if (hasEnded(req.sessionID, req.session)) req.session.regenerate(next);
    else next();
  };

  const noteUse: RequestHandler = (req, _res, next) => {
    use.note(req.sessionID, req.session);
    next();
  };

  // Those of all sockets are looked at again and again.
  const byId = batched(async (sessionIds) => {
    const found = await stored.find({ _id: { $in: [...sessionIds] } }).toArray();
    return new Map(found.map((session) => [session._id, session]));
  });

  const open = (candidates: readonly StoredSession[]) =>
    candidates
      .filter(({ _id, session }) => !hasEnded(_id, session))
      .flatMap((candidate) => toOpenSession(candidate) ?? []);

  return {
    cookieName,
    middleware: Router().use(load, endIfTooOld, noteUse),
    onAsked(listener) {
      asked = listener;
    },
    async find(sessionId) {
      const found = (await byId([sessionId])).get(sessionId);
      return found === undefined ? null : (open([found])[0] ?? null);
    },
    async list(accountId) {
      const found = await stored.find({ 'session.passport.user': accountId }).toArray();
      return open(found).sort((left, right) => right.startedAt.getTime() - left.startedAt.getTime());
    },
    async end(sessionId) {
      const { deletedCount } = await stored.deleteOne({ _id: sessionId });
      return deletedCount === 1;
    },
    async endAll(accountId, except) {
      const others = except === undefined ? {} : { _id: { $ne: except } };
      await stored.deleteMany({ 'session.passport.user': accountId, ...others });
    },
    async carryOn(sessionId, passwordVersion) {
      // Past the session's own save, which would bring back a session that was ended while this request ran.
      await stored.updateOne({ _id: sessionId }, { $set: { 'session.passwordVersion': passwordVersion } });
    },
    async ensureIndexes() {
      await stored.createIndex({ 'session.passport.user': 1 }, {}, {});
      // The store asks for its index of expiry by itself; waiting here makes sure that it is there.
      await store.collectionP;
    },
  };
}
