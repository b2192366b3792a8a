import { spawn, type ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { untilThere } from '../demo/visitor.ts';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** A child process that serves HTTP. */
export interface Served {
  readonly url: string;
  /** From the spawn to the first good answer of /readyz. */
  readonly startedInSeconds: number;
  /** Sends it a message, and gives what it sends back. Only one at a time; rejects when it ends before that. */
  ask(message: string): Promise<unknown>;
  stop(): Promise<void>;
  /** Ends it at once, as a power cut would. */
  kill(): Promise<void>;
}

async function ready(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch (error) {
    // Not listening yet.
    if (error instanceof TypeError) return false;
    throw error;
  }
}

function stopped(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) resolve();
    else
      child.once('exit', () => {
        resolve();
      });
  });
}

function ask(child: ChildProcess, message: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const gone = (): void => {
      reject(new Error(`It ended before it answered '${message}'.`));
    };
    child.once('exit', gone);
    child.once('message', (answer: unknown) => {
      child.off('exit', gone);
      resolve(answer);
    });
    child.send(message);
  });
}

/**
 * Starts a script as `npm start` does, and waits until /readyz says yes. Its address is read from what it prints. However this process ends,
 * the child ends with it.
 */
export async function serve(
  script: string,
  environment: NodeJS.ProcessEnv,
  withinMinutes = 2,
): Promise<Served> {
  const began = performance.now();
  const preloaded = ['tsx', './scripts/bench/end-with-parent.ts'].flatMap((name) => ['--import', name]);
  const child = spawn(process.execPath, [...preloaded, script], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8');
  });
  const end = (signal: NodeJS.Signals) => async (): Promise<void> => {
    child.kill(signal);
    await stopped(child);
  };
  const stop = end('SIGTERM');
  try {
    const url = await untilThere(`${script} prints its address`, withinMinutes * 60_000, () => {
      if (child.exitCode !== null) throw new Error(`${script} ended with code ${child.exitCode}:\n${output}`);
      return Promise.resolve(/ready: (http:\/\/[\w.-]+:\d+)/.exec(output)?.[1] ?? null);
    });
    await untilThere(`${script} is ready`, withinMinutes * 60_000, async () =>
      (await ready(url)) ? true : null,
    );
    return {
      url,
      startedInSeconds: (performance.now() - began) / 1000,
      ask: (message) => ask(child, message),
      stop,
      kill: end('SIGKILL'),
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
