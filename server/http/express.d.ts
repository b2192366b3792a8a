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
    lastSeenAt?: number;
    userAgent?: string;
  }
}
