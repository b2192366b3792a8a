import { io, type Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../../server/live/protocol.ts';
import { askTime } from './askTime.ts';
import type { OpenTransport } from './client.ts';
import { measureClock } from './serverClock.ts';

/** How long the server may take to answer a catch-up, in milliseconds. */
const ANSWER_WITHIN_MS = 10_000;

/** The line to the server that served the page: WebSocket on the same origin, with the session's cookie. */
export const openSocket: OpenTransport = (listener) => {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    transports: ['websocket', 'polling'],
    reconnectionDelay: 500,
    reconnectionDelayMax: 10_000,
  });
  const lost = (): void => {
    listener.disconnected(navigator.onLine);
  };
  // A network that is back is tried at once instead of after the waiting time; one that is gone is noticed before the heartbeat fails.
  const online = (): void => {
    if (!socket.connected) socket.disconnect().connect();
  };
  // So is the line of a phone that was in a pocket, and that of a window which the server closed for newer ones.
  const shown = (): void => {
    if (document.visibilityState === 'visible') online();
  };
  const offline = (): void => {
    socket.io.engine.close();
    lost();
  };

  socket.on('connect', () => {
    listener.connected();
    void measureClock(askTime(socket));
  });
  socket.on('disconnect', lost);
  socket.on('connect_error', () => {
    // Where the server itself said no, the line does not try again: this browser has no session any more.
    if (socket.active) lost();
    else listener.ended('expired');
  });
  socket.on('event', (event) => {
    listener.event(event);
  });
  socket.on('progress', (progress) => {
    listener.progress(progress);
  });
  socket.on('presence', (news) => {
    listener.presence(news);
  });
  socket.on('session-ended', (reason) => {
    listener.ended(reason);
  });
  window.addEventListener('online', online);
  window.addEventListener('offline', offline);
  document.addEventListener('visibilitychange', shown);

  return {
    catchUp: (since) =>
      new Promise((resolve) => {
        // No answer in time, or the line went down: it is asked again when there is a line.
        socket.timeout(ANSWER_WITHIN_MS).emit('catch-up', { since }, (missed: Error | null, reply) => {
          resolve(missed !== null || 'error' in reply ? null : reply);
        });
      }),
    close() {
      window.removeEventListener('online', online);
      window.removeEventListener('offline', offline);
      document.removeEventListener('visibilitychange', shown);
      socket.disconnect();
    },
  };
};
