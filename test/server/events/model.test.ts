import { expect } from 'chai';
import fc from 'fast-check';
import type { MeetingView, RequestView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';

const SMES = 5;
const ROUNDS = 2;

/** What the model knows of a request. */
interface ModelRequest {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  readonly round: number | null;
  state: RequestView['state'];
}

/** A small model of requests and fixed meetings: who asked whom, and who meets whom in which round. */
interface Model {
  readonly requests: ModelRequest[];
  /** By round: pairs of companies. */
  readonly meetings: Map<number, [number, number][]>;
}

interface Real {
  readonly desk: StaffDesk;
  readonly people: readonly Company[];
}

const person = ({ people }: Real, index: number): Company => people[index] as Company; // indexes come from the model

const busy = (model: Model, round: number): Set<number> => new Set((model.meetings.get(round) ?? []).flat());
const meet = (model: Model, a: number, b: number): boolean =>
  [...model.meetings.values()]
    .flat()
    .some(([one, other]) => (one === a && other === b) || (one === b && other === a));
const pendingBetween = (model: Model, a: number, b: number): boolean =>
  model.requests.some(
    ({ from, to, state }) => state === 'pending' && ((from === a && to === b) || (from === b && to === a)),
  );

class Ask implements fc.AsyncCommand<Model, Real> {
  readonly #from: number;
  readonly #to: number;
  readonly #round: number | null;
  constructor(from: number, to: number, round: number | null) {
    this.#from = from;
    this.#to = to;
    this.#round = round;
  }
  check = (): boolean => this.#from !== this.#to;
  async run(model: Model, real: Real): Promise<void> {
    const [from, to, round] = [this.#from, this.#to, this.#round];
    const reply = await person(real, from)
      .agent.post(`${real.desk.path}/requests`)
      .send({ partnerId: person(real, to).smeId, round });
    const allowed = !meet(model, from, to) && !pendingBetween(model, from, to);
    expect(reply.status, String(this)).to.equal(allowed ? 201 : 409);
    if (allowed)
      model.requests.push({ id: (reply.body as RequestView).id, from, to, round, state: 'pending' });
  }
  toString = (): string => `${this.#from} asks ${this.#to} for round ${this.#round ?? 'any'}`;
}

class Answer implements fc.AsyncCommand<Model, Real> {
  readonly #at: number;
  readonly #who: number;
  readonly #answer: 'accept' | 'decline' | 'withdraw';
  constructor(at: number, who: number, answer: 'accept' | 'decline' | 'withdraw') {
    this.#at = at;
    this.#who = who;
    this.#answer = answer;
  }
  check = (model: Readonly<Model>): boolean => model.requests.length > 0;
  async run(model: Model, real: Real): Promise<void> {
    const request = model.requests[this.#at % model.requests.length] as ModelRequest; // check() saw one
    const body =
      this.#answer === 'decline' ? { answer: 'decline', reason: 'no-time' } : { answer: this.#answer };
    const reply = await person(real, this.#who)
      .agent.post(`${real.desk.path}/requests/${request.id}/answer`)
      .send(body);
    expect(reply.status, String(this)).to.equal(this.#expected(model, request));
    if (reply.status !== 200) return;
    if (this.#answer === 'accept') {
      request.state = 'accepted';
      const round = this.#place(model, request) ?? 0;
      model.meetings.set(round, [...(model.meetings.get(round) ?? []), [request.from, request.to]]);
    } else request.state = this.#answer === 'decline' ? 'declined' : 'withdrawn';
  }
  #expected(model: Model, { from, to, state, ...request }: ModelRequest): number {
    if (this.#who !== from && this.#who !== to) return 403;
    if ((this.#answer === 'withdraw') !== (this.#who === from)) return 403;
    if (state !== 'pending') return 409;
    if (this.#answer !== 'accept') return 200;
    return this.#place(model, { from, to, state, ...request }) === null ? 409 : 200;
  }
  /** The first round in which both are free, or the one asked for. */
  #place(model: Model, { from, to, round }: ModelRequest): number | null {
    const rounds = round === null ? Array.from({ length: ROUNDS }, (_, at) => at + 1) : [round];
    return rounds.find((one) => !busy(model, one).has(from) && !busy(model, one).has(to)) ?? null;
  }
  toString = (): string => `${this.#who} answers request ${this.#at} with ${this.#answer}`;
}

const someone = fc.nat({ max: SMES - 1 });
const commands = [
  fc
    .tuple(someone, someone, fc.option(fc.integer({ min: 1, max: ROUNDS }), { nil: null }))
    .map((all) => new Ask(...all)),
  fc
    .tuple(
      fc.nat({ max: 30 }),
      someone,
      fc.constantFrom('accept' as const, 'decline' as const, 'withdraw' as const),
    )
    .map((all) => new Answer(...all)),
];

describe('requests and meetings against a model', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];

  const open = (): Promise<StaffDesk> =>
    StaffDesk.open(app, staff, {
      timetable: {
        startsAt: app.clock().toISOString(),
        rounds: ROUNDS,
        roundMinutes: 20,
        breakMinutes: 5,
        longBreaks: [],
      },
    });
  const meetings = async (desk: StaffDesk): Promise<MeetingView[]> =>
    (
      (await staff.agent.get(`${desk.path}/meetings?limit=100`).expect(200)).body as Page<MeetingView>
    ).items.filter(({ state }) => state !== 'broken');

  before(async function () {
    this.timeout(60_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, SMES);
  });
  after(() => app.stop());

  it('agree after every sequence of questions and answers', async function () {
    this.timeout(120_000);
    await fc.assert(
      fc.asyncProperty(fc.commands(commands, { maxCommands: 30 }), async (sequence) => {
        const desk = await open();
        const model: Model = { requests: [], meetings: new Map() };
        await fc.asyncModelRun(() => ({ model, real: { desk, people } }), sequence);
        const found = (await meetings(desk)).map(
          ({ round, a, b }) => `${round} ${[a.id, b.id].toSorted().join()}`,
        );
        const expected = [...model.meetings].flatMap(([round, pairs]) =>
          pairs.map(
            (pair) =>
              `${round} ${pair
                .map((index) => people[index]?.smeId ?? '')
                .toSorted()
                .join()}`,
          ),
        );
        expect(found.toSorted()).to.deep.equal(expected.toSorted());
      }),
      { numRuns: 15, interruptAfterTimeLimit: 60_000 },
    );
  });
});
