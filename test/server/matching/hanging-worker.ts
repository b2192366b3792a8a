import { parentPort, workerData } from 'node:worker_threads';
import { Crew } from '../../../server/matching/crew.ts';
import { IndexHost } from '../../../server/matching/host.ts';
import type { ToWorker } from '../../../server/matching/messages.ts';
import { Pulse } from '../../../server/matching/pulse.ts';
import type { EngineWorkerData } from '../../../server/matching/worker-client.ts';
import { hangs } from './hanging.ts';

// As server/matching/worker.ts, but certain messages are never finished with.
if (!parentPort) throw new Error('This is a worker thread, not a program.');
const port = parentPort;
const pulse = new Pulse((workerData as EngineWorkerData).pulse); // what the spawner hands over
const host = new IndexHost(
  (message) => {
    port.postMessage(message);
  },
  pulse,
  new Crew({ helpers: 0 }),
);

function forever(): never {
  for (;;);
}

port.on('message', (message: ToWorker) => {
  if (hangs(message)) {
    pulse.beat(message.id);
    forever();
  }
  void host.receive(message);
});
