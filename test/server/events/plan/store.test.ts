import { expect } from 'chai';
import fc from 'fast-check';
import { HttpProblem } from '../../../../server/http/errors.ts';
import { newsOf } from '../../../../server/events/plan/changes.ts';
import { planFaults } from '../../../../server/events/plan/rules.ts';
import { PlanStore, type PlanStep } from '../../../../server/events/plan/store.ts';
import {
  EMPTY_PLAN,
  findMeeting,
  pairKey,
  roundOf,
  standing,
  withMeetings,
  type Meeting,
  type Plan,
  type Round,
} from '../../../../server/events/plan/plan.ts';
import { endStep, startStep } from '../../../../server/events/rounds/steps.ts';
import { place, without } from '../../../../server/events/plan/slots.ts';
import { ensureIndexes } from '../../../../server/storage/connect.ts';
import { newId } from '../../../../server/storage/ids.ts';
import { startTestStorage, type TestStorage } from '../../../support/storage.ts';

const ROUNDS = 3;
const TABLES = 3;
const SMES = ['A', 'B', 'C', 'D', 'E'];
const NOW = new Date('2026-11-23T09:00:00.000Z');
const AUTHOR = { id: 'staff', name: 'Staff' };
const NOBODY = { change: 'replanned', about: null } as const;

function meeting(a: string, b: string, table: number, more: Partial<Meeting> = {}): Meeting {
  const [one, other] = a < b ? [a, b] : [b, a];
  const base = {
    id: newId(),
    origin: 'plan',
    pinned: false,
    state: 'planned',
    sequence: 0,
    absent: null,
  } as const;
  return { ...base, a: one, b: other, table, score: 500_000, ...more };
}

/** One thing that somebody does to a plan, whether it is allowed or not. */
type Deed = (plan: Plan) => PlanStep | null;

const step = (rounds: readonly Round[]): PlanStep => ({ rounds, cause: NOBODY });

const two = fc.shuffledSubarray(SMES, { minLength: 2, maxLength: 2 });
const roundNumber = fc.integer({ min: 1, max: ROUNDS });
/** Ill-considered writes: any table, any pair, whatever is there already. */
const carelessAdd = fc
  .record({ pair: two, round: roundNumber, table: fc.integer({ min: 0, max: TABLES + 1 }) })
  .map(({ pair: [a = '', b = ''], round: number, table }): Deed => (plan) => {
    const round = roundOf(plan, number);
    return step([withMeetings(round, [...round.meetings, meeting(a, b, table)])]);
  });
const carelessRemove = fc
  .record({ round: roundNumber, at: fc.integer({ min: 0, max: 3 }) })
  .map(({ round: number, at }): Deed => (plan) => {
    const round = roundOf(plan, number);
    const victim = round.meetings[at];
    return victim ? step([without(round, victim.id)]) : null;
  });
const agree = fc
  .record({ pair: two, wanted: fc.option(roundNumber, { nil: null }) })
  .map(({ pair: [a = '', b = ''], wanted }): Deed => (plan) => {
    const [one, other] = a < b ? [a, b] : [b, a];
    const agreed = { id: newId(), a: one, b: other, score: 1, origin: 'agreed' } as const;
    const placing = place(plan, agreed, { rounds: ROUNDS, tables: TABLES, wanted });
    return 'refused' in placing ? null : step(placing.rounds);
  });
