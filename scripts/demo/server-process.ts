import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A running server of the demo: the same process that `npm start` runs, on a throw-away data folder. */
export interface DemoServer {
  readonly url: string;
  readonly dataDir: string;
  /** The one-time link of the first staff account. */
  readonly setUpLink: string;
  /** Resolves when the process ends by itself. */
  readonly ended: Promise<void>;
  /** Asks the server to end, waits for it, and removes the data folder. */
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const START_TIMEOUT_MS = 60_000;

/** Waits for the set-up link on the server's standard output. */
function setUpLinkOf(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`The server did not start within ${START_TIMEOUT_MS / 1000} s:\n${output()}`));
    }, START_TIMEOUT_MS);
    const look = (): void => {
      const link = /https?:\/\/\S+\/setup#[A-Za-z0-9_-]{43}/.exec(output())?.[0];
      if (link === undefined) return;
      clearTimeout(timer);
      resolve(link);
    };
    child.stdout?.on('data', look);
    child.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The server ended at start with code ${String(code)}:\n${output()}`));
    });
  });
}

/** Starts a server on an empty data folder of its own. `port` 0 takes any free one. */
export async function startDemoServer(port: number): Promise<DemoServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-demo-'));
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: {
      ...process.env,
      MONGODB_URI: undefined,
      SMTP_URL: undefined,
      PUBLIC_URL: undefined,
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      PORT: String(port),
      DATA_DIR: dataDir,
      // One machine plays everybody, and staff recount every list at the end.
      REQUESTS_PER_MINUTE: '100000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-20_000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    await rm(dataDir, { recursive: true, force: true });
  };
  try {
    const setUpLink = await setUpLinkOf(child, () => output);
    return { url: new URL(setUpLink).origin, dataDir, setUpLink, ended, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
