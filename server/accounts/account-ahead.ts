import type { AccountRecord } from './model.ts';

/** Sessions of which the account is remembered: some 3 MB. */
const KEPT_MOST = 20_000;

interface Remembered {
  readonly accountId: string;
  /** The newest question for the account, which nobody has taken the answer of yet. */
  asked: Promise<AccountRecord | null> | null;
}

/**
 * Reads the account of a session while the session itself is read, instead of behind it: most requests are of a session that was here before,
 * and whose it is does not change. Nothing is decided by what is remembered: it only says which account to ask for.
 */
export interface AccountAhead {
  /** A session is about to be read. */
  sessionAsked(sessionId: string): void;
  /** The account of a session that was read, asked for after `sessionAsked`; null where nothing was asked for in time, or another account. */
  take(sessionId: string, accountId: string): Promise<AccountRecord | null> | null;
}

export function createAccountAhead(find: (id: string) => Promise<AccountRecord | null>): AccountAhead {
  const sessions = new Map<string, Remembered>();
  return {
    sessionAsked(sessionId) {
      const known = sessions.get(sessionId);
      if (!known) return;
      known.asked = find(known.accountId);
      // Whoever takes it hears of its failure; the session may have ended.
      known.asked.catch(() => undefined);
    },
    take(sessionId, accountId) {
      const known = sessions.get(sessionId);
      const asked = known?.accountId === accountId ? known.asked : null;
      if (sessions.size >= KEPT_MOST && !known) sessions.clear();
      sessions.set(sessionId, { accountId, asked: null });
      return asked;
    },
  };
}
