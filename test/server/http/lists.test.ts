import { expect } from 'chai';
import type { Connection } from 'mongoose';
import { z } from 'zod';
import { BENCH_IDS, BENCH_ROLES, emailOf, fillProgramme } from '../../../scripts/bench/http-data.ts';
import { BENCH_DEALINGS } from '../../../scripts/bench/http-dealings.ts';
import { QUESTIONS, type Role } from '../../../scripts/bench/http-pages.ts';
import { accountModel } from '../../../server/accounts/model.ts';
import { createPasswords } from '../../../server/accounts/passwords.ts';
import { callRulesModel } from '../../../server/calls/model.ts';
import { eventModel, planModel, type EventRecord } from '../../../server/events/model.ts';
import type { Route } from '../../../server/http/route.ts';
import { pageOf, problemSchema } from '../../../server/http/schema.ts';
import { importModel } from '../../../server/imports/model.ts';
import { commentModel } from '../../../server/practices/model.ts';
import { periodModel } from '../../../server/reports/model.ts';
import { planRunModel, runModel } from '../../../server/runs/model.ts';
import { weightsModel } from '../../../server/weights/model.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../support/app.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const SIZE = { clusters: 3, smes: 60, needs: 20, meetings: 200 };
const WEIGHTS = { capability: 30, text: 20, trl: 15, domain: 10, challenge: 10, reach: 10, practical: 5 };
const day = (number: number): string => `2026-03-${String(number).padStart(2, '0')}`;
const noon = (number: number): Date => new Date(`${day(number)}T12:00:00Z`);
const each = <T>(make: (number: number) => T): T[] =>
  Array.from({ length: 9 }, (_, number) => make(number + 1));

/** What a programme of some months holds besides: files, runs, versions and periods, nine of each and of differing kinds. */
async function fillHistories(connection: Connection): Promise<void> {
  const who = (number: number): string => (number % 3 === 0 ? 'Ada Lovelace' : 'Bench staff');
  const hashes = { callHash: 'c', inputHash: 'i', resultHash: 'r', tookMs: 1 };
  await importModel(connection).insertMany(
    each((number) => ({
      _id: `file-${number}`,
      clusterId: number % 2 === 0 ? BENCH_IDS.cluster : null,
      createdBy: 'bench-staff',
      createdByName: who(number),
      byStaff: true,
      fileName: number % 3 === 0 ? `Autumn (${number}).csv` : `spring-${number}.csv`,
      state: number % 4 === 0 ? 'refused' : 'cancelled',
      problem: null,
      checked: false,
      rows: { total: 0, accepted: 0, refused: 0, duplicates: 0, created: 0, merged: 0, skipped: 0 },
      ignoredColumns: [],
      duplicates: 'skip',
      createdAt: noon(number),
      committedAt: null,
    })),
  );
  await runModel(connection).insertMany(
    each((number) => ({
      _id: `run-${number}`,
      at: noon(number),
      by: who(number),
      ...(number % 4 === 0 ? { of: 'preview' } : {}),
      engine: '0.1.0',
      callId: number % 2 === 0 ? 'securit-1' : BENCH_IDS.call,
      weights: WEIGHTS,
      weightsVersion: 1,
      asked: { aim: 'total', minScore: 0, pinned: 0, forbidden: 0 },
      smes: 4,
      pairs: 2,
      outcome: {
        status: number % 5 === 0 ? 'feasible' : 'optimal',
        gap: 0,
        total: 1,
        bound: 1,
        price: 0,
        over: 'lists',
      },
      ...hashes,
      repeated: null,
    })),
  );
  await planRunModel(connection).insertMany(
    each((number) => ({
      _id: `plan-${number}`,
      at: noon(number),
      by: who(number),
      eventId: number % 2 === 0 ? 'another-event' : BENCH_IDS.event,
      callId: BENCH_IDS.call,
      manifest: { engine: '0.1.0', weights: WEIGHTS },
      question: '{}',
      smes: 4,
      rounds: [1],
      meetings: [],
      figures: { status: number % 5 === 0 ? 'feasible' : 'optimal', total: 1, bound: 1, gap: 0 },
      inputHash: 'i',
      resultHash: 'r',
      tookMs: 1,
      planVersion: number % 3 === 0 ? number : null,
      repeated: null,
    })),
  );
  const versions = each((number) => ({
    version: number + 1,
    note: `Why ${number}`,
    by: who(number),
    at: noon(number),
  }));
  await weightsModel(connection).insertMany(
    versions.map((version) => ({
      ...version,
      _id: `weights-${version.version}`,
      values: { ...WEIGHTS, capability: 30 + version.version },
      undoOf: null,
    })),
  );
  await periodModel(connection).insertMany(
    each((number) => ({
      _id: `period-${number}`,
      version: 1,
      name: `Period ${number}`,
      from: day(number),
      to: day(number),
      dueOn: number % 2 === 0 ? '2999-01-01' : day(number),
      createdAt: noon(number),
    })),
  );
  await addRules(connection, versions);
  await accountModel(connection).updateOne({ _id: 'of-bench-sme-4' }, { $set: { state: 'closed' } });
  await commentModel(connection).updateOne(
    { _id: 'bench-comment-1' },
    { $set: { words: 'Take an Umbrella.' } },
  );
  const line = (what: string, number: number) => ({
    at: noon(number),
    by: who(number),
    byId: null,
    what,
    note: number % 2 === 0 ? 'Coffee is served.' : '',
    before: null,
    after: null,
  });
  const _id = BENCH_IDS.event;
  await eventModel(connection).updateOne(
    { _id },
    { $set: { history: [line('Opened', 1), line('Message', 2)] } },
  );
  await planModel(connection).updateOne({ _id }, { $set: { history: [line('Round 1 published', 3)] } });
  await eventModel(connection).insertMany([await anotherEvent(connection)]);
}

