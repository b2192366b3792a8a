import type { RoomView } from '../events/schema.ts';
import type { AddressedNotice } from './events.ts';
import type { LiveNotice, PresenceNews, Progress } from './protocol.ts';

/** What features need of the live side. */
export interface Live {
  /**
   * Writes the notice to the stream of each of these accounts; resolves when it is in the database, and is brought to the open windows
   * behind that. `key` makes a repeat of the same notice harmless.
   */
  notify(accountIds: readonly string[], notice: LiveNotice, key?: string): Promise<void>;
  /** Many notices, each to its own accounts. */
  notifyAll(notices: readonly AddressedNotice[]): Promise<void>;
  /** Tells the open windows of one account how far a long task is; not kept. */
  progress(accountId: string, progress: Progress): void;
  /** The same, to all staff. */
  progressToStaff(progress: Progress): void;
  /** Tells all staff who is at an event; not kept. */
  presence(news: PresenceNews): void;
  /** Shows a room on the displays of its event; not kept. */
  showRoom(room: RoomView): void;
  /** True where some display of this process shows the event. */
  isShown(eventId: string): boolean;
  endDisplay(displayId: string): void;
  /** Closes the sockets of an account (closed, role changed, password changed), or of one session of it (signed out). */
  disconnectAccount(accountId: string, reason: 'account-closed' | 'signed-out', exceptSession?: string): void;
  disconnectSession(sessionId: string, reason: 'signed-out' | 'expired'): void;
}
