import type { UserView } from '../../../server/accounts/schema.ts';
import { createLiveClient } from './client.ts';
import { openSocket } from './socket.ts';
import { createSequenceStore } from './store.ts';

/** The page's one live client. */
const live = createLiveClient({
  open: openSocket,
  store: createSequenceStore(() => window.sessionStorage),
  onFault: (fault) => {
    // To the browser's own error console and to `window.onerror`, as an uncaught error would go.
    reportError(fault);
  },
});

/** Opens the live line of the signed-in account; the returned function closes it. */
export function startLive(user: Pick<UserView, 'id'>): () => void {
  return live.start(user.id);
}

/** off, connecting, live, reconnecting or offline. */
export const liveState = live.state;
/** How far long tasks are, by task (`import:<id>`, `preview:<accountId>`, `preview-pairs:<accountId>`, `pairs:<accountId>`, `rebuild`). */
export const progressByTask = live.progress;
/** `onEvent('suggestions', handler)`: each event once, in order; returns what takes the handler away. */
export const onEvent = live.onEvent;
/** Staff hear of arrivals at an event, a few times a second at most. */
export const onPresence = live.onPresence;
/** Called when events were missed for good: load the data of the page again. */
export const onReload = live.onReload;
/** Called when the session or the account ended, with the reason. */
export const onSessionEnded = live.onEnded;
