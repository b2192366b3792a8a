/** The thread of the embedded database: starts it, tells the host where it listens, closes it on request. */
import { parentPort, workerData } from 'node:worker_threads';
import { errorText } from '../error-text.ts';
import type { WorkerMessage, WorkerSetup } from './start.ts';
import { EmbeddedServer } from './server.ts';

// what start.ts passes to the thread
const setup = workerData as WorkerSetup;

function tell(message: WorkerMessage): void {
  parentPort?.postMessage(message);
}

function fail(error: unknown): void {
  tell({ kind: 'failed', message: errorText(error) });
}

try {
  const server = await EmbeddedServer.start({ ...setup, onFailure: fail });
  // the only message of the host is to close
  parentPort?.once('message', () => {
    server.close().then(() => {
      tell({ kind: 'closed' });
    }, fail);
  });
  tell({ kind: 'ready', port: server.port });
} catch (error) {
  fail(error);
}
