import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { loginUser } from './login.ts';
import type { WorkerMessage, WorkerSetup } from './messages.ts';

export interface EmbeddedOptions {
  /** Folder of the data. Made if it is missing, readable by this user only. */
  readonly dataDir: string;
  /** Called if the database has to stop by itself, for instance because the disk is full. */
  readonly onFailure: (error: Error) => void;
  /** How often expired documents are removed. Default: every minute. */
  readonly sweepMs?: number;
  /** Listen on a loopback port with a password instead of a Unix socket. Default: on Windows only. */
  readonly tcp?: boolean;
}

/** A running embedded database. */
export interface Embedded {
  /** Connection string without a database name; `uriOf` adds one. */
  readonly uriOf: (database: string) => string;
  close(): Promise<void>;
}

/** The file in the data folder that tells scripts where the running database listens. Readable by this user only. */
export function connectionFile(dataDir: string): string {
  return join(resolve(dataDir), 'connection');
}

/** Paths of Unix sockets end at 107 bytes on Linux and 103 on macOS. */
const maxSocketPathBytes = 100;

type Place = { readonly listen: WorkerSetup['listen']; readonly clean: () => Promise<void> };

async function placeFor(dataDir: string, tcp: boolean): Promise<Place> {
  if (tcp) return { listen: { password: randomBytes(24).toString('hex') }, clean: async () => {} };
  const near = join(dataDir, 'db.sock');
  if (Buffer.byteLength(near) <= maxSocketPathBytes)
    return { listen: { socket: near }, clean: () => rm(near, { force: true }) };
  const folder = await mkdtemp(join(tmpdir(), 'tandem-'));
  return {
    listen: { socket: join(folder, 'db.sock') },
    clean: () => rm(folder, { recursive: true, force: true }),
  };
}

function uriMaker(listen: WorkerSetup['listen'], port: number | undefined): (database: string) => string {
  if ('socket' in listen)
    return (database) => `mongodb://${encodeURIComponent(listen.socket)}/${database}?directConnection=true`;
  const options = 'directConnection=true&authMechanism=PLAIN&authSource=%24external';
  return (database) =>
    `mongodb://${loginUser}:${listen.password}@127.0.0.1:${port ?? 0}/${database}?${options}`;
}

/** Waits for one message of the thread. Rejects if it fails or ends first. */
function nextMessage(worker: Worker, wanted: WorkerMessage['kind']): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === wanted) resolve(message);
      else if (message.kind === 'failed') reject(new Error(message.message));
    });
    worker.once('error', reject);
    worker.once('exit', () => {
      reject(new Error('The embedded database ended before it answered.'));
    });
  });
}

/**
 * Starts the embedded database in a worker thread.
 * Throws with a plain sentence if another process uses the folder, or if the folder cannot be read.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const { listen, clean } = await placeFor(dataDir, options.tcp ?? process.platform === 'win32');
  const setup: WorkerSetup = { folder: join(dataDir, 'db'), listen, sweepMs: options.sweepMs ?? 60_000 };
  const worker = new Worker(new URL('./worker-loader.mjs', import.meta.url), {
    workerData: setup,
    execArgv: [],
  });
  const ready = await nextMessage(worker, 'ready').catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  const uriOf = uriMaker(listen, ready.kind === 'ready' ? ready.port : undefined);
  const file = connectionFile(dataDir);
  await writeFile(file, `${uriOf('')}\n`, { mode: 0o600 });
  await chmod(file, 0o600);
  const state = { closing: false };
  worker.on('message', (message: WorkerMessage) => {
    if (message.kind === 'failed') options.onFailure(new Error(message.message));
  });
  worker.on('error', options.onFailure);
  worker.on('exit', () => {
    if (!state.closing) options.onFailure(new Error('The embedded database has stopped.'));
  });
  return {
    uriOf,
    async close() {
      if (state.closing) return;
      state.closing = true;
      const closed = nextMessage(worker, 'closed');
      worker.postMessage('close');
      try {
        await closed;
      } finally {
        await worker.terminate();
        await rm(file, { force: true });
        await clean();
      }
    },
  };
}
