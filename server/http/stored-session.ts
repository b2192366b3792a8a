import type { SessionData } from 'express-session';

/** A session as its store keeps it in the database. */
export interface StoredSession {
  _id: string;
  expires?: Date;
  session: SessionData;
}
