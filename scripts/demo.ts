import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { setInterval } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildClient } from '../server/build-client.ts';
import type { ConsortiumView } from '../server/consortia/schema.ts';
import type { SmeCard } from '../server/smes/schema.ts';
import type { TaxonomyView } from '../server/taxonomy/schema.ts';
import { auditLists } from './demo/audit.ts';
import {
  addDemoClusters,
  enrol,
  importFile,
  readAll,
  setUpStaff,
  spreadOverCountries,
  type Login,
} from './demo/cast.ts';
import * as event from './demo/event.ts';
import type { Participant } from './demo/event.ts';
import { createDemoEvent, DemoEvent, type EventSummary } from './demo/play.ts';
import { OpenRoom } from './demo/open-room.ts';
import { readOptions, USAGE, type Options } from './demo/options.ts';
import { seededRandom } from './demo/random.ts';
import { startDemoServer, type DemoServer } from './demo/server-process.ts';
import { interruption, printLogins } from './demo/stay-up.ts';
import { together } from './demo/together.ts';
import { UnexpectedAnswer, until, type Visitor } from './demo/visitor.ts';
import { playYear } from './demo/year/play-year.ts';

const DATA = fileURLToPath(new URL('./demo/cordis-smes.csv', import.meta.url));

/** People read along on stderr, so that the last line of stdout stays the summary. */
const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

interface Stage {
  server: DemoServer;
  staff: Visitor;
  staffLogin: Login;
  smes: SmeCard[];
  faults: string[];
}

/** Companies registered on a running server. */
async function setTheStage(server: DemoServer): Promise<Stage> {
  const { visitor: staff, login: staffLogin } = await setUpStaff(server);
  await staff.connect();
  const csv = await readFile(DATA);
  say(
    'Registering the companies of cordis-smes.csv (Source: CORDIS, European Union, via Open Security Data Europe) …',
  );
  const countryCell = /^P\d+,(?:"(?:[^"]|"")*"|[^,]*),([A-Z]{2}),/gm;
  const countries = new Set(
    Array.from(csv.toString('utf8').matchAll(countryCell), (match) => match[1] ?? ''),
  );
  await addDemoClusters(staff, [...countries]);
  const imported = await importFile(staff, csv, 'cordis-smes.csv');
  const smes = await readAll<SmeCard>(staff, '/smes');
  const faults = [
    ...(imported.state === 'committed' ? [] : [`the import ended as ${imported.state}`]),
    ...(imported.rows.refused === 0 ? [] : [`${imported.rows.refused} rows were refused`]),
    ...(smes.length === imported.rows.total
      ? []
      : [`${imported.rows.total} rows became ${smes.length} SMEs`]),
  ];
  return { server, staff, staffLogin, smes, faults };
}

/** Waits until the matcher has given every SME a list. */
async function untilListsAreThere({ staff, smes }: Stage): Promise<void> {
  const last = smes.at(-1);
  if (!last) return;
  await until('the suggestion lists are computed', 120_000, async () => {
    const view = await staff.call<{ computedAt: string | null }>('GET', `/smes/${last.id}/partners`);
    return view.computedAt !== null;
  });
}

interface EventOutcome {
  event: EventSummary;
  participants: event.Participant[];
  declined: number;
}

/** Participants register, decline, and meet in rounds; one loses its connection while staff change the weights in the middle of a round. */
async function playEvent(stage: Stage, options: Options): Promise<EventOutcome> {
  const random = seededRandom(options.seed);
  const taxonomy = await stage.staff.call<TaxonomyView>('GET', '/taxonomy');
  const today = new Date().toISOString().slice(0, 10);
  const invited = spreadOverCountries(stage.smes, options.participants);
  const registered = new Map<number, event.Participant>();
  await together(invited, async (sme, at) => {
    const email = `participant-${at + 1}@demo.example`;
    // Drawn for each by itself, so that it does not matter who is faster.
    const answers = seededRandom(options.seed + at);
    const context = { email, taxonomy, today, random: answers };
    registered.set(at, await event.arrive(stage.server, stage.staff, sme, context));
    say(`  ${sme.name} (${sme.country}) registered and answered`);
  });
  const participants = invited.flatMap((_, at) => registered.get(at) ?? []);
  let declined = 0;
  for (const participant of participants.filter((_, index) => index % 5 === 0)) {
    if ((await event.declineFirst(participant, random)) !== null) declined += 1;
  }
  const desk = await createDemoEvent(stage.staff, participants.length);
  const played = new DemoEvent(desk, participants, { seed: options.seed, tell: say });
  say('The doors open …');
  await played.open();
  await played.run(async () => {
    const away = participants.at(-1);
    away?.visitor.disconnect();
    const { previewed } = await event.changeWeights(stage.staff);
    say(`  staff changed the weights: ${previewed} lists differ`);
    await away?.visitor.connect();
  });
  await event.untilEverybodyIsUpToDate(participants);
  return { participants, declined, event: await played.finish() };
}

