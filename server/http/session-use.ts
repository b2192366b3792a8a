import type { SessionData } from 'express-session';
import mongoose, { type Connection } from 'mongoose';
import type { Logger } from 'pino';
import type { StoredSession } from './stored-session.ts';

/** The time of the last request is written at most once in this span, not with every request. */
const EVERY_MS = 60_000;
/** It is written so long after the request, whose answer and news go first. */
const BEHIND_MS = 1_000;

/** When sessions were used last. */
export interface SessionUse {
  /** Notes a request of this session; nothing waits for that. What a crash cuts off was no more than a minute of idling. */
  note(sessionId: string, data: Partial<SessionData>): void;
  /** When it was used last (ms of the clock), what is not written yet included; undefined where it was never signed in. */
  lastSeen(sessionId: string, data: Partial<SessionData>): number | undefined;
}

export function createSessionUse(options: {
  readonly connection: Connection;
  /** The collection of the sessions. */
  readonly name: string;
  /** A session ends when it was not used for so long. */
  readonly idleMs: number;
  readonly clock: () => Date;
  readonly log: Pick<Logger, 'error'>;
}): SessionUse {
  const { connection, name, idleMs, clock, log } = options;
  const stored = connection.getClient().db(connection.name).collection<StoredSession>(name);
  /** What is still to be written. */
  const noted = new Map<string, number>();

  const lastSeen: SessionUse['lastSeen'] = (sessionId, { lastSeenAt }) => noted.get(sessionId) ?? lastSeenAt;

  // Written past the session's own save: that one would bring back a session that was ended meanwhile.
  async function write(_id: string, seen: number): Promise<void> {
    // The database removes what has expired by the time of the machine, whatever the clock says.
    const expires = new Date(Date.now() + idleMs);
    try {
      if (connection.readyState === mongoose.ConnectionStates.connected)
        await stored.updateOne({ _id }, { $set: { 'session.lastSeenAt': seen, expires } });
    } catch (error) {
      log.error({ err: error }, 'when a session was used last could not be noted');
    } finally {
      // It may have been used again meanwhile.
      if (noted.get(_id) === seen) noted.delete(_id);
    }
  }

  return {
    note(sessionId, data) {
      const now = clock().getTime();
      const last = lastSeen(sessionId, data);
      if (last === undefined || now - last < EVERY_MS) return;
      noted.set(sessionId, now);
      setTimeout(() => void write(sessionId, now), BEHIND_MS).unref();
    },
    lastSeen,
  };
}
