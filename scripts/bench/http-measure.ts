import { setTimeout as after } from 'node:timers/promises';
import { seededRandom } from '../demo/random.ts';
import { BENCH_ROLES } from './http-data.ts';
import { askOnce, askSteadily, type Answer, type Ask } from './http-load.ts';
import type { Question, Role } from './http-pages.ts';
import { quantile, type BenchRow } from './result.ts';

export const PER_SECOND = 50;
/** Each page by itself: two seconds. */
export const TIMES = 100;
/** A page that was too slow, once more: ten seconds, so that one stall of the machine or of collecting garbage is not a twentieth of them. */
const TIMES_AGAIN = 500;
/** All pages together: a minute, so that collecting garbage once is not a twentieth of it. */
export const MIX_TIMES = 3_000;
const PEER_TIMES = 25;
/** A page is asked so often, alone, to count its commands: what runs in the background may add to one of them, not to all. */
const COUNTED_TIMES = 4;
/** Asked one after the other before a page is measured, as Node only then runs its code at full speed: a server is up for weeks. */
const WARM_TIMES = 20;

const CALM_WITHIN_SECONDS = 60;
const CALM_SHARE = 0.2;

/** The server that is measured, its peer, and the cookies of those who ask. */
export interface Measured {
  readonly url: string;
  /** Bare Express that answers as many bytes: what the machine, Node and the loopback take of it. */
  readonly peer: string;
  readonly cookies: ReadonlyMap<Role, string>;
}

export const nameOf = ({ as, path }: Question): string => `GET ${path} (${as})`;
const askOf = ({ url, cookies }: Measured, { as, path }: Question): Ask => ({
  url: `${url}/api/v1${path}`,
  headers: { cookie: cookies.get(as) ?? '' },
});

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

async function measurePeer(peer: string, bytes: number): Promise<number> {
  const ask = { url: `${peer}/bytes/${bytes}`, headers: {} };
  const answers = await askSteadily(
    Array.from({ length: PEER_TIMES }, () => ask),
    PER_SECOND,
  );
  return quantile(secondsOf(answers), 0.95);
}

const secondsOf = (answers: readonly Answer[]): number[] => answers.map(({ seconds }) => seconds);

function rowOf(
  what: string,
  answers: readonly Answer[],
  peerSeconds: number,
  figures: Readonly<Record<string, number>>,
): BenchRow {
  const seconds = secondsOf(answers);
  return {
    what,
    oursSeconds: quantile(seconds, 0.95),
    peerSeconds,
    peerIs: 'measured',
    sameResult: null,
    figures: {
      p50Ms: quantile(seconds, 0.5) * 1_000,
      p95Ms: quantile(seconds, 0.95) * 1_000,
      p99Ms: quantile(seconds, 0.99) * 1_000,
      ...figures,
      bytes: Math.max(...answers.map(({ bytes }) => bytes)),
      failures: answers.filter(({ ok }) => !ok).length,
    },
  };
}

/** Asks all of these at the pace of the measurement; with what each of them cost the server, all its threads together. */
async function load(
  { url }: Measured,
  asks: readonly Ask[],
): Promise<{ answers: Answer[]; processorMs: number; loopP99Ms: number }> {
  const before = await readMetrics(url);
  const answers = await askSteadily(asks, PER_SECOND);
  const after = await readMetrics(url);
  return {
    answers,
    processorMs: ((after.processorSeconds - before.processorSeconds) / asks.length) * 1_000,
    loopP99Ms: after.loopP99 * 1_000,
  };
}

/** Waits until what a start leaves to do is done: the server takes little of a processor for a second. Goes on after a minute in any case. */
export async function untilCalm(url: string): Promise<void> {
  let before = await readMetrics(url);
  for (let second = 0; second < CALM_WITHIN_SECONDS; second++) {
    await after(1_000);
    const now = await readMetrics(url);
    if (now.processorSeconds - before.processorSeconds < CALM_SHARE) return;
    before = now;
  }
}

/** A page that is asked for the first time since the start. */
export const askFirst = (measured: Measured, question: Question): Promise<Answer> =>
  askOnce(askOf(measured, question));

/** One page by itself, fifty times a second. */
export async function measurePage(measured: Measured, question: Question, first: Answer): Promise<BenchRow> {
  const ask = askOf(measured, question);
  for (let time = 0; time < WARM_TIMES; time++) await askOnce(ask);
  const commands = await countCommands(measured.url, ask);
  const { answers, processorMs, loopP99Ms } = await load(
    measured,
    Array.from({ length: TIMES }, () => ask),
  );
  return rowOf(nameOf(question), answers, await measurePeer(measured.peer, first.bytes), {
    firstMs: first.seconds * 1_000,
    processorMs,
    loopP99Ms,
    commands,
  });
}

/** The 95th percentile of a page in a second, longer measurement, in seconds. */
export async function measureAgain(measured: Measured, question: Question): Promise<number> {
  const ask = askOf(measured, question);
  const { answers } = await load(
    measured,
    Array.from({ length: TIMES_AGAIN }, () => ask),
  );
  return quantile(secondsOf(answers), 0.95);
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

/** All pages together, fifty requests a second in all: one row for all and one for each role. */
export async function measureMix(measured: Measured, questions: readonly Question[]): Promise<BenchRow[]> {
  const mix = drawMix(questions);
  const { answers, processorMs, loopP99Ms } = await load(
    measured,
    mix.map((question) => askOf(measured, question)),
  );
  const peerSeconds = await measurePeer(
    measured.peer,
    Math.round(answers.reduce((sum, { bytes }) => sum + bytes, 0) / answers.length),
  );
  const rolesAsked = BENCH_ROLES.filter((role) => mix.some(({ as }) => as === role));
  return [
    rowOf('all pages in the mix', answers, peerSeconds, { processorMs, loopP99Ms }),
    ...rolesAsked.map((role) =>
      rowOf(
        `pages of ${role} in the mix`,
        answers.filter((_, number) => mix[number]?.as === role),
        peerSeconds,
        {},
      ),
    ),
  ];
}
