import { parentPort } from 'node:worker_threads';
import { IndexHost } from './host.ts';
import type { ToWorker } from './messages.ts';

// Entry of the worker thread: the index lives here, the server's event loop never computes scores.
if (!parentPort) throw new Error('server/matching/worker.ts is a worker thread, not a program.');
const port = parentPort;
const host = new IndexHost((message) => {
  port.postMessage(message);
});
port.on('message', (message: ToWorker) => {
  void host.receive(message);
});
