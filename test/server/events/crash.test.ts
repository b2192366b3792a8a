import { expect } from 'chai';
import type { RequestView } from '../../../server/events/schema.ts';
import { draftModel, requestModel, type DraftRecord } from '../../../server/events/model.ts';
import { PlanStore } from '../../../server/events/plan/store.ts';
import { EMPTY_PLAN, meetingOfPair, roundOf, withMeetings } from '../../../server/events/plan/plan.ts';
import type { CatchUpReply, LiveEvent } from '../../../server/live/protocol.ts';
import { newId } from '../../../server/storage/ids.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../../support/app.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

/*
 * What a crash can leave half done, written into the database as it would be left; then the server starts on it.
 */
describe('an event after a crash', function () {
  this.timeout(60_000);
  let storage: TestStorage;
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];
  const at = (index: number): Company => people[index] as Company; // made in before()

  before(async () => {
    storage = await startTestStorage();
    app = await startTestApp({ storage });
    staff = await app.signInAs('staff');
    people = await companies(app, staff, 4);
  });
  after(async () => {
    await app.stop();
    await storage.stop();
  });

  /** Another process on the same database; everybody signs in again. */
  async function restart(): Promise<void> {
    await app.stop();
    app = await startTestApp({ storage });
    for (const person of [staff, ...people]) {
      person.agent = app.agent();
      await person.agent
        .post('/api/v1/session')
        .send({ email: person.email, password: TEST_PASSWORD })
        .expect(200);
    }
  }

  const eventsOf = async (who: Company, desk: StaffDesk): Promise<LiveEvent[]> => {
    const { events } = (await who.agent.get('/api/v1/live/events?since=0').expect(200)).body as CatchUpReply;
    return events.filter((event) => 'eventId' in event && event.eventId === desk.id);
  };
  const planOf = (desk: StaffDesk) => new PlanStore(storage.storage.connection, app.clock).read(desk.id);
  const ask = async (desk: StaffDesk, from: Company, to: Company, round: number): Promise<string> => {
    const reply = await from.agent
      .post(`${desk.path}/requests`)
      .send({ partnerId: to.smeId, round })
      .expect(201);
    return (reply.body as RequestView).id;
  };
  /** As it is between 'accepted' and the write of the plan. */
  const acceptWithoutClaim = (id: string): Promise<unknown> =>
    requestModel(storage.storage.connection)
      .updateOne(
        { _id: id },
        { $set: { state: 'accepted', settled: false, meetingId: newId(), version: 2, untold: true } },
      )
      .exec();

  it('tells what was written and not told; of two that were to be told, the one that was told hears it once', async () => {
    const desk = await StaffDesk.open(app, staff);
    const [a = '', b = ''] = [at(0).smeId, at(1).smeId].toSorted();
    const base = {
      table: 1,
      score: 1,
      origin: 'agreed',
      pinned: true,
      state: 'planned',
      sequence: 0,
      absent: null,
    } as const;
    const plans = new PlanStore(storage.storage.connection, app.clock);
    const { news } = await plans.change(desk.id, 10, () => ({
      rounds: [withMeetings(roundOf(EMPTY_PLAN, 1), [{ ...base, id: newId(), a, b }])],
      cause: { change: 'agreed', about: null },
    }));
    const [first] = news?.meetings ?? [];
    if (!news || !first) throw new Error('The plan had no news.');
    const told = people.find(({ smeId }) => smeId === first.smeId) as Company;
    await app.tandem.services.matchmaking.live.notify(
      [told.accountId],
      { kind: 'meeting', eventId: desk.id, ...first },
      `meeting:${desk.id}:${news.version}:${first.smeId}:1`,
    );
    await restart();
    await restart();
    for (const who of [at(0), at(1)]) {
      const meetings = (await eventsOf(who, desk)).filter(({ kind }) => kind === 'meeting');
      expect(meetings).to.have.length(1);
    }
    expect(await plans.untold()).to.deep.equal([]);
  });

  it('finishes an acceptance that was cut off before its meeting was in the plan', async () => {
    const desk = await StaffDesk.open(app, staff);
    const id = await ask(desk, at(0), at(1), 2);
    await acceptWithoutClaim(id);
    await restart();
    const { rounds, requests } = await desk.mine(at(0));
    expect(rounds[1]?.meeting?.partner.id).to.equal(at(1).smeId);
    expect(requests[0]).to.include({ id, state: 'accepted' });
    const kinds = (await eventsOf(at(1), desk)).map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'meeting')).to.have.length(1);
  });

  it('leaves an acceptance alone whose meeting is in the plan already, under the name that it had before', async () => {
    const desk = await StaffDesk.open(app, staff);
    await desk.agree(at(0), at(1), 1);
    const id = (await desk.mine(at(0))).requests[0]?.id ?? '';
    const before = meetingOfPair(await planOf(desk), at(0).smeId, at(1).smeId);
    await acceptWithoutClaim(id);
    await restart();
    expect(meetingOfPair(await planOf(desk), at(0).smeId, at(1).smeId)).to.deep.equal(before);
    expect((await desk.mine(at(0))).requests[0]?.state).to.equal('accepted');
  });

  it('opens an acceptance again for which there is no place any more', async () => {
    const desk = await StaffDesk.open(app, staff);
    const id = await ask(desk, at(0), at(1), 1);
    await desk.agree(at(1), at(2), 1);
    await acceptWithoutClaim(id);
    await restart();
    expect((await desk.mine(at(0))).requests[0]).to.include({ id, state: 'pending' });
    // The two may ask each other as before: once.
    await at(1)
      .agent.post(`${desk.path}/requests`)
      .send({ partnerId: at(0).smeId })
      .expect(409);
  });

  it('removes a draft that was published, and keeps one that was not', async () => {
    const desk = await StaffDesk.open(app, staff);
    const drafts = draftModel(storage.storage.connection);
    const draft = (await staff.agent.post(`${desk.path}/plan`).send({}).expect(200)).body as {
      version: number;
    };
    const kept = await drafts.findById(desk.id).lean<DraftRecord>().exec();
    await staff.agent.post(`${desk.path}/plan/publish`).send({ version: draft.version }).expect(200);
    if (kept) await drafts.create(kept);
    await restart();
    await staff.agent.get(`${desk.path}/plan`).expect(404);
    app.clock.advance(1_000);
    await staff.agent.post(`${desk.path}/plan`).send({}).expect(200);
    await restart();
    await staff.agent.get(`${desk.path}/plan`).expect(200);
  });
});
