import type { Request, RequestHandler, Response } from 'express';
import passport from 'passport';
import { Strategy as LocalStrategy } from 'passport-local';
import type { Logger } from 'pino';
import { HttpProblem } from '../http/errors.ts';
import { beginSession, type Sessions } from '../http/sessions.ts';
import type { Live } from '../live/live.ts';
import { createAccountAhead } from './account-ahead.ts';
import type { AccountRecord } from './model.ts';
import type { Passwords } from './passwords.ts';
import { toViewer, type AccountsService } from './service.ts';
import type { PasswordStore } from './password-store.ts';
import type { SignInLimit } from './sign-in-limit.ts';
import type { Viewer } from './viewer.ts';

export interface SignIn {
  /** Session first, then who is signed in by it; sockets use the same. */
  readonly middleware: readonly RequestHandler[];
  /** Checks e-mail and password. @throws HttpProblem 401, 429 */
  authenticate(req: Request, res: Response): Promise<AccountRecord>;
  /** Starts a session of its own for the account, with a new id; an earlier one of this browser ends. */
  begin(req: Request, account: AccountRecord): Promise<void>;
  /** Ends the session of the request and its sockets. */
  end(req: Request): Promise<void>;
  /** Who is signed in by a session, as long as it lasts; for sockets, which outlive their first request. */
  viewerOf(sessionId: string): Promise<Viewer | null>;
}

/** The same words whether there is such an account or not. */
function wrongSignIn(): HttpProblem {
  return new HttpProblem({
    status: 401,
    code: 'wrong-sign-in',
    detail: 'This e-mail address and password do not belong together.',
  });
}

/** Turns a function that takes a callback into a promise. */
function promised(run: (done: (error?: unknown) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    run((error) => {
      if (error === undefined || error === null) resolve();
      else
        reject(
          error instanceof Error ? error : new Error('the session could not be stored', { cause: error }),
        );
    });
  });
}

export function createSignIn(deps: {
  accounts: AccountsService;
  passwords: Passwords;
  passwordStore: PasswordStore;
  limit: SignInLimit;
  sessions: Sessions;
  live: Pick<Live, 'disconnectSession'>;
  clock: () => Date;
  log: Logger;
}): SignIn {
  const { accounts, passwords, passwordStore, limit, sessions, live, clock, log } = deps;
  // An instance of our own: the package's default one is shared by the whole process.
  const authenticator = new passport.Passport();

  async function verify(email: string, password: string, address: string): Promise<AccountRecord | null> {
    await limit.begin(email, address);
    const account = await accounts.findActiveByEmail(email);
    const right = await passwords.matches(password, account?.passwordHash ?? null);
    if (!right || account === null) {
      log.warn({ event: 'authn_login_fail', accountId: account?._id ?? null, address }, 'sign-in refused');
      return null;
    }
    await limit.succeeded(email, address);
    if (passwords.isWeak(account.passwordHash)) await passwordStore.rehash(account, password);
    return account;
  }

  // What verify found, by request: passport itself carries only what every feature may see.
  const found = new WeakMap<Request, AccountRecord>();

  authenticator.use(
    new LocalStrategy(
      { usernameField: 'email', passwordField: 'password', passReqToCallback: true },
      (req, email, password, done) => {
        verify(email, password, req.ip ?? 'unknown').then((account) => {
          if (account === null) {
            done(null, false);
            return;
          }
          found.set(req, account);
          done(null, toViewer(account));
        }, done);
      },
    ),
  );

  authenticator.serializeUser<string>((user, done) => {
    done(null, user.id);
  });

  const ahead = createAccountAhead((id) => accounts.find(id));
  sessions.onAsked((sessionId) => {
    ahead.sessionAsked(sessionId);
  });

  /** The account is loaded with each request: a closed one or one with a new password is out at once. */
  async function viewerIn(req: Request, id: string): Promise<Viewer | null> {
    const { passwordVersion } = req.session;
    const ofSession = (account: AccountRecord | null): Viewer | null =>
      account?.state === 'active' && account.passwordVersion === passwordVersion ? toViewer(account) : null;
    const asked = ahead.take(req.sessionID, id);
    // Where the password was changed between the two reads, the account is the older one.
    return (asked && ofSession(await asked)) ?? ofSession(await accounts.find(id));
  }

  authenticator.deserializeUser(
    (req: Request, id: string, done: (error: unknown, user?: Viewer | false) => void) => {
      viewerIn(req, id).then((viewer) => {
        done(null, viewer ?? false);
      }, done);
    },
  );

  async function begin(req: Request, account: AccountRecord): Promise<void> {
    const earlier = req.user === undefined ? null : req.sessionID;
    const now = clock();
    // passport makes a new session id here, so that one planted before is worth nothing.
    await promised((done) => {
      req.login(toViewer(account), done);
    });
    beginSession(req, { now, passwordVersion: account.passwordVersion });
    await promised((done) => req.session.save(done));
    if (earlier !== null) live.disconnectSession(earlier, 'signed-out');
    await accounts.noteSignIn(account._id, now);
    log.info({ event: 'session_created', accountId: account._id, handle: req.session.handle }, 'signed in');
  }

  return {
    middleware: [sessions.middleware, authenticator.session()],
    authenticate(req, res) {
      return new Promise((resolve, reject) => {
        const answer = (error: unknown, user: Express.User | false | null | undefined): void => {
          const account = found.get(req);
          if (error instanceof Error) reject(error);
          else if (!user || account === undefined) reject(wrongSignIn());
          else resolve(account);
        };
        // passport types its authenticate as any; it is an Express handler.
        const handler = authenticator.authenticate('local', { session: false }, answer) as RequestHandler;
        void handler(req, res, reject);
      });
    },
    begin,
    async end(req) {
      const { sessionID } = req;
      const accountId = req.user?.id;
      await promised((done) => req.session.destroy(done));
      live.disconnectSession(sessionID, 'signed-out');
      if (accountId !== undefined) log.info({ event: 'session_ended', accountId }, 'signed out');
    },
    async viewerOf(sessionId) {
      const session = await sessions.find(sessionId);
      const { accountId = '' } = session ?? {};
      const account = session && (await accounts.findSome([accountId])).get(accountId);
      if (session === null || account?.state !== 'active') return null;
      return account.passwordVersion === session.passwordVersion ? toViewer(account) : null;
    },
  };
}
