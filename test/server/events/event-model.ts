import { expect } from 'chai';
import fc from 'fast-check';
import type { DraftView, MeetingView, MyEvent, RequestView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { SignedIn } from '../../support/app.ts';
import type { Company, StaffDesk } from '../../support/event.ts';
import { meetingFaults } from '../../../scripts/demo/event-audit.ts';

/*
 * A small model of a whole event, and what people do at it. The model knows who is where, which requests are open and which round runs;
 * what the engine plans is its own affair, and is held to what must never be.
 */

interface ModelRequest {
  readonly id: string;
  readonly from: number;
  readonly to: number;
  state: RequestView['state'];
}

export interface Model {
  readonly presence: ('invited' | 'here' | 'left')[];
  readonly requests: ModelRequest[];
  running: number | null;
  /** Where and with whom each meeting that has begun is: it stays there. */
  readonly begun: Map<string, string>;
}

export interface Real {
  readonly desk: StaffDesk;
  readonly staff: SignedIn;
  readonly people: readonly Company[];
}

export const newModel = (people: number): Model => ({
  presence: Array.from({ length: people }, () => 'invited' as const),
  requests: [],
  running: null,
  begun: new Map(),
});

const person = ({ people }: Real, index: number): Company => people[index] as Company; // indexes are drawn below their number
const mine = ({ desk }: Real, who: Company): Promise<MyEvent> => desk.mine(who);

async function allMeetings({ staff, desk }: Real): Promise<MeetingView[]> {
  const reply = await staff.agent.get(`${desk.path}/meetings?limit=100`).expect(200);
  return (reply.body as Page<MeetingView>).items;
}

/** What must hold at every moment, whatever was done. */
async function expectSound(model: Model, real: Real): Promise<void> {
  const meetings = await allMeetings(real);
  const standing = meetings.filter(({ state }) => state !== 'broken');
  expect(meetingFaults(standing)).to.deep.equal([]);
  const gone = new Set(real.people.flatMap(({ smeId }, at) => (model.presence[at] === 'left' ? smeId : [])));
  for (const { a, b, state } of standing) {
    if (state === 'planned')
      expect(gone.has(a.id) || gone.has(b.id), 'somebody who left has a meeting').to.equal(false);
  }
  for (const { id, round, table, a, b, state } of meetings) {
    const place = `${round} ${table} ${a.id} ${b.id}`;
    if (state === 'running' || state === 'done') {
      expect(model.begun.get(id) ?? place, 'a meeting that has begun was moved').to.equal(place);
      model.begun.set(id, place);
    }
  }
  expect((await real.desk.view()).runningRound).to.equal(model.running);
}

/** One thing that somebody does; afterwards all that follows from it is done, and the event must be sound. */
abstract class Deed implements fc.AsyncCommand<Model, Real> {
  check = (_model: Readonly<Model>): boolean => true;
  async run(model: Model, real: Real): Promise<void> {
    await this.does(model, real);
    await real.desk.settled();
    await expectSound(model, real);
  }
  protected abstract does(model: Model, real: Real): Promise<void>;
  abstract toString(): string;
}

class Presence extends Deed {
  readonly #who: number;
  readonly #state: 'here' | 'left';
  constructor(who: number, state: 'here' | 'left') {
    super();
    this.#who = who;
    this.#state = state;
  }
  protected async does(model: Model, real: Real): Promise<void> {
    const who = person(real, this.#who);
    await who.agent
      .put(`${real.desk.path}/participants/${who.smeId}`)
      .send({ state: this.#state })
      .expect(200);
    model.presence[this.#who] = this.#state;
  }
  toString = (): string => `${this.#who} is ${this.#state}`;
}

const isPending = ({ state }: ModelRequest): boolean => state === 'pending';

class Ask extends Deed {
  readonly #from: number;
  readonly #to: number;
  constructor(from: number, to: number) {
    super();
    this.#from = from;
    this.#to = to;
  }
  override check = (): boolean => this.#from !== this.#to;
  protected async does(model: Model, real: Real): Promise<void> {
    const sides = [this.#from, this.#to];
    const ids = sides.map((side) => person(real, side).smeId);
    const met = (await allMeetings(real)).some(
      ({ a, b, state, pinned }) =>
        state !== 'broken' && (pinned || state !== 'planned') && ids.includes(a.id) && ids.includes(b.id),
    );
    const open = model.requests.some(
      (one) => isPending(one) && sides.includes(one.from) && sides.includes(one.to),
    );
    const gone = sides.some((side) => model.presence[side] === 'left');
    const reply = await person(real, this.#from)
      .agent.post(`${real.desk.path}/requests`)
      .send({ partnerId: ids[1] });
    expect(reply.status, String(this)).to.equal(met || open || gone ? 409 : 201);
    if (reply.status !== 201) return;
    model.requests.push({
      id: (reply.body as RequestView).id,
      from: this.#from,
      to: this.#to,
      state: 'pending',
    });
  }
  toString = (): string => `${this.#from} asks ${this.#to}`;
}

const ANSWERS = { accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const;

class Answer extends Deed {
  readonly #at: number;
  readonly #answer: keyof typeof ANSWERS;
  constructor(at: number, answer: keyof typeof ANSWERS) {
    super();
    this.#at = at;
    this.#answer = answer;
  }
  override check = (model: Readonly<Model>): boolean => model.requests.length > 0;
  protected async does(model: Model, real: Real): Promise<void> {
    const request = model.requests[this.#at % model.requests.length] as ModelRequest; // check() saw one
    const { id, from, to } = request;
    const who = person(real, this.#answer === 'withdraw' ? from : to);
    const body =
      this.#answer === 'decline' ? { answer: 'decline', reason: 'no-time' } : { answer: this.#answer };
    const reply = await who.agent.post(`${real.desk.path}/requests/${id}/answer`).send(body);
    const gone = [from, to].some((side) => model.presence[side] === 'left');
    const refused = !isPending(request) || (this.#answer === 'accept' && gone);
    if (refused) expect(reply.status, String(this)).to.equal(409);
    else if (this.#answer !== 'accept') expect(reply.status, String(this)).to.equal(200);
    else expect(reply.status === 200 || (reply.body as { code: string }).code === 'slot-gone').to.equal(true);
    if (reply.status !== 200) return;
    request.state = ANSWERS[this.#answer];
    if (this.#answer !== 'accept') return;
    const { rounds } = await mine(real, who);
    const partner = person(real, from).smeId;
    expect(
      rounds.some(({ meeting }) => meeting?.partner.id === partner && meeting.state !== 'broken'),
    ).to.equal(true);
  }
  toString = (): string => `request ${this.#at}: ${this.#answer}`;
}

/** What an SME does with a meeting of its own; `wanted` says which it can be. */
class WithMeeting extends Deed {
  readonly #who: number;
  readonly #does: 'feedback' | 'no-show' | 'reschedule';
  readonly #round: number;
  constructor(who: number, does: 'feedback' | 'no-show' | 'reschedule', round: number) {
    super();
    this.#who = who;
    this.#does = does;
    this.#round = round;
  }
  protected async does(_model: Model, real: Real): Promise<void> {
    const who = person(real, this.#who);
    const states = { feedback: ['running', 'done'], 'no-show': ['running'], reschedule: ['planned'] }[
      this.#does
    ];
    const meetings = (await mine(real, who)).rounds.flatMap(({ meeting }) => meeting ?? []);
    const meeting = meetings.find(({ state }) => states.includes(state));
    if (!meeting) return;
    const bodies = {
      feedback: { answer: 'we-want-this' },
      'no-show': {},
      reschedule: { round: this.#round },
    };
    const path = `${real.desk.path}/meetings/${meeting.id}/${this.#does}`;
    const reply = await who.agent.post(path).send(bodies[this.#does]);
    if (this.#does !== 'reschedule') expect(reply.status, String(this)).to.be.oneOf([200, 204]);
    else {
      expect(reply.status, String(this)).to.be.oneOf([200, 409]);
      if (reply.status === 200) expect(reply.body).to.include({ id: meeting.id, round: this.#round });
    }
  }
  toString = (): string => `${this.#who}: ${this.#does}, ${this.#round}`;
}

class Publish extends Deed {
  protected async does(_model: Model, { staff, desk }: Real): Promise<void> {
    const reply = await staff.agent.post(`${desk.path}/plan`).send({ who: 'here-and-expected' });
    expect(reply.status).to.be.oneOf([200, 409]);
    if (reply.status !== 200) return;
    const { version } = reply.body as DraftView;
    await staff.agent.post(`${desk.path}/plan/publish`).send({ version }).expect(200);
  }
  toString = (): string => 'staff plan and publish';
}

class Round extends Deed {
  readonly #step: 'start' | 'end';
  constructor(step: 'start' | 'end') {
    super();
    this.#step = step;
  }
  protected async does(model: Model, { staff, desk }: Real): Promise<void> {
    const next = (await desk.view()).rounds.find(({ state }) => state === 'planned')?.number ?? 1;
    const number = this.#step === 'end' ? (model.running ?? next) : next;
    const reply = await staff.agent.post(`${desk.path}/rounds/${number}/${this.#step}`).send({});
    if (this.#step === 'end') expect(reply.status).to.equal(model.running === null ? 409 : 200);
    else if (model.running !== null) expect(reply.status).to.equal(409);
    if (reply.status === 200) model.running = this.#step === 'end' ? null : number;
  }
  toString = (): string => `round: ${this.#step}`;
}

/** Everything that people do at an event, of so many people and rounds. */
export function deeds(people: number, rounds: number): fc.Arbitrary<fc.AsyncCommand<Model, Real>>[] {
  const who = fc.nat({ max: people - 1 });
  const round = fc.integer({ min: 1, max: rounds });
  return [
    fc
      .tuple(who, fc.constantFrom('here' as const, 'here' as const, 'left' as const))
      .map((all) => new Presence(...all)),
    fc.tuple(who, who).map((all) => new Ask(...all)),
    fc
      .tuple(
        fc.nat({ max: 20 }),
        fc.constantFrom('accept' as const, 'accept' as const, 'decline' as const, 'withdraw' as const),
      )
      .map((all) => new Answer(...all)),
    fc
      .tuple(who, fc.constantFrom('feedback' as const, 'no-show' as const, 'reschedule' as const), round)
      .map((all) => new WithMeeting(...all)),
    fc.constant(new Publish()),
    fc.constantFrom('start' as const, 'end' as const).map((step) => new Round(step)),
  ];
}
