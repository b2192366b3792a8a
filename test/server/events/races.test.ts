import { expect } from 'chai';
import fc from 'fast-check';
import type { MeetingView, RequestView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { meetingFaults } from '../../../scripts/demo/event-audit.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';
import { connectLive, type LiveClient } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';
import { deeds, newModel, type Model } from './event-model.ts';

const timetable = (app: TestApp, rounds: number) => ({
  startsAt: app.clock().toISOString(),
  rounds,
  roundMinutes: 20,
  breakMinutes: 5,
  longBreaks: [],
});

describe('two hundred clients at once', function () {
  this.timeout(180_000);
  // A multiple of the six countries that companies() deals out, so that neighbours are never of one.
  const CLIENTS = 204;
  const ROUNDS = 3;
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index % CLIENTS] as Company; // made in before()

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, CLIENTS);
  });
  after(() => app.stop());

  it('accept and withdraw what overlaps: each meeting that was promised stands, nobody sits at two tables', async () => {
    const desk = await StaffDesk.open(app, staff, { timetable: timetable(app, ROUNDS) });
    const asked = await Promise.all(
      people.flatMap((from, index) =>
        // Neighbours and neighbours' neighbours, all for the same few rounds: far more than there is room for.
        [1, 2].map(async (step) => {
          const to = at(index + step);
          const body = { partnerId: to.smeId, round: 1 + ((index + step) % ROUNDS) };
          const reply = await from.agent.post(`${desk.path}/requests`).send(body).expect(201);
          return { id: (reply.body as RequestView).id, from, to };
        }),
      ),
    );
    const answer = (who: Company, id: string, body: object) =>
      who.agent.post(`${desk.path}/requests/${id}/answer`).send(body);
    const outcomes = await Promise.all(
      asked.map(async ({ id, from, to }, index) => {
        const [accepted, withdrawn] = await Promise.all([
          answer(to, id, { answer: 'accept' }),
          index % 5 === 0 ? answer(from, id, { answer: 'withdraw' }) : null,
        ]);
        expect(accepted.status).to.be.oneOf([200, 409]);
        // One of the two answers counts.
        if (withdrawn)
          expect(
            [accepted.status, withdrawn.status].filter((status) => status === 200),
          ).to.have.length.at.most(1);
        return { pair: [from.smeId, to.smeId].toSorted().join(' '), isAccepted: accepted.status === 200 };
      }),
    );
    await desk.settled();
    const meetings: MeetingView[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const page = (await staff.agent.get(`${desk.path}/meetings?limit=100${query}`).expect(200))
        .body as Page<MeetingView>;
      meetings.push(...page.items);
      cursor = page.next;
    }
    expect(meetingFaults(meetings)).to.deep.equal([]);
    const promised = outcomes.filter(({ isAccepted }) => isAccepted).map(({ pair }) => pair);
    expect(promised.length).to.be.greaterThan(CLIENTS / 4);
    expect(meetings.map(({ a, b }) => [a.id, b.id].toSorted().join(' ')).toSorted()).to.deep.equal(
      promised.toSorted(),
    );
  });
});

describe('a whole event against a model', function () {
  this.timeout(120_000);
  const SMES = 5;
  const ROUNDS = 3;
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  let windows: LiveClient[];

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    people = await companies(app, staff, SMES);
    windows = await Promise.all(people.map((company) => connectLive(app, company)));
  });
  after(async () => {
    for (const window of windows) window.close();
    await app.stop();
  });

  /** Every window shows the meetings and requests that the server has, and was sent each event once, in order. */
  async function expectConverged(desk: StaffDesk, model: Model): Promise<void> {
    for (const [index, company] of people.entries()) {
      const { events } = windows[index] as LiveClient; // one for each
      const { rounds, requests, presence } = await desk.mine(company);
      expect(presence).to.equal(model.presence[index]);
      for (const { number, meeting } of rounds) {
        const stands = meeting?.state === 'broken' ? null : (meeting?.partner.id ?? null);
        await until(() => {
          const told = events.findLast(
            (event) => event.kind === 'meeting' && event.eventId === desk.id && event.round === number,
          );
          return told?.kind !== 'meeting' || (told.meeting?.partner.id ?? null) === stands;
        });
      }
      for (const { id, state } of requests) {
        expect(model.requests.find((one) => one.id === id)?.state).to.equal(state);
        await until(() => {
          const told = events.findLast((event) => event.kind === 'request' && event.request?.id === id);
          return told?.kind === 'request' && told.request?.state === state;
        });
      }
      const first = events[0]?.seq ?? 1;
      expect(events.map(({ seq }) => seq)).to.deep.equal(events.map((_, offset) => first + offset));
    }
  }

  it('agrees after every sequence of deeds, and every window with the server', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.commands(deeds(SMES, ROUNDS), { maxCommands: 40, size: '+1' }),
        async (sequence) => {
          const desk = await StaffDesk.open(app, staff, { timetable: timetable(app, ROUNDS) });
          const model = newModel(SMES);
          await fc.asyncModelRun(() => ({ model, real: { desk, staff, people } }), sequence);
          await expectConverged(desk, model);
          await desk.act('end');
        },
      ),
      { numRuns: 12, interruptAfterTimeLimit: 15_000, endOnFailure: true },
    );
  });
});