/** A second event beside the first, that differs in name and day. */
async function anotherEvent(connection: Connection): Promise<EventRecord> {
  const event = await eventModel(connection).findById(BENCH_IDS.event).lean<EventRecord>().exec();
  if (!event) throw new Error('There is no event');
  const timetable = { ...event.timetable, startsAt: '2027-01-01T09:00:00.000Z' };
  return { ...event, _id: 'second-event', name: 'The second event', timetable };
}

/** More versions of the rules of the call in force; they differ in nothing but who published them and why. */
async function addRules(
  connection: Connection,
  versions: readonly { version: number; note: string; by: string; at: Date }[],
): Promise<void> {
  const rules = callRulesModel(connection);
  const [call, others] = await Promise.all([
    rules.findOne({ callId: BENCH_IDS.call, version: 1 }).lean().exec(),
    rules.countDocuments({ callId: BENCH_IDS.call }).exec(),
  ]);
  expect([call?.version, others]).to.deep.equal([1, 1]);
  await rules.insertMany(
    versions.map((version) => ({ ...call, ...version, _id: `rules-${version.version}` })),
  );
}

const pageSchema = pageOf(z.record(z.string(), z.unknown()));
type Item = Record<string, unknown>;

/** Everything of a list, a few at a time. */
async function wholeList(ask: (path: string) => Promise<unknown>, path: string): Promise<Item[]> {
  const items: Item[] = [];
  const query = path.includes('?') ? '&' : '?';
  let cursor: string | null = '';
  while (cursor !== null) {
    const asked: string = `${path}${query}limit=7${cursor === '' ? '' : `&cursor=${cursor}`}`;
    const page = pageSchema.parse(await ask(asked));
    items.push(...page.items);
    expect(items.length, path).to.be.at.most(page.total);
    if (page.next === null) expect(items.length, path).to.equal(page.total);
    cursor = page.next;
  }
  return items;
}

const queryOf = ({ query }: Route): Record<string, unknown> =>
  query === undefined
    ? {}
    : (z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }).properties ?? {});
const pathOf = (path: string): string => path.replace(/\?.*/, '');
const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);

/** Printed as a whole, by name. */
const NEITHER = ['/events/:eventId/badges'];
/** Their order follows from what is asked for: the next entries first, or the latest of those that are over. */
const NO_ORDER = ['/calendar'];
/** Worked out by the engine, which has tests of its own. */
const BY_THE_ENGINE = ['/pairs', '/pairs/alone', '/pairs/unsuggested'];

const word = (field: string, typed: string) => (item: Item) =>
  String(item[field]).toLowerCase().includes(typed);
