import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH_IDS, BENCH_ROLES, emailOf, sizeFor } from './http-data.ts';
import { askSteadily, type Load } from './http-load.ts';
import { serve } from './processes.ts';
import { quantile, type BenchResult, type BenchRow } from './result.ts';

const PER_SECOND = 50;
const TIMES = 300;
const PEER_TIMES = 100;
/** A large programme is written and its lists are worked out before the first answer. */
const START_MINUTES = 15;

type Role = (typeof BENCH_ROLES)[number];
interface Question {
  readonly as: Role;
  readonly path: string;
}
const { cluster, sme, solution, event } = BENCH_IDS;
const ask = (as: Role, ...paths: readonly string[]): Question[] => paths.map((path) => ({ as, path }));

/** What the pages ask: lists with their searches, filters and sorts, single things, and what is counted over everything. */
const QUESTIONS: readonly Question[] = [
  ...ask(
    'sme',
    '/smes?limit=24',
    '/smes?limit=24&q=company+12',
    '/smes?limit=24&country=FR',
    '/smes?limit=24&sort=country',
    '/smes?limit=24&sort=updated',
    `/smes/${sme}`,
    `/smes/${sme}/partners`,
    '/clusters?limit=24',
    '/mapping/solutions?limit=24',
    '/mapping/solutions?limit=24&q=intrusion+detection',
    '/mapping/solutions?limit=24&q=crytpography',
    '/mapping/solutions?limit=24&q=security&sort=trl&countries=FR;DE',
    '/mapping/facets',
    '/mapping/facets?q=security',
    '/mapping/matrix',
    `/mapping/solutions/${sme}/${solution}`,
    '/use-cases',
    '/needs?limit=24',
  ),
  ...ask('cluster', `/clusters/${cluster}/members?limit=25`, '/coverage', '/consortia', '/announcements'),
  ...ask('demand', '/needs?limit=24&sort=title', '/needs?limit=24&country=FR'),
  ...ask(
    'staff',
    '/events',
    `/events/${event}`,
    `/events/${event}/meetings?limit=50`,
    '/audit?limit=50',
    '/accounts',
    '/invitations',
    '/runs',
    '/calls',
    '/funnel',
    '/applications',
  ),
];

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

/** The slowest hundredth of the server's event loop since it was last asked for, in seconds. */
async function loopDelay(url: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  return Number(/^nodejs_eventloop_lag_p99_seconds (\S+)/m.exec(text)?.[1]);
}

/** Bare Express that answers as many bytes: what the machine, Node and the loopback take of it. */
async function measurePeer(peer: string, bytes: number): Promise<number> {
  const { seconds } = await askSteadily(
    `${peer}/bytes/${bytes}`,
    {},
    { perSecond: PER_SECOND, times: PEER_TIMES },
  );
  return quantile(seconds, 0.95);
}

function rowOf({ as, path }: Question, load: Load, peerSeconds: number, loopP99: number): BenchRow {
  return {
    what: `GET ${path} (${as})`,
    oursSeconds: quantile(load.seconds, 0.95),
    peerSeconds,
    peerIs: 'measured',
    sameResult: null,
    figures: {
      p50Ms: quantile(load.seconds, 0.5) * 1_000,
      p95Ms: quantile(load.seconds, 0.95) * 1_000,
      p99Ms: quantile(load.seconds, 0.99) * 1_000,
      loopP99Ms: loopP99 * 1_000,
      bytes: load.bytes,
      failures: load.failures,
    },
  };
}

/** Pages of a large programme, each asked 50 times a second by another process; the figure of each row is its 95th percentile. */
export async function benchHttp({
  sizes = [20_000],
}: { sizes?: readonly number[] } = {}): Promise<BenchResult> {
  const rows: BenchRow[] = [];
  const notes: string[] = [];
  for (const smes of sizes) {
    const dataDir = await mkdtemp(join(tmpdir(), 'tandem-bench-'));
    const password = randomBytes(18).toString('base64url');
    const environment = { DATA_DIR: dataDir, SMES: String(smes), ACCOUNT_PASSWORD: password };
    const server = await serve('scripts/bench/http-server.ts', environment, START_MINUTES);
    const peer = await serve('scripts/bench/bare-server.ts', {});
    try {
      const cookies = new Map<Role, string>();
      for (const role of BENCH_ROLES) cookies.set(role, await cookieOf(server.url, role, password));
      for (const question of QUESTIONS) {
        const url = `${server.url}/api/v1${question.path}`;
        const headers = { cookie: cookies.get(question.as) ?? '' };
        const first = await fetch(url, { headers });
        await first.arrayBuffer();
        if (!first.ok) {
          notes.push(`Not measured, as it answers ${first.status}: ${question.path} (${question.as}).`);
          continue;
        }
        await loopDelay(server.url);
        const load = await askSteadily(url, headers, { perSecond: PER_SECOND, times: TIMES });
        rows.push(
          rowOf(question, load, await measurePeer(peer.url, load.bytes), await loopDelay(server.url)),
        );
      }
      const { clusters, needs, meetings } = sizeFor(smes);
      notes.push(
        `${clusters} clusters, ${smes} SMEs, ${needs} needs, ${meetings} meetings; ${PER_SECOND} questions a second, ${TIMES} for each page; started in ${Math.round(server.startedInSeconds)} s.`,
      );
    } finally {
      await peer.stop();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    }
  }
  const slow = rows.filter(({ oursSeconds }) => oursSeconds >= 0.2).map(({ what }) => what);
  notes.push(
    slow.length === 0 ? 'Every page is below 200 ms (p95).' : `Not below 200 ms (p95): ${slow.join(', ')}.`,
  );
  return { name: 'http', peer: 'bare Express that answers as many bytes', rows, notes };
}