/** Recounts everything through the public API and sums it up. */
async function summarise(stage: Stage, outcome: EventOutcome): Promise<Record<string, unknown>> {
  const audit = await auditLists(stage.staff, stage.smes, () => undefined);
  const pairing = await event.bestPairs(stage.staff);
  const pushes = event.countPushes(outcome.participants);
  const delivery = event.deliveryFaults(outcome.participants);
  const { faults: violations, ...happened } = outcome.event;
  const faults = [...stage.faults, ...audit.faults, ...violations, ...delivery];
  if (pushes === 0) faults.push('no list was pushed');
  if (happened.meetings === 0) faults.push('nobody met');
  if (happened.repairs === 0) faults.push('nothing was repaired');
  if (happened.consortia === 0) faults.push('no consortium was formed');
  if (pairing.pairs === 0) faults.push('no pair was found');
  if (audit.lists !== stage.smes.length) faults.push(`${stage.smes.length} SMEs have ${audit.lists} lists`);
  if (pairing.ineligiblePairs > 0) faults.push(`${pairing.ineligiblePairs} pairs break a rule`);
  for (const fault of faults) say(`  FAULT: ${fault}`);
  return {
    smes: stage.smes.length,
    countries: new Set(stage.smes.map((sme) => sme.country)).size,
    suggestionLists: audit.lists,
    suggestions: audit.suggestions,
    participants: outcome.participants.length,
    declined: outcome.declined,
    ...happened,
    violations: violations.length,
    lostOrDoubled: delivery.length,
    pushes,
    pairs: pairing.pairs,
    pairsStatus: pairing.status,
    ineligiblePairs: pairing.ineligiblePairs,
    faults: faults.length,
    ok: faults.length === 0,
  };
}

/** Keeps the room alive for whoever watches: every few seconds something happens. */
async function keepTheRoomAlive(room: OpenRoom, options: Options, signal: AbortSignal): Promise<void> {
  const random = seededRandom(options.seed + 1);
  for await (const _ of setInterval(4_000, undefined, { signal })) {
    try {
      say(`  ${await room.step(random)}`);
    } catch (error) {
      // Whoever watches may act too: a step that came too late says so and is passed over.
      if (!(error instanceof UnexpectedAnswer)) throw error;
      say(`  ${error.message}`);
    }
  }
}

/** Who looks around as an SME should still be looking for partners: nobody is proposed to those in a consortium. */
async function watcherFirst(
  staff: Visitor,
  participants: readonly Participant[],
): Promise<readonly Participant[]> {
  const consortia = await readAll<ConsortiumView>(staff, '/consortia');
  const paired = new Set(
    consortia.filter(({ state }) => state === 'formed').flatMap(({ a, b }) => [a.id, b.id]),
  );
  const watcher = participants.find(({ sme }) => !paired.has(sme.id));
  return watcher ? [watcher, ...participants.filter((one) => one !== watcher)] : participants;
}

async function stayUp(stage: Stage, outcome: EventOutcome, options: Options): Promise<void> {
  const cluster = stage.smes.find(
    (sme) => sme.clusterId !== null && sme.clusterName?.startsWith('Demo cluster'),
  );
  const manager = cluster?.clusterId
    ? await enrol(
        stage.server,
        stage.staff,
        { role: 'cluster', email: 'cluster@demo.example', clusterId: cluster.clusterId },
        'Demo cluster manager',
      )
    : null;
  const demand = await enrol(
    stage.server,
    stage.staff,
    { role: 'demand', email: 'demand@demo.example', organisation: 'Demo city' },
    'Demo demand side',
  );
  say('A second event goes on …');
  const participants = await watcherFirst(stage.staff, outcome.participants);
  const [first] = participants;
  const room = await OpenRoom.open(stage.staff, participants);
  const logins = [
    stage.staffLogin,
    ...(manager ? [{ ...manager.login, who: `cluster, ${cluster?.clusterName ?? ''}` }] : []),
    ...(first ? [{ ...first.login, who: `sme, ${first.sme.name}` }] : []),
    demand.login,
  ];
  printLogins(stage.server.url, logins, room.wall);
  const ending = interruption();
  const going = keepTheRoomAlive(room, options, ending).catch((error: unknown) => {
    if (!ending.aborted) throw error;
  });
  await Promise.race([going, stage.server.ended]);
}

/** Lets people look around in a server until somebody ends it. */
async function leaveOpen(url: string, logins: readonly Login[]): Promise<void> {
  printLogins(url, logins);
  const ending = interruption();
  if (!ending.aborted) await once(ending, 'abort');
}

async function main(): Promise<void> {
  const options = readOptions();
  if (options === null) {
    process.stdout.write(USAGE);
    return;
  }
  say('Starting a server on a throw-away data folder …');
  if (options.year) {
    const { seed, participants, port } = options;
    const year = { seed, participants, port, companies: DATA, tell: say };
    if (!options.once) await buildClient();
    report(await playYear(options.once ? year : { ...year, afterwards: leaveOpen }), options);
    return;
  }
  const server = await startDemoServer(options.port);
  try {
    report(await run(server, options), options);
  } finally {
    await server.stop();
  }
}

/** Sums up on the last line, and says by the exit code whether all that was promised happened. */
function report(summary: Record<string, unknown>, options: Options): void {
  if (options.json) process.stdout.write(`${JSON.stringify(summary)}\n`);
  else if (options.once || options.year) say(JSON.stringify(summary, null, 2));
  process.exitCode = summary['ok'] === true ? 0 : 1;
}

/** The whole event on a server; the summary of what happened. */
async function run(server: DemoServer, options: Options): Promise<Record<string, unknown>> {
  const stage = await setTheStage(server);
  await untilListsAreThere(stage);
  say(`${stage.smes.length} SMEs are registered and have their suggestions. Participants register …`);
  const outcome = await playEvent(stage, options);
  const summary = await summarise(stage, outcome);
  if (!options.once) await stayUp(stage, outcome, options);
  for (const { visitor } of outcome.participants) visitor.disconnect();
  stage.staff.disconnect();
  return summary;
}

try {
  await main();
  // Threads that were stopped in this process have been seen to hold Node back at its end.
  process.exit();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}
