import { parentPort } from 'node:worker_threads';
import { help } from './help.ts';
import type { HelperJob } from './rows-job.ts';

// Entry of a thread that helps the engine's thread: it holds nothing of its own between two searches.
if (!parentPort) throw new Error('server/matching/helper.ts is a worker thread, not a program.');
parentPort.on('message', help satisfies (job: HelperJob) => void);
