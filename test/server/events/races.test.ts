import { expect } from 'chai';
import type { MeetingView, RequestView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { LiveEvent } from '../../../server/live/protocol.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { connectLive, type LiveClient } from '../../support/matchmaking.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';
import { until } from '../../support/until.ts';

const SMES = 50;

describe('fifty SMEs that agree on meetings all at once', () => {
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  let desk: StaffDesk;
  let phones: LiveClient[];

  before(async function () {
    this.timeout(120_000);
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, SMES);
    desk = await StaffDesk.open(app, staff);
    phones = await Promise.all(people.map((person) => connectLive(app, person)));
  });
  after(async () => {
    for (const phone of phones) phone.close();
    await app.stop();
  });

  const at = (index: number): Company => people[index % SMES] as Company; // made in before()

  /** Each asks the next three; then everybody accepts everything at the same moment. */
  async function stampede(): Promise<number> {
    const asked: { to: Company; id: string }[] = [];
    for (const distance of [1, 2, 3]) {
      const replies = await Promise.all(
        people.map((from, index) =>
          from.agent.post(`${desk.path}/requests`).send({ partnerId: at(index + distance).smeId }),
        ),
      );
      for (const [index, reply] of replies.entries()) {
        if (reply.status === 201)
          asked.push({ to: at(index + distance), id: (reply.body as RequestView).id });
      }
    }
    const answers = await Promise.all(
      asked.map(({ to, id }) =>
        to.agent.post(`${desk.path}/requests/${id}/answer`).send({ answer: 'accept' }),
      ),
    );
    expect(answers.every(({ status }) => status === 200 || status === 409)).to.equal(true);
    return answers.filter(({ status }) => status === 200).length;
  }

  async function allMeetings(): Promise<MeetingView[]> {
    const items: MeetingView[] = [];
    for (let cursor = ''; ;) {
      const reply = await staff.agent.get(`${desk.path}/meetings?limit=100${cursor}`).expect(200);
      const page = reply.body as Page<MeetingView>;
      items.push(...page.items);
      if (page.next === null) return items.filter(({ state }) => state !== 'broken');
      cursor = `&cursor=${page.next}`;
    }
  }

  it('never sit at two tables, never meet twice, and every accepted meeting is there', async function () {
    this.timeout(120_000);
    const accepted = await stampede();
    await desk.settled();
    const meetings = await allMeetings();
    expect(meetings).to.have.length(accepted);
    expect(accepted).to.be.greaterThan(SMES / 2);
    const seats = meetings.flatMap(({ round, a, b }) => [`${round} ${a.id}`, `${round} ${b.id}`]);
    expect(new Set(seats).size).to.equal(seats.length);
    const tables = meetings.map(({ round, table }) => `${round} ${table}`);
    expect(new Set(tables).size).to.equal(tables.length);
    const pairs = meetings.map(({ a, b }) => [a.id, b.id].toSorted().join());
    expect(new Set(pairs).size).to.equal(pairs.length);
  });

  it('are each told of their own meetings, all of them, and of nobody else’s', async function () {
    this.timeout(60_000);
    const expected = await allMeetings();
    const own = (index: number): LiveEvent[] =>
      (phones[index]?.events ?? []).filter(({ kind }) => kind === 'meeting' || kind === 'request');
    for (const [index, { smeId }] of people.entries()) {
      const mine = expected.filter(({ a, b }) => a.id === smeId || b.id === smeId).map(({ id }) => id);
      const told = (): Set<string> =>
        new Set(own(index).flatMap((event) => (event.kind === 'meeting' ? (event.meeting?.id ?? []) : [])));
      await until(() => Promise.resolve(mine.every((id) => told().has(id))));
      expect([...told()].toSorted()).to.deep.equal(mine.toSorted());
      expect(own(index).every((event) => 'smeId' in event && event.smeId === smeId)).to.equal(true);
    }
  });

  it('have numbers without gap or double in what they were sent', () => {
    for (const { events } of phones) {
      const numbers = events.map(({ seq }) => seq);
      expect(numbers).to.deep.equal(numbers.map((_, index) => (numbers[0] ?? 0) + index));
    }
  });
});