const start = roundNumber.map(
  (number): Deed =>
    (plan) =>
      startStep(plan, { number, rounds: ROUNDS, minutes: 20, now: NOW, author: AUTHOR }),
);
const end = roundNumber.map(
  (number): Deed =>
    (plan) =>
      endStep(plan, { number, endsAt: NOW, author: null }),
);
const deeds = fc.array(
  fc.tuple(
    fc.oneof(
      { weight: 2, arbitrary: agree },
      { weight: 6, arbitrary: carelessAdd },
      { weight: 2, arbitrary: carelessRemove },
      { weight: 1, arbitrary: start },
      { weight: 1, arbitrary: end },
    ),
    fc.integer({ min: 0, max: 2 }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** Counts anew, without the product's own rules, what must never be. */
function expectSound(plan: Plan): void {
  const pairs: string[] = [];
  for (const round of plan.rounds.values()) {
    const own = standing(round);
    const seats = own.flatMap(({ a, b }) => [a, b]);
    expect(new Set(seats).size).to.equal(seats.length);
    expect(new Set(own.map(({ table }) => table)).size).to.equal(own.length);
    expect(own.every(({ table }) => table >= 1 && table <= TABLES)).to.equal(true);
    pairs.push(...own.map(({ a, b }) => pairKey(a, b)));
  }
  expect(new Set(pairs).size).to.equal(pairs.length);
  const running = [...plan.rounds.values()].filter(({ state }) => state === 'running');
  expect(running.length).to.be.at.most(1);
}

describe('the stored plan', () => {
  let storage: TestStorage;
  /** As many server processes on one database: each has its own memory of the plan. */
  let processes: PlanStore[];

  before(async () => {
    storage = await startTestStorage();
    const { connection } = storage.storage;
    processes = [0, 1, 2].map(() => new PlanStore(connection, () => NOW));
    await ensureIndexes(connection);
  });
  after(() => storage.stop());

  const at = (index: number): PlanStore => processes[index] as PlanStore; // three were made

  it('breaks no rule, whoever writes what at once in however many processes', async function () {
    this.timeout(60_000);
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const eventId = newId();
        const outcomes = await Promise.allSettled(
          all.map(([deed, which]) => at(which).change(eventId, TABLES, deed)),
        );
        const written = outcomes.filter(
          (outcome) => outcome.status === 'fulfilled' && outcome.value.news !== null,
        ).length;
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected') expect(outcome.reason).to.be.instanceOf(HttpProblem);
        }
        const plan = await at(0).read(eventId);
        expectSound(plan);
        expect(plan.version).to.equal(written);
        expect(await at(1).read(eventId)).to.deep.equal(plan);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps a meeting that has begun where and with whom it is', async () => {
    await fc.assert(
      fc.asyncProperty(deeds, async (all) => {
        const eventId = newId();
        const begun = new Map<string, string>();
        for (const [deed, which] of all) {
          await at(which)
            .change(eventId, TABLES, deed)
            .catch((error: unknown) => {
              if (!(error instanceof HttpProblem)) throw error;
            });
          const plan = await at(0).read(eventId);
          for (const round of plan.rounds.values()) {
            for (const { id, a, b, table, state } of round.meetings) {
              if (state === 'running' || state === 'done')
                begun.set(id, `${round.number} ${a} ${b} ${table}`);
            }
          }
          for (const [id, where] of begun) {
            const found = findMeeting(plan, id);
            const { a, b, table } = found?.meeting ?? {};
            expect(`${found?.round.number} ${a} ${b} ${table}`).to.equal(where);
          }
        }
      }),
      { numRuns: 15 },
    );
  });

  it('says what is still to be told until it was told', async () => {
    const eventId = newId();
    const round = roundOf(EMPTY_PLAN, 1);
    await at(0).change(eventId, TABLES, () => step([withMeetings(round, [meeting('A', 'B', 1)])]));
    const untold = (await at(1).untold()).filter((news) => news.eventId === eventId);
    expect(untold.map(({ news }) => news.version)).to.deep.equal([1]);
    expect(untold[0]?.news.meetings.map(({ smeId, now }) => [smeId, now])).to.deep.equal([
      ['A', 'B'],
      ['B', 'A'],
    ]);
    await at(2).told(eventId, 1);
    expect((await at(0).untold()).filter((news) => news.eventId === eventId)).to.deep.equal([]);
  });

  it('names the rule that a write would break, and writes nothing', async () => {
    const eventId = newId();
    const first = roundOf(EMPTY_PLAN, 1);
    const wrong = withMeetings(first, [meeting('A', 'B', 1), meeting('A', 'C', 1), meeting('D', 'E', 9)]);
    const failure = await at(0)
      .change(eventId, TABLES, () => step([wrong]))
      .then(
        () => null,
        (error: unknown) => error,
      );
    expect(failure).to.be.instanceOf(HttpProblem).with.property('code', 'plan-rule');
    expect(failure).to.have.property('message').that.includes('A is in two meetings of round 1');
    expect(failure).to.have.property('message').that.includes('table 1 is taken twice');
    expect(failure).to.have.property('message').that.includes('no table 9');
    expect((await at(0).read(eventId)).version).to.equal(0);
  });
});

describe('the rules of a plan', () => {
  const withRounds = (...rounds: Round[]): Plan => ({
    ...EMPTY_PLAN,
    rounds: new Map(rounds.map((round) => [round.number, round])),
  });

  it('let no pair meet twice at one event, in whichever rounds', () => {
    const one = withMeetings(roundOf(EMPTY_PLAN, 1), [meeting('A', 'B', 1)]);
    const again = withMeetings(roundOf(EMPTY_PLAN, 2), [meeting('B', 'A', 1)]);
    expect(planFaults(EMPTY_PLAN, withRounds(one, again), TABLES)).to.deep.equal(['A and B meet twice']);
  });

  it('count a broken meeting neither for its SMEs nor for its table', () => {
    const round = withMeetings(roundOf(EMPTY_PLAN, 1), [
      meeting('A', 'B', 1, { state: 'broken' }),
      meeting('A', 'C', 1),
    ]);
    expect(planFaults(EMPTY_PLAN, withRounds(round), TABLES)).to.deep.equal([]);
  });
});

describe('the news of a plan', () => {
  it('go to those whose partner or table is another one, and to nobody else', () => {
    const before = withMeetings({ ...roundOf(EMPTY_PLAN, 1), published: true }, [
      meeting('A', 'B', 1),
      meeting('C', 'D', 2),
    ]);
    const after = withMeetings(before, [
      ...before.meetings.map((one) => (one.a === 'A' ? { ...one, state: 'broken' as const } : one)),
      meeting('A', 'E', 3),
    ]);
    const plan = (round: Round): Plan => ({ ...EMPTY_PLAN, rounds: new Map([[1, round]]) });
    const news = newsOf(plan(before), plan(after), { change: 'departure', about: 'B' });
    expect(news.map(({ smeId, was, now }) => [smeId, was, now])).to.deep.equal([
      ['A', 'B', 'E'],
      ['B', 'A', null],
      ['E', null, 'A'],
    ]);
  });
});
