import { parentPort, workerData } from 'node:worker_threads';
import { Crew } from './crew.ts';
import { IndexHost } from './host.ts';
import type { ToWorker } from './messages.ts';
import { Pulse } from './pulse.ts';
import type { EngineWorkerData } from './worker-client.ts';

// Entry of the worker thread: the index lives here, the server's event loop never computes scores.
if (!parentPort) throw new Error('server/matching/worker.ts is a worker thread, not a program.');
const port = parentPort;
// What spawnEngine hands over (worker-client.ts).
const { pulse, helpers } = workerData as EngineWorkerData;
const host = new IndexHost(
  (message, memory = []) => {
    port.postMessage(message, [...memory]);
  },
  new Pulse(pulse),
  new Crew({ helpers }),
);
port.on('message', (message: ToWorker) => {
  void host.receive(message);
});
