import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import supertest from 'supertest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

interface Run {
  child: ChildProcess;
  output: () => string;
  ended: Promise<number | null>;
  /** The first match in what the process prints, as soon as it is there. */
  waitFor(pattern: RegExp): Promise<RegExpExecArray>;
}

/** Starts the server as `npm start` does, in an environment of its own. */
function start(env: Record<string, string>): Run {
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'info', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  const listeners = new Set<() => void>();
  const hear = (chunk: Buffer): void => {
    output += chunk.toString();
    for (const listener of listeners) listener();
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return {
    child,
    output: () => output,
    ended,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const match = pattern.exec(output);
          if (match === null) return;
          listeners.delete(look);
          resolve(match);
        };
        listeners.add(look);
        void ended.then(() => {
          reject(new Error(`ended before ${String(pattern)} was printed:\n${output}`));
        });
        look();
      }),
  };
}

describe('npm start', function () {
  this.timeout(120_000);
  let dataDir: string;
  const running = new Set<Run>();
  const launch = (env: Record<string, string> = {}): Run => {
    const run = start({ DATA_DIR: dataDir, ...env });
    running.add(run);
    return run;
  };

  beforeEach(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-main-'));
  });
  afterEach(async () => {
    for (const run of running) {
      run.child.kill('SIGKILL');
      await run.ended;
    }
    running.clear();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('prints its address and the set-up link, serves, and ends in order on a signal', async () => {
    const run = launch();
    const [, url = ''] = await run.waitFor(/Tandem is ready: (http:\/\/localhost:\d+)\n/);
    const [, token = ''] = await run.waitFor(/\/setup#([\w-]{43})/);
    const visitor = supertest.agent(url);
    await visitor.get('/readyz').expect(200);
    await visitor.get('/').set('Accept', 'text/html').expect(200);
    await visitor
      .post('/api/v1/setup')
      .set('Sec-Fetch-Site', 'same-origin')
      .send({ token, name: 'Ada', email: 'ada@example.eu', password: 'violet-harbour-47-lantern' })
      .expect(201);
    run.child.kill('SIGTERM');
    expect(await run.ended).to.equal(0);

    // the account and the session secret are kept: no second set-up link, and the cookie goes on
    expect((await stat(join(dataDir, 'session-secret'))).mode & 0o777).to.equal(0o600);
    const again = launch({ PORT: new URL(url).port });
    await again.waitFor(/Tandem is ready/);
    const body: unknown = (await visitor.get('/api/v1/session').expect(200)).body;
    expect(body).to.have.nested.property('user.email', 'ada@example.eu');
    again.child.kill('SIGINT');
    expect(await again.ended).to.equal(0);
    expect(again.output()).not.to.include('/setup#');
  });

  it('lists everything that is wrong with the settings and ends with 1', async () => {
    const run = launch({ PORT: 'eighty', LOG_LEVEL: 'loud' });
    expect(await run.ended).to.equal(1);
    expect(run.output())
      .to.match(/PORT: must be/)
      .and.match(/LOG_LEVEL/)
      .and.not.match(/\n\s+at /);
    expect(await readdir(dataDir)).to.deep.equal([]);
  });

  it('says in one line that the port is in use, and ends with 1', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = String(typeof address === 'object' ? address?.port : 0);
    const run = launch({ PORT: port });
    expect(await run.ended).to.equal(1);
    expect(run.output())
      .to.include(`Port ${port} of 127.0.0.1 is in use`)
      .and.not.match(/\n\s+at /);
    await new Promise((resolve) => other.close(resolve));
  });

  it('says in one line that the data folder is in use, and ends with 1', async () => {
    const first = launch();
    await first.waitFor(/Tandem is ready/);
    const second = launch();
    expect(await second.ended).to.equal(1);
    expect(second.output())
      .to.match(/The database could not be opened: .+/)
      .and.not.match(/\n\s+at /);
    first.child.kill('SIGTERM');
    expect(await first.ended).to.equal(0);
  });
});
