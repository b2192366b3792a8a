import type { Socket } from 'socket.io-client';
import type { ClientToServer, ServerToClient } from '../../../server/live/protocol.ts';

const ANSWER_WITHIN_MS = 5_000;

/** A question for the server's time over a line; null where it does not answer in time. */
export const askTime = (socket: Socket<ServerToClient, ClientToServer>) => (): Promise<number | null> =>
  new Promise((resolve) => {
    socket.timeout(ANSWER_WITHIN_MS).emit('time', (missed: Error | null, now: number) => {
      resolve(missed === null ? now : null);
    });
  });
