import { randomBytes } from 'node:crypto';
import MongoStore from 'connect-mongo';
import { Router, type Request, type RequestHandler } from 'express';
import session, { type SessionData } from 'express-session';
import type { Connection } from 'mongoose';
import type { Logger } from 'pino';
import { batched } from '../storage/batched.ts';

/** OWASP ASVS 5.0, 7.3.1 and 7.3.2: an end when nobody does anything, and an end in any case. */
export const IDLE_MS = 30 * 60_000;
export const ABSOLUTE_MS = 8 * 3_600_000;
/** The time of the last request is written at most once in this span, not with every request. */
const SEEN_EVERY_MS = 60_000;
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

interface StoredSession {
  _id: string;
  expires?: Date;
  session: SessionData;
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

function isTooOld(data: Partial<SessionData>, now: number): boolean {
  const { startedAt, lastSeenAt } = data;
  if (startedAt === undefined || lastSeenAt === undefined) return data.passport?.user !== undefined;
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
  const client = connection.getClient();
  // `__Host-` binds the cookie to this very host; browsers take it over https only.
  const cookieName = https ? '__Host-sid' : 'sid';
  const stored = client.db(connection.name).collection<StoredSession>('sessions');
  const store = MongoStore.create({
    client,
    dbName: connection.name,
    collectionName: 'sessions',
    // Kept as a document, so that the sessions of an account can be found.
    stringify: false,
    ttl: IDLE_MS / 1000,
    touchAfter: SEEN_EVERY_MS / 1000,
    autoRemove: 'native',
  });

  let asked: (sessionId: string) => void = () => undefined;
  const get = store.get.bind(store);
  store.get = (sessionId, done) => {
    asked(sessionId);
    get(sessionId, done);
  };

  /** What `noteSeen` is writing, by session. */
  const noting = new Map<string, Promise<void>>();
  const touch = store.touch.bind(store);
  // The session is touched at the end of each answer: that is also how long writing may take.
  store.touch = (sessionId, data, done) => {
    void (noting.get(sessionId) ?? Promise.resolve()).then(() => {
      touch(sessionId, data, done);
    });
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

  /** An old session is replaced by an empty one, which is not stored. */
  const endIfTooOld: RequestHandler = (req, _res, next) => {
    if (isTooOld(req.session, clock().getTime())) req.session.regenerate(next);
    else next();
  };

  // Written past the session's own save: that one would bring back a session that was ended while this request ran.
  async function writeSeen(sessionId: string, now: number): Promise<void> {
    try {
      await stored.updateOne({ _id: sessionId }, { $set: { 'session.lastSeenAt': now } });
    } catch (error) {
      log.error({ err: error }, 'when a session was used last could not be noted');
    } finally {
      noting.delete(sessionId);
    }
  }

  /** Nothing of the request waits for it but the end of the answer. */
  const noteSeen: RequestHandler = (req, _res, next) => {
    const now = clock().getTime();
    const { lastSeenAt } = req.session;
    if (lastSeenAt !== undefined && now - lastSeenAt >= SEEN_EVERY_MS && !noting.has(req.sessionID)) {
      noting.set(req.sessionID, writeSeen(req.sessionID, now));
    }
    next();
  };

  // Those of all sockets are looked at again and again.
  const byId = batched(async (sessionIds) => {
    const found = await stored.find({ _id: { $in: [...sessionIds] } }).toArray();
    return new Map(found.map((session) => [session._id, session]));
  });

  const open = (candidates: readonly StoredSession[]) =>
    candidates
      .filter((candidate) => !isTooOld(candidate.session, clock().getTime()))
      .flatMap((candidate) => toOpenSession(candidate) ?? []);

  return {
    cookieName,
    middleware: Router().use(load, endIfTooOld, noteSeen),
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
      // Past the session's own save, as above.
      await stored.updateOne({ _id: sessionId }, { $set: { 'session.passwordVersion': passwordVersion } });
    },
    async ensureIndexes() {
      await stored.createIndex({ 'session.passport.user': 1 }, {}, {});
      // The store asks for its index of expiry by itself; waiting here makes sure that it is there.
      await store.collectionP;
    },
  };
}
