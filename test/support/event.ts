import type { EventInput, EventView, MyEvent } from '../../server/events/schema.ts';
import type { SignedIn, TestApp } from './app.ts';
import { profileInput } from './matchmaking.ts';
import { until } from './until.ts';

/** An event of three short rounds with a table for everybody, that begins now. */
export function eventInput(now: Date, overrides: Partial<EventInput> = {}): EventInput {
  return {
    name: 'Matchmaking in Brno',
    description: '',
    place: { kind: 'venue', address: 'Hall 3, Brno', tables: 100 },
    timeZone: 'Europe/Prague',
    timetable: {
      startsAt: now.toISOString(),
      rounds: 3,
      roundMinutes: 20,
      breakMinutes: 5,
      longBreaks: [],
    },
    invited: { all: true, clusterIds: [], countries: [], smeIds: [] },
    contactsAt: 'consortium',
    requestMinutes: 60,
    ...overrides,
  };
}

/** An SME with its account. */
export interface Company extends SignedIn {
  readonly smeId: string;
}

/** Registers companies of many countries, each with an account, and waits until the engine knows them. */
export async function companies(app: TestApp, staff: SignedIn, count: number): Promise<Company[]> {
  const clusters = await staff.agent.get('/api/v1/clusters?limit=1').expect(200);
  const clusterId = (clusters.body as { items: { id: string }[] }).items[0]?.id;
  const ids: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const profile = profileInput(number);
    const reply = await staff.agent.post('/api/v1/smes').send({ clusterId, profile }).expect(201);
    ids.push((reply.body as { id: string }).id);
  }
  const { matcher } = app.tandem.services.matchmaking;
  await until(() => Promise.resolve(!matcher.status().busy && matcher.status().smes >= count));
  return Promise.all(ids.map(async (smeId) => ({ smeId, ...(await app.signInAs('sme', { smeId })) })));
}

/** What staff do with an event. */
export class StaffDesk {
  readonly #app: TestApp;
  readonly #staff: SignedIn;
  readonly id: string;

  private constructor(app: TestApp, staff: SignedIn, id: string) {
    this.#app = app;
    this.#staff = staff;
    this.id = id;
  }

  /** Creates an event and brings it into this state. */
  static async open(
    app: TestApp,
    staff: SignedIn,
    overrides: Partial<EventInput> = {},
    actions: readonly string[] = ['publish', 'open'],
  ): Promise<StaffDesk> {
    const input = eventInput(app.clock(), overrides);
    const reply = await staff.agent.post('/api/v1/events').send(input).expect(201);
    const desk = new StaffDesk(app, staff, (reply.body as EventView).id);
    for (const action of actions) await desk.act(action);
    return desk;
  }

  get path(): string {
    return `/api/v1/events/${this.id}`;
  }

  async view(): Promise<EventView> {
    return (await this.#staff.agent.get(this.path).expect(200)).body as EventView;
  }

  async act(action: string): Promise<EventView> {
    const reply = await this.#staff.agent.post(`${this.path}/actions`).send({ action }).expect(200);
    return reply.body as EventView;
  }

  async startRound(number: number): Promise<EventView> {
    const reply = await this.#staff.agent.post(`${this.path}/rounds/${number}/start`).send({}).expect(200);
    return reply.body as EventView;
  }

  async endRound(number: number): Promise<EventView> {
    const reply = await this.#staff.agent.post(`${this.path}/rounds/${number}/end`).send({}).expect(200);
    return reply.body as EventView;
  }

  async checkIn(company: Company): Promise<void> {
    await company.agent.put(`${this.path}/participants/${company.smeId}`).send({ state: 'here' }).expect(200);
  }

  /** An event as a company sees it. */
  async mine(company: Company): Promise<MyEvent> {
    return (await company.agent.get(`${this.path}/mine`).expect(200)).body as MyEvent;
  }

  /** One company asks, the other accepts; answers with the round of their meeting. */
  async agree(one: Company, other: Company, round: number | null = null): Promise<number> {
    const asked = await one.agent
      .post(`${this.path}/requests`)
      .send({ partnerId: other.smeId, round })
      .expect(201);
    const { id } = asked.body as { id: string };
    await other.agent.post(`${this.path}/requests/${id}/answer`).send({ answer: 'accept' }).expect(200);
    const { rounds } = await this.mine(one);
    const found = rounds.find(({ meeting }) => meeting?.partner.id === other.smeId);
    if (!found) throw new Error('They agreed, but have no meeting.');
    return found.number;
  }

  /** Waits until all that follows from what was done is done. */
  settled(): Promise<void> {
    return this.#app.tandem.services.events.settled();
  }
}
