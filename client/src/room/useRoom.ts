import { useEffect, useState } from 'preact/hooks';
import { io, type Socket } from 'socket.io-client';
import type { RoomView } from '../../../server/events/schema.ts';
import type { ClientToServer, ServerToClient } from '../../../server/live/protocol.ts';
import { ApiProblem } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { askTime } from '../live/askTime.ts';
import { measureClock } from '../live/serverClock.ts';

/** What a display knows of the room: the newest picture, whether the line stands, and why there is none. */
export interface RoomState {
  readonly room: RoomView | null;
  readonly connected: boolean;
  readonly error: unknown;
}

/** How often a display without a line asks for the picture, in milliseconds. */
const ASK_EVERY_MS = 10_000;

/**
 * The room as a display sees it: pushed over a line of its own, and asked for while there is none. `token` is the secret of a display
 * link; null: the session of staff is used.
 */
export function useRoom(eventId: string, token: string | null): RoomState {
  const [state, setState] = useState<RoomState>({ room: null, connected: false, error: null });
  useEffect(() => {
    const stopped = new AbortController();
    const read = async (): Promise<void> => {
      try {
        const room = await api.get<RoomView>(`/events/${eventId}/room`, {
          query: { token },
          signal: stopped.signal,
        });
        setState((before) => ({ ...before, room, error: null }));
      } catch (error) {
        if (stopped.signal.aborted) return;
        // The picture that is known stays on the wall; a link that was revoked takes it down.
        const gone = error instanceof ApiProblem && error.status < 500;
        setState((before) => ({ ...before, room: gone ? null : before.room, error }));
      }
    };
    void read();
    const line = token === null ? null : openLine(token, setState);
    const timer = setInterval(() => {
      if (line?.connected !== true) void read();
    }, ASK_EVERY_MS);
    return () => {
      stopped.abort();
      clearInterval(timer);
      line?.disconnect();
    };
  }, [eventId, token]);
  return state;
}

function openLine(
  token: string,
  setState: (change: (before: RoomState) => RoomState) => void,
): Socket<ServerToClient, ClientToServer> {
  const socket: Socket<ServerToClient, ClientToServer> = io({
    auth: { display: token },
    transports: ['websocket', 'polling'],
    forceNew: true,
  });
  socket.on('connect', () => {
    setState((before) => ({ ...before, connected: true }));
    void measureClock(askTime(socket));
  });
  socket.on('disconnect', () => {
    setState((before) => ({ ...before, connected: false }));
  });
  socket.on('room', (room) => {
    setState((before) => ({ ...before, room, error: null }));
  });
  return socket;
}
