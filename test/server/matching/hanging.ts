import { Worker } from 'node:worker_threads';
import type { ToWorker } from '../../../server/matching/messages.ts';
import type { SpawnWorker } from '../../../server/matching/worker-client.ts';

/** What makes the thread of `spawnHanging` hang for ever: a profile or an SME of this name, or this minimum score. */
export const HANGING_NAME = 'hangs for ever';
export const HANGING_SCORE = 666_666;

/** Whether this message makes the thread hang. */
export function hangs(message: ToWorker): boolean {
  const text = JSON.stringify(message);
  return text.includes(HANGING_NAME) || text.includes(String(HANGING_SCORE));
}

/** Starts an engine thread that can be made to hang. */
export const spawnHanging: SpawnWorker = (workerData) => {
  const entry = new URL('./hanging-worker.ts', import.meta.url).href;
  const code = `import('tsx/esm/api').then(({ register }) => register()).then(() => import('${entry}'));`;
  return new Worker(code, { eval: true, execArgv: [], workerData });
};
