import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';
import { loginUser } from './login.ts';
import type { ServerOptions } from './server.ts';

/** What the thread is given. */
export type WorkerSetup = Omit<ServerOptions, 'onFailure'>;

/** What the thread says. */
export type WorkerMessage =
  | { readonly kind: 'ready'; readonly port: number | undefined }
  | { readonly kind: 'failed'; readonly message: string }
  | { readonly kind: 'closed' };

export interface EmbeddedOptions {
  /** Folder of the data. Made if it is missing, readable by this user only. */
  readonly dataDir: string;
  /** Called once if the database stops by itself, for instance because the disk is full. It serves nothing more then. */
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

async function placeFor(dataDir: string, tcp: boolean): Promise<WorkerSetup['listen']> {
  if (tcp) return { password: randomBytes(24).toString('hex') };
  const near = join(dataDir, 'db.sock');
  if (Buffer.byteLength(near) <= maxSocketPathBytes) return { socket: near };
  return { socket: join(await mkdtemp(join(tmpdir(), 'tandem-')), 'db.sock') };
}

function uriMaker(listen: WorkerSetup['listen'], port = 0): (database: string) => string {
  if ('socket' in listen)
    return (database) => `mongodb://${encodeURIComponent(listen.socket)}/${database}?directConnection=true`;
  const options = 'directConnection=true&authMechanism=PLAIN&authSource=%24external';
  return (database) => `mongodb://${loginUser}:${listen.password}@127.0.0.1:${port}/${database}?${options}`;
}

/** Why the thread does not serve any more: it says so, breaks or ends. Never rejects. */
function failureOf(worker: Worker): Promise<Error> {
  return new Promise((resolve) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === 'failed') resolve(new Error(message.message));
    });
    worker.on('error', resolve);
    worker.on('exit', () => {
      resolve(new Error('The embedded database has stopped.'));
    });
  });
}

/** Waits for one message of the thread. Rejects if the thread fails first, or has failed before. */
function messageFrom(
  worker: Worker,
  kind: WorkerMessage['kind'],
  failed: Promise<Error>,
): Promise<WorkerMessage> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if (message.kind === kind) resolve(message);
    });
    void failed.then(reject);
  });
}

/**
 * Starts the embedded database in a worker thread.
 * Throws with a plain sentence if another process uses the folder, or if the folder cannot be read.
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const dataDir = resolve(options.dataDir);
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const listen = await placeFor(dataDir, options.tcp ?? process.platform === 'win32');
  const setup: WorkerSetup = { folder: join(dataDir, 'db'), listen, sweepMs: options.sweepMs ?? 60_000 };
  const thread = { workerData: setup, execArgv: [] };
  const worker = new Worker(new URL('./worker-loader.mjs', import.meta.url), thread);
  const failed = failureOf(worker);
  const ready = await messageFrom(worker, 'ready', failed).catch(async (error: unknown) => {
    await worker.terminate();
    throw error;
  });
  const uriOf = uriMaker(listen, ready.kind === 'ready' ? ready.port : undefined);
  const file = connectionFile(dataDir);
  await writeFile(file, `${uriOf('')}\n`, { mode: 0o600 });
  await chmod(file, 0o600);

  const clean = async (): Promise<void> => {
    await worker.terminate();
    await rm(file, { force: true });
    if ('socket' in listen) await removeSocket(listen.socket, dataDir);
  };
  let closing: Promise<void> | undefined;
  void failed.then((error) => {
    if (closing) return;
    closing = clean();
    options.onFailure(error);
  });
  const close = async (): Promise<void> => {
    const closed = messageFrom(worker, 'closed', failed);
    worker.postMessage('close');
    await closed.finally(clean);
  };
  return { uriOf, close: () => (closing ??= close()) };
}

async function removeSocket(socket: string, dataDir: string): Promise<void> {
  const folder = dirname(socket);
  await rm(folder === dataDir ? socket : folder, { recursive: true, force: true });
}
