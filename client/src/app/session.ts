import { signal } from '@preact/signals';
import type { SessionView, UserView } from '../../../server/accounts/schema.ts';
import { api, onSessionLost } from '../api/request.ts';
import { onSessionEnded, startLive } from '../live/live.ts';
import { isHeld } from './router.ts';

/** Who is signed in, as far as this window knows. */
export type Session =
  | { state: 'loading' }
  | { state: 'unreachable'; error: unknown }
  /** `lost`: was signed in until the server ended it. */
  | { state: 'out'; lost: boolean }
  | { state: 'in'; user: UserView };

export const session = signal<Session>({ state: 'loading' });
/** True where the session ended under unsaved changes: the page stays, and a dialog asks to sign in again. */
export const resuming = signal(false);
let stopLive: (() => void) | null = null;

function leave(lost: boolean): void {
  stopLive?.();
  stopLive = null;
  resuming.value = false;
  session.value = { state: 'out', lost };
}

/** Takes the answer of a sign-in, a set-up or an accepted invitation. */
export function enter(view: SessionView): void {
  if (view.user === null) {
    leave(false);
    return;
  }
  stopLive?.();
  resuming.value = false;
  session.value = { state: 'in', user: view.user };
  stopLive = startLive(view.user);
}

/** Asks the server who is signed in. Never throws: the outcome is in `session`. */
export async function loadSession(): Promise<void> {
  try {
    enter(await api.get<SessionView>('/session'));
  } catch (error) {
    session.value = { state: 'unreachable', error };
  }
}

/** Ends this session on the server, then here. */
export async function signOut(): Promise<void> {
  await api.remove('/session');
  leave(false);
}

/** This session is over on the server (signed out elsewhere, account closed, too old). */
export function sessionEnded(): void {
  if (session.value.state === 'in') leave(true);
}

/** The session ran out, by what a request or the live line was told: unsaved changes are kept, everything else is left. */
function sessionExpired(): void {
  if (session.value.state === 'in' && isHeld()) resuming.value = true;
  else sessionEnded();
}

/** Lets a 401 of any request, or the live line, end the session here as well. Called once, at start. */
export function watchSession(): void {
  onSessionLost(sessionExpired);
  onSessionEnded((reason) => {
    // Who signed out elsewhere, or was shut out, leaves nothing on this screen.
    if (reason === 'expired') sessionExpired();
    else sessionEnded();
  });
}

/** The signed-in user, for pages that are only shown to one. */
export function currentUser(): UserView {
  if (session.value.state !== 'in') throw new Error('This page needs somebody who is signed in.');
  return session.value.user;
}