const is = (field: string, value: unknown) => (item: Item) => item[field] === value;
const between = (first: string, last: string) => (item: Item) =>
  String(item['at']).slice(0, 10) >= first && String(item['at']).slice(0, 10) <= last;

/** What a filter leaves of a list, counted in the whole list. */
const FILTERS: readonly [as: Role, path: string, filter: string, holds: (item: Item) => boolean][] = [
  ['staff', '/imports', 'q=AUTUMN+(', word('fileName', 'autumn (')],
  ['staff', '/imports', 'state=refused', is('state', 'refused')],
  ['staff', '/imports', `clusterId=${BENCH_IDS.cluster}`, is('clusterId', BENCH_IDS.cluster)],
  [
    'cluster',
    '/imports',
    'state=refused&q=spring',
    (item) => word('fileName', 'spring')(item) && is('state', 'refused')(item),
  ],
  ['staff', `/imports/${BENCH_DEALINGS.upload}/rows`, 'q=2', word('name', '2')],
  ['staff', '/runs', 'of=preview', is('of', 'preview')],
  ['staff', '/runs', 'of=pairs', is('of', 'pairs')],
  ['staff', '/runs', 'callId=securit-1', is('callId', 'securit-1')],
  ['staff', '/runs', 'status=feasible', is('status', 'feasible')],
  ['staff', '/runs', 'q=ada', word('by', 'ada')],
  ['staff', '/runs', `from=${day(3)}&to=${day(5)}`, between(day(3), day(5))],
  ['staff', '/plan-runs', `eventId=${BENCH_IDS.event}`, is('eventId', BENCH_IDS.event)],
  ['staff', '/plan-runs', 'status=feasible', is('status', 'feasible')],
  ['staff', '/plan-runs', 'published=true', (item) => item['planVersion'] !== null],
  ['staff', '/plan-runs', 'published=false', is('planVersion', null)],
  [
    'staff',
    '/plan-runs',
    `q=ada&to=${day(7)}`,
    (item) => word('by', 'ada')(item) && between(day(1), day(7))(item),
  ],
  ['staff', '/weights/history', 'q=lovelace', word('by', 'lovelace')],
  ['staff', '/weights/history', 'q=why+4', word('note', 'why 4')],
  ['staff', '/weights/history', `from=${day(4)}`, between(day(4), '9999')],
  ['sme', `/calls/${BENCH_IDS.call}/versions`, 'q=lovelace', word('by', 'lovelace')],
  ['sme', `/calls/${BENCH_IDS.call}/versions`, `from=${day(2)}&to=${day(2)}`, between(day(2), day(2))],
  ['cluster', '/report-periods', 'due=coming', is('dueOn', '2999-01-01')],
  ['cluster', '/report-periods', 'due=past', (item) => item['dueOn'] !== '2999-01-01'],
  ['staff', '/accounts', 'state=closed', is('state', 'closed')],
  ['staff', '/invitations', 'q=ada', word('email', 'ada')],
  ['staff', `/events/${BENCH_IDS.event}/history`, 'of=plan', word('what', 'round')],
  ['staff', `/events/${BENCH_IDS.event}/history`, 'q=coffee', word('note', 'coffee')],
  ['staff', '/events', 'q=SECOND', word('name', 'second')],
  ['cluster', `/practices/${BENCH_DEALINGS.practice}/comments`, 'q=umbrella', word('words', 'umbrella')],
];

