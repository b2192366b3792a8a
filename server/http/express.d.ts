/// <reference types="passport" />
import type { Viewer } from '../accounts/viewer.ts';

declare global {
  namespace Express {
    // passport puts the signed-in account here.
    interface User extends Viewer {}
  }
}

declare module 'express-session' {
  interface SessionData {
    /** When the session began, for its absolute limit (ms since 1970). */
    startedAt?: number;
    /** Public handle of the session, shown to its owner. */
    handle?: string;
    /** Last request, to the minute (ms since 1970). */
    lastSeenAt?: number;
    userAgent?: string;
    /** The account's password version at sign-in: a session from before a change of password is worth nothing. */
    passwordVersion?: number;
    /** What passport keeps: the id of the account. */
    passport?: { user?: string };
  }
}
