import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { BENCH_ROLES, emailOf, sizeFor } from './http-data.ts';
import type { Answer } from './http-load.ts';
import {
  askFirst,
  measureAgain,
  measureMix,
  measurePage,
  MIX_TIMES,
  nameOf,
  PER_SECOND,
  TIMES,
  untilCalm,
  type Measured,
} from './http-measure.ts';
import { QUESTIONS, type Question, type Role } from './http-pages.ts';
import { serve } from './processes.ts';
import type { BenchResult, BenchRow } from './result.ts';

/** A large programme is written and its lists are worked out before the first answer. */
const START_MINUTES = 15;
const GOAL_SECONDS = 0.2;

export interface HttpOptions {
  /** How many SMEs; the rest in proportion. */
  readonly sizes?: readonly number[];
  /** Only pages whose name, such as `GET /needs?limit=24 (sme)`, matches. */
  readonly pages?: RegExp;
  /** Programmes are kept here, one folder for each size, and found there by the next run. Default: written anew and thrown away. */
  readonly keptIn?: string;
}

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

const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

function progressLine({ what, oursSeconds, peerSeconds, figures = {} }: BenchRow): string {
  const said = (name: string): string => (figures[name] === undefined ? '' : figures[name].toFixed(1));
  return [
    `${(oursSeconds * 1_000).toFixed(0).padStart(6)} ms p95`,
    `${said('processorMs').padStart(6)} ms processor`,
    `peer ${(peerSeconds * 1_000).toFixed(1)} ms`,
    what,
  ].join('  ');
}

interface MeasuredProgramme {
  readonly rows: BenchRow[];
  /** Rows of one page each, without those of the mix. */
  readonly pages: BenchRow[];
  readonly slow: readonly SlowPage[];
  readonly notes: string[];
}

/** A page that missed the goal, with its 95th percentile in seconds then and in a second, longer measurement. */
interface SlowPage {
  readonly what: string;
  readonly first: number;
  readonly again: number;
}

const milliseconds = (seconds: number): string => `${Math.round(seconds * 1_000)} ms`;

async function measureAll(measured: Measured, questions: readonly Question[]): Promise<MeasuredProgramme> {
  const pages: BenchRow[] = [];
  const notes: string[] = [];
  const answering = new Map<Question, Answer>();
  for (const question of questions) {
    const first = await askFirst(measured, question);
    if (first.ok) answering.set(question, first);
    else notes.push(`Not measured, as it does not answer: ${nameOf(question)}.`);
  }
  for (const [question, first] of answering) {
    const row = await measurePage(measured, question, first);
    pages.push(row);
    say(`${String(pages.length).padStart(3)}/${answering.size}${progressLine(row)}`);
  }
  const slow = await askSlowAgain(measured, [...answering.keys()], pages);
  const mix = answering.size > 1 ? await measureMix(measured, [...answering.keys()]) : [];
  for (const row of mix) say(`    mix${progressLine(row)}`);
  return { rows: [...pages, ...mix], pages, slow, notes };
}

/** Pages that missed the goal are asked once more, behind all others and for longer: their names with both figures. */
async function askSlowAgain(
  measured: Measured,
  questions: readonly Question[],
  pages: readonly BenchRow[],
): Promise<SlowPage[]> {
  const slow: SlowPage[] = [];
  for (const [number, question] of questions.entries()) {
    const first = pages[number]?.oursSeconds ?? 0;
    if (first < GOAL_SECONDS) continue;
    const again = await measureAgain(measured, question);
    slow.push({ what: nameOf(question), first, again });
    say(`  again ${milliseconds(again)} p95, ${nameOf(question)}`);
  }
  return slow;
}

async function dataFolder(smes: number, keptIn: string | undefined): Promise<string> {
  if (keptIn === undefined) return mkdtemp(join(tmpdir(), 'tandem-bench-'));
  const folder = resolve(keptIn, `programme-${smes}`);
  await mkdir(folder, { recursive: true });
  return folder;
}

async function measureProgramme(smes: number, { pages, keptIn }: HttpOptions): Promise<MeasuredProgramme> {
  const questions = QUESTIONS.filter((question) => pages?.test(nameOf(question)) ?? true);
  if (questions.length === 0) throw new Error(`No page is called like ${String(pages)}.`);
  const dataDir = await dataFolder(smes, keptIn);
  const password = randomBytes(18).toString('base64url');
  const { clusters, needs, meetings } = sizeFor(smes);
  const size = `${clusters} clusters, ${smes} SMEs, ${needs} needs, ${meetings} meetings`;
  say(`${size}: being written, then the server starts …`);
  const environment = { DATA_DIR: dataDir, SMES: String(smes), ACCOUNT_PASSWORD: password };
  const server = await serve('scripts/bench/http-server.ts', environment, START_MINUTES);
  try {
    const started = `started in ${Math.round(server.startedInSeconds)} s`;
    say(started);
    const peer = await serve('scripts/bench/bare-server.ts', {});
    try {
      await untilCalm(server.url);
      const cookies = new Map<Role, string>();
      for (const role of BENCH_ROLES) cookies.set(role, await cookieOf(server.url, role, password));
      const programme = await measureAll({ url: server.url, peer: peer.url, cookies }, questions);
      const asked = `${PER_SECOND} questions a second, ${TIMES} for each page and ${MIX_TIMES} in the mix`;
      return { ...programme, notes: [...programme.notes, `${size}; ${asked}; ${started}.`] };
    } finally {
      await peer.stop();
    }
  } finally {
    await server.stop();
    if (keptIn === undefined) await rm(dataDir, { recursive: true, force: true });
  }
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

function summary(smes: number, { pages, slow }: MeasuredProgramme): string {
  const below = `${smes} SMEs: ${pages.length - slow.length} of ${pages.length} pages below 200 ms (p95)`;
  if (slow.length === 0) return `${below}.`;
  const named = [...slow]
    .sort((one, other) => other.first - one.first)
    .map(({ what, first, again }) => `${what} ${milliseconds(first)}, then ${milliseconds(again)}`);
  return `${below}; the others, and asked once more for ten seconds: ${named.join('; ')}.`;
}

/** Pages of a large programme, each by itself and all in a mix, asked 50 times a second by another process; a row's figure is its 95th percentile. */
export async function benchHttp(options: HttpOptions = {}): Promise<BenchResult> {
  const { sizes = [20_000] } = options;
  const rows: BenchRow[] = [];
  const notes: string[] = [];
  for (const smes of sizes) {
    const programme = await measureProgramme(smes, options);
    rows.push(...programme.rows);
    notes.push(...programme.notes, summary(smes, programme));
  }
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
