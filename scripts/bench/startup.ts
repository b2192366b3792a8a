import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ROOT, serve } from './processes.ts';
import { median, type BenchResult } from './result.ts';

const RUNS = 5;

async function startTimes(script: string, environment: NodeJS.ProcessEnv): Promise<number[]> {
  const seconds: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const served = await serve(script, environment);
    seconds.push(served.startedInSeconds);
    await served.stop();
  }
  return seconds;
}

/** From the start of the process to the first good answer of /readyz (every list computed), beside a bare Express server. */
export async function benchStartup(): Promise<BenchResult> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  try {
    const args = [
      '--import',
      'tsx',
      'scripts/import.ts',
      'scripts/demo/cordis-smes.csv',
      '--data-dir',
      dataDir,
    ];
    await promisify(execFile)(process.execPath, args, {
      cwd: ROOT,
      env: { ...process.env, MONGODB_URI: undefined },
    });
    const settings = { DATA_DIR: dataDir, PORT: '0', MONGODB_URI: undefined, PUBLIC_URL: undefined };
    const ours = await startTimes('server/main.ts', settings);
    const empty = await mkdtemp(join(tmpdir(), 'tandem-bench-empty-'));
    const emptyTimes = await startTimes('server/main.ts', { ...settings, DATA_DIR: empty });
    await rm(empty, { recursive: true, force: true });
    const peer = median(await startTimes('scripts/bench/bare-server.ts', {}));
    const row = { peerSeconds: peer, peerIs: 'measured', sameResult: null } as const;
    return {
      name: 'startup',
      peer: 'a bare Express and socket.io server, started the same way',
      rows: [
        { what: 'npm start, empty', oursSeconds: median(emptyTimes), ...row },
        { what: 'npm start with 844 SMEs, all lists computed', oursSeconds: median(ours), ...row },
      ],
      notes: [`Medians of ${RUNS} starts; the pages are built before.`],
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}
