import { expect } from 'chai';
import type { DraftView } from '../../../server/events/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { planRunModel } from '../../../server/runs/model.ts';
import type { PlanRunView, Repetition } from '../../../server/runs/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { companies, StaffDesk, type Company } from '../../support/event.ts';

describe('the recorded plans of events', function () {
  this.timeout(60_000);
  let app: TestApp;
  let staff: SignedIn;
  let people: Company[];

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Anna' });
    people = await companies(app, staff, 8);
  });
  after(() => app.stop());

  const draft = async (desk: StaffDesk): Promise<DraftView> =>
    (await staff.agent.post(`${desk.path}/plan`).send({}).expect(200)).body as DraftView;
  const runsOf = async (desk: StaffDesk): Promise<PlanRunView[]> =>
    ((await staff.agent.get(`/api/v1/plan-runs?eventId=${desk.id}`).expect(200)).body as Page<PlanRunView>)
      .items;
  const repeat = async (id: string, status = 200): Promise<Repetition> =>
    (await staff.agent.post(`/api/v1/plan-runs/${id}/replay`).send({}).expect(status)).body as Repetition;

  it('say what each was made from and what came of it, and which of them was published', async () => {
    const desk = await StaffDesk.open(app, staff);
    await draft(desk);
    app.clock.advance(1_000);
    const { version, meetings, total } = await draft(desk);
    const published = await staff.agent.post(`${desk.path}/plan/publish`).send({ version }).expect(200);
    const [newest, first, ...others] = await runsOf(desk);
    expect(others).to.deep.equal([]);
    expect(newest).to.include({ by: 'Anna', meetings, total, seed: null, smes: 8, repeated: null });
    expect(newest?.planVersion).to.be.a('number');
    expect(first?.planVersion).to.equal(null);
    expect(newest?.inputHash).to.match(/^[0-9a-f]{64}$/);
    expect(newest?.rounds).to.have.length((published.body as { rounds: unknown[] }).rounds.length);
  });

  it('come out the same to the byte when they are made again, also after pool and event have changed', async () => {
    const desk = await StaffDesk.open(app, staff);
    const { version } = await draft(desk);
    await staff.agent.post(`${desk.path}/plan/publish`).send({ version }).expect(200);
    const [run] = await runsOf(desk);
    await staff.agent
      .post(`/api/v1/smes/${people[0]?.smeId ?? ''}/answers`)
      .send({ partnerId: people[1]?.smeId, answer: 'not-for-me', reason: 'competitor' })
      .expect(201);
    await desk.settled();
    const repeated = await repeat(run?.id ?? '');
    expect(repeated).to.deep.include({ same: true, differences: [], by: 'Anna' });
    expect(repeated.resultHash).to.equal(run?.resultHash);
    expect((await runsOf(desk))[0]?.repeated).to.deep.equal(repeated);
  });

  it('say how much differs where the record is not what the engine makes of its inputs', async () => {
    const desk = await StaffDesk.open(app, staff);
    await draft(desk);
    const [run] = await runsOf(desk);
    const records = planRunModel(app.storage.storage.connection);
    const _id = run?.id ?? '';
    const record = await records.findById(_id).lean().exec();
    const [[round, table, a] = [1, 1, '', ''], ...rest] = record?.meetings ?? [];
    await records
      .updateOne({ _id }, { $set: { resultHash: '0', meetings: [[round, table, a, 'X'], ...rest] } })
      .exec();
    const count = rest.length + 1;
    expect((await repeat(_id)).differences).to.deep.equal([
      `Of ${count} meetings ${count - 1} are the same; now there are ${count}.`,
    ]);
  });

  it('cannot be made again without a profile that was erased, and are for staff alone', async () => {
    const desk = await StaffDesk.open(app, staff);
    await draft(desk);
    const [run] = await runsOf(desk);
    const sme = await app.signInAs('sme', { smeId: people[0]?.smeId ?? '' });
    await sme.agent.get('/api/v1/plan-runs').expect(403);
    await sme.agent
      .post(`/api/v1/plan-runs/${run?.id ?? ''}/replay`)
      .send({})
      .expect(403);
    await repeat('no-such-run', 404);
    await staff.agent.delete(`/api/v1/smes/${people.at(-1)?.smeId ?? ''}`).expect(204);
    expect(await repeat(run?.id ?? '', 409)).to.deep.include({ code: 'inputs-erased' });
  });

  it('are forgotten after ninety days with what only they were made from', async () => {
    const desk = await StaffDesk.open(app, staff);
    await draft(desk);
    app.clock.advance(91 * 86_400_000);
    const { inputs } = await app.tandem.services.matchmaking.runs.forgetOld();
    expect(inputs).to.be.greaterThan(0);
    expect(await planRunModel(app.storage.storage.connection).countDocuments().exec()).to.equal(0);
  });
});
