import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '../demo/random.ts';
import { BENCH_ROLES, emailOf, sizeFor } from './http-data.ts';
import { askOnce, askSteadily, type Answer, type Ask } from './http-load.ts';
import { QUESTIONS, type Question, type Role } from './http-pages.ts';
import { serve } from './processes.ts';
import { quantile, type BenchResult, type BenchRow } from './result.ts';

const PER_SECOND = 50;
/** Each page by itself. */
const TIMES = 150;
/** All pages together. */
const MIX_TIMES = 3_000;
const PEER_TIMES = 50;
/** A page is asked so often, alone, to count its commands: what runs in the background may add to one of them, not to all. */
const COUNTED_TIMES = 4;
/** A large programme is written and its lists are worked out before the first answer. */
const START_MINUTES = 15;
const GOAL_SECONDS = 0.2;

/** The server that is measured, with the cookies of those who ask it. */
interface Measured {
  readonly url: string;
  readonly cookies: ReadonlyMap<Role, string>;
}

const nameOf = ({ as, path }: Question): string => `GET ${path} (${as})`;
const askOf = ({ url, cookies }: Measured, { as, path }: Question): Ask => ({
  url: `${url}/api/v1${path}`,
  headers: { cookie: cookies.get(as) ?? '' },
});

async function cookieOf(url: string, role: Role, password: string): Promise<string> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url, 'sec-fetch-site': 'same-origin' },
    body: JSON.stringify({ email: emailOf(role), password }),
  });
  if (!response.ok) throw new Error(`Sign-in as ${role} failed: ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** What the server says of itself. */
async function readMetrics(
  url: string,
): Promise<{ commands: number; processorSeconds: number; loopP99: number }> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const sum = (pattern: RegExp): number =>
    [...text.matchAll(pattern)].reduce((total, [, value]) => total + Number(value), 0);
  return {
    commands: sum(/^database_commands_total\{[^}]*\} (\S+)/gm),
    processorSeconds: sum(/^process_cpu_seconds_total (\S+)/gm),
    loopP99: sum(/^nodejs_eventloop_lag_p99_seconds (\S+)/gm),
  };
}

/** Database commands of one answer: the least of several. */
async function countCommands(url: string, ask: Ask): Promise<number> {
  let least = Infinity;
  for (let time = 0; time < COUNTED_TIMES; time++) {
    const before = await readMetrics(url);
    await askOnce(ask);
    least = Math.min(least, (await readMetrics(url)).commands - before.commands);
  }
  return least;
}

/** Bare Express that answers as many bytes: what the machine, Node and the loopback take of it. */
async function measurePeer(peer: string, bytes: number): Promise<number> {
  const ask = { url: `${peer}/bytes/${bytes}`, headers: {} };
  const answers = await askSteadily(
    Array.from({ length: PEER_TIMES }, () => ask),
    PER_SECOND,
  );
  return quantile(secondsOf(answers), 0.95);
}

const secondsOf = (answers: readonly Answer[]): number[] => answers.map(({ seconds }) => seconds);

function figuresOf(answers: readonly Answer[]): Record<string, number> {
  const seconds = secondsOf(answers);
  return {
    p50Ms: quantile(seconds, 0.5) * 1_000,
    p95Ms: quantile(seconds, 0.95) * 1_000,
    p99Ms: quantile(seconds, 0.99) * 1_000,
    bytes: Math.max(...answers.map(({ bytes }) => bytes)),
    failures: answers.filter(({ ok }) => !ok).length,
  };
}

function rowOf(
  what: string,
  answers: readonly Answer[],
  peerSeconds: number,
  figures: Readonly<Record<string, number>>,
): BenchRow {
  return {
    what,
    oursSeconds: quantile(secondsOf(answers), 0.95),
    peerSeconds,
    peerIs: 'measured',
    sameResult: null,
    figures: { ...figuresOf(answers), ...figures },
  };
}

/** One page by itself, fifty times a second. A page that does not answer is not measured, but said. */
async function measurePage(measured: Measured, peer: string, question: Question): Promise<BenchRow | string> {
  const ask = askOf(measured, question);
  const first = await askOnce(ask);
  if (!first.ok) return `Not measured, as it does not answer: ${nameOf(question)}.`;
  const commands = await countCommands(measured.url, ask);
  const before = await readMetrics(measured.url);
  const answers = await askSteadily(
    Array.from({ length: TIMES }, () => ask),
    PER_SECOND,
  );
  const after = await readMetrics(measured.url);
  return rowOf(nameOf(question), answers, await measurePeer(peer, first.bytes), {
    firstMs: first.seconds * 1_000,
    commands,
    processorMs: ((after.processorSeconds - before.processorSeconds) / TIMES) * 1_000,
    loopP99Ms: after.loopP99 * 1_000,
  });
}

/** Pages as they come when everybody is there: drawn by their shares, with a fixed seed. */
function drawMix(questions: readonly Question[]): Question[] {
  const random = seededRandom(11);
  const total = questions.reduce((sum, { share }) => sum + share, 0);
  return Array.from({ length: MIX_TIMES }, () => {
    let left = random() * total;
    return questions.find(({ share }) => (left -= share) < 0) ?? questions.slice(-1);
  }).flat();
}

/** All pages together, fifty requests a second in all: one row for each role and one for all. */
async function measureMix(
  measured: Measured,
  peer: string,
  questions: readonly Question[],
): Promise<BenchRow[]> {
  const mix = drawMix(questions);
  const before = await readMetrics(measured.url);
  const answers = await askSteadily(
    mix.map((question) => askOf(measured, question)),
    PER_SECOND,
  );
  const after = await readMetrics(measured.url);
  const peerSeconds = await measurePeer(
    peer,
    Math.round(answers.reduce((sum, { bytes }) => sum + bytes, 0) / answers.length),
  );
  const ofRole = (role: Role) => answers.filter((_, number) => mix[number]?.as === role);
  return [
    rowOf('all pages in the mix', answers, peerSeconds, {
      processorMs: ((after.processorSeconds - before.processorSeconds) / MIX_TIMES) * 1_000,
      loopP99Ms: after.loopP99 * 1_000,
    }),
    ...BENCH_ROLES.map((role) => rowOf(`pages of ${role} in the mix`, ofRole(role), peerSeconds, {})),
  ];
}

async function measureProgramme(smes: number): Promise<{ rows: BenchRow[]; notes: string[] }> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
  const password = randomBytes(18).toString('base64url');
  const environment = { DATA_DIR: dataDir, SMES: String(smes), ACCOUNT_PASSWORD: password };
  const server = await serve('scripts/bench/http-server.ts', environment, START_MINUTES);
  const peer = await serve('scripts/bench/bare-server.ts', {});
  const rows: BenchRow[] = [];
  const notes: string[] = [];
  const told = (row: BenchRow): void => {
    const figures = Object.entries(row.figures ?? {}).map(([name, value]) => `${name} ${value.toFixed(1)}`);
    process.stderr.write(`${row.what}: ${figures.join(', ')}\n`);
    rows.push(row);
  };
  try {
    const cookies = new Map<Role, string>();
    for (const role of BENCH_ROLES) cookies.set(role, await cookieOf(server.url, role, password));
    const measured = { url: server.url, cookies };
    const answering: Question[] = [];
    for (const question of QUESTIONS) {
      const row = await measurePage(measured, peer.url, question);
      if (typeof row === 'string') notes.push(row);
      else {
        told(row);
        answering.push(question);
      }
    }
    for (const row of await measureMix(measured, peer.url, answering)) told(row);
    const { clusters, needs, meetings } = sizeFor(smes);
    notes.push(
      `${clusters} clusters, ${smes} SMEs, ${needs} needs, ${meetings} meetings; ${PER_SECOND} questions a second, ${TIMES} for each page and ${MIX_TIMES} in the mix; started in ${Math.round(server.startedInSeconds)} s.`,
    );
  } finally {
    await peer.stop();
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  }
  return { rows, notes };
}

/** Pages whose number of commands is not the same at every size. */
function growing(rows: readonly BenchRow[]): string[] {
  const counts = new Map<string, Set<number>>();
  for (const { what, figures } of rows) {
    const commands = figures?.['commands'];
    if (commands !== undefined) counts.set(what, (counts.get(what) ?? new Set()).add(commands));
  }
  return [...counts].flatMap(([what, { size }]) => (size > 1 ? [what] : []));
}

/** Pages of a large programme, each by itself and all in a mix, asked 50 times a second by another process; a row's figure is its 95th percentile. */
export async function benchHttp({
  sizes = [20_000],
}: { sizes?: readonly number[] } = {}): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  const notes: string[] = [];
  for (const smes of sizes) {
    const programme = await measureProgramme(smes);
    rows.push(...programme.rows);
    notes.push(...programme.notes);
  }
  const slow = rows.filter(({ oursSeconds }) => oursSeconds >= GOAL_SECONDS).map(({ what }) => what);
  notes.push(
    slow.length === 0 ? 'Every page is below 200 ms (p95).' : `Not below 200 ms (p95): ${slow.join(', ')}.`,
  );
  if (sizes.length > 1) {
    const grown = growing(rows);
    notes.push(
      grown.length === 0
        ? 'Every page asks the database as often at each size.'
        : `Asks the database more or less often at another size: ${grown.join(', ')}.`,
    );
  }
  return { name: 'http', peer: 'bare Express that answers as many bytes', rows, notes };
}
