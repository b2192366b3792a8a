import { io, type Socket } from 'socket.io-client';
import { serve } from './processes.ts';

/** The same sends through a server that does nothing else: the sizes of the messages of each action; seconds until the last arrived. */
export async function measureBare(
  sockets: number,
  actions: readonly (readonly number[])[],
): Promise<number[]> {
  const bare = await serve('scripts/bench/bare-server.ts', {});
  let waiting = 0;
  let done = (): void => undefined;
  const open: Socket[] = [];
  try {
    for (let index = 0; index < sockets; index += 1) {
      const socket = io(bare.url, { transports: ['websocket'], reconnection: false, forceNew: true });
      socket.on('event', () => {
        waiting -= 1;
        if (waiting === 0) done();
      });
      open.push(socket);
      await new Promise<void>((resolve) => socket.once('connect', resolve));
    }
    const seconds: number[] = [];
    for (const sizes of actions) {
      waiting = sizes.length;
      const arrived = new Promise<void>((resolve) => (done = resolve));
      const began = performance.now();
      await fetch(`${bare.url}/emit`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ sizes }),
      });
      await arrived;
      seconds.push((performance.now() - began) / 1000);
    }
    return seconds;
  } finally {
    for (const socket of open) socket.disconnect();
    await bare.stop();
  }
}