describe('lists', function () {
  this.timeout(240_000);
  let storage: TestStorage;
  let app: TestApp;
  let ask: (as: Role, path: string, status?: number) => Promise<unknown>;
  before(async () => {
    storage = await startTestStorage();
    const passwordHash = await createPasswords({ memoryKiB: 1024, passes: 1 }).hash(TEST_PASSWORD);
    await fillProgramme(storage.storage.connection, SIZE, passwordHash);
    app = await startTestApp({ storage });
    const agents = new Map(BENCH_ROLES.map((role) => [role, app.agent()]));
    for (const [role, agent] of agents) {
      await agent
        .post('/api/v1/session')
        .send({ email: emailOf(role), password: TEST_PASSWORD })
        .expect(200);
    }
    ask = async (as, path, status = 200) =>
      (await (agents.get(as) ?? app.agent()).get(`/api/v1${path}`).expect(status)).body as unknown;
    await fillHistories(storage.storage.connection);
    await invite(agents.get('staff') ?? app.agent());
  });
  after(async () => {
    await app.stop();
    await storage.stop();
  });

  async function invite(staff: ReturnType<TestApp['agent']>): Promise<void> {
    for (const email of ['ada@lists.example', 'grace@lists.example']) {
      await staff.post('/api/v1/invitations').send({ role: 'staff', email }).expect(201);
    }
  }

  const pagedLists = (): Route[] =>
    app.tandem.routes.filter((route) => route.method === 'get' && 'cursor' in queryOf(route));

  it('have something to choose from and an order to choose, each that goes by pages', () => {
    const without = (wanted: (names: readonly string[]) => boolean): string[] =>
      pagedLists()
        .filter(
          (route) =>
            !wanted(Object.keys(queryOf(route)).filter((name) => name !== 'cursor' && name !== 'limit')),
        )
        .map(({ path }) => path);
    expect(without((names) => names.includes('sort'))).to.have.members([...NEITHER, ...NO_ORDER]);
    expect(without((names) => names.some((name) => name !== 'sort'))).to.have.members(NEITHER);
  });

  it('give the same in every order, the oldest first as the newest turned around', async () => {
    const orders = z.looseObject({ sort: z.looseObject({ enum: z.array(z.string()) }) });
    for (const route of pagedLists()) {
      const sorts = orders.safeParse(queryOf(route)).data?.sort.enum ?? [];
      if (sorts.length === 0 || BY_THE_ENGINE.includes(route.path)) continue;
      const question = QUESTIONS.find(({ path }) => patternOf(route).test(pathOf(path)));
      if (!question) throw new Error(`${route.path} is not asked`);
      const [as, path] = [question.as, pathOf(question.path)];
      const lists = new Map<string, string[]>();
      for (const sort of sorts) {
        const items = await wholeList((asked) => ask(as, asked), `${path}?sort=${sort}`);
        lists.set(
          sort,
          items.map((item) => JSON.stringify(item)),
        );
      }
      const [first = []] = lists.values();
      for (const [sort, items] of lists) {
        // An order by fit leaves out what does not fit at all.
        if (sort !== 'fit') expect(items, `${path} by ${sort}`).to.have.members(first);
      }
      const oldest = lists.get('oldest');
      if (oldest && lists.has('newest')) expect(oldest.toReversed(), path).to.deep.equal(lists.get('newest'));
      const problem = problemSchema.parse(await ask(as, `${path}?sort=sideways`, 400));
      expect(
        problem.errors?.map(({ field }) => field),
        path,
      ).to.deep.equal(['sort']);
    }
  });

  it('leave under a filter exactly what it names', async () => {
    for (const [as, path, filter, holds] of FILTERS) {
      const all = await wholeList((asked) => ask(as, asked), path);
      const left = await wholeList((asked) => ask(as, asked), `${path}?${filter}`);
      expect(left, `${path}?${filter}`).to.deep.equal(all.filter(holds));
      expect(left.length, `${path}?${filter}`).to.be.within(1, all.length - 1);
    }
  });

  it('say which filter is not understood', async () => {
    for (const [path, field] of [
      ['/imports?state=lost', 'state'],
      ['/runs?of=nothing', 'of'],
      ['/runs?from=2026-05-02&to=2026-05-01', 'from'],
      ['/plan-runs?published=perhaps', 'published'],
      ['/weights/history?to=yesterday', 'to'],
      [`/events/${BENCH_IDS.event}/history?of=room`, 'of'],
      ['/report-periods?due=never', 'due'],
    ]) {
      const problem = problemSchema.parse(await ask('staff', path ?? '', 400));
      expect(
        problem.errors?.map((error) => error.field),
        path,
      ).to.deep.equal([field]);
    }
  });

  it('say of each version of the weights what it changed, whatever stands beside it', async () => {
    const items = await wholeList((path) => ask('staff', path), '/weights/history?q=lovelace&sort=oldest');
    const capability = z.looseObject({ capability: z.number() });
    for (const item of items) {
      const now = capability.parse(item['values']).capability;
      expect(capability.parse(item['before']).capability).to.equal(now - 1);
    }
  });
});
