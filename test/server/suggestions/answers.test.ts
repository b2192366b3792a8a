import { expect } from 'chai';
import type { AnswerView, ExplanationView, PartnersView } from '../../../server/suggestions/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

describe('partners and answers', () => {
  let app: TestApp;
  let staff: SignedIn;
  let mine: SignedIn;
  let ids: string[];
  const path = (rest: string): string => `/api/v1/smes/${ids[0] ?? ''}${rest}`;
  const partners = async (): Promise<PartnersView> =>
    (await mine.agent.get(path('/partners')).expect(200)).body as PartnersView;
  const partnerIds = async (): Promise<string[]> =>
    (await partners()).partners.map(({ partner }) => partner.id);

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, 8);
    mine = await app.signInAs('sme', { smeId: ids[0] ?? '' });
  });
  after(() => app.stop());

  it('show cards whose contributions add up to the score, best first, none from the same country', async () => {
    const { partners: cards } = await partners();
    expect(cards).not.to.be.empty;
    for (const [at, { rank, score, factors, partner }] of cards.entries()) {
      expect(rank).to.equal(at + 1);
      expect(factors.reduce((sum, { contribution }) => sum + contribution, 0)).to.be.closeTo(score, 1e-9);
      expect(partner.country).not.to.equal('FR');
      expect(score).to.be.at.most(cards[at - 1]?.score ?? 1);
    }
  });

  it('explain a pair with evidence and what stands between it and a consortium', async () => {
    const [first] = await partnerIds();
    const reply = await mine.agent.get(path(`/partners/${first ?? ''}`)).expect(200);
    const { eligible, factors, sme, consortiumBlockers } = reply.body as ExplanationView;
    expect(eligible).to.equal(true);
    const evidence = factors.flatMap((factor) => factor.evidence);
    const registrar = evidence.find(({ field, whose }) => field === 'clusterId' && whose === 'you');
    expect(registrar?.matched, 'clusters by their name').to.deep.equal([sme.clusterName]);
    expect(consortiumBlockers.join()).to.match(/Company 0: .*declar/i);
  });

  it('name each reason against an ineligible pair', async () => {
    const reply = await mine.agent.get(path(`/partners/${ids[6] ?? ''}`)).expect(200);
    const { eligible, refusals } = reply.body as ExplanationView;
    expect(eligible).to.equal(false);
    expect(refusals.map(({ code }) => code)).to.include('same-country');
  });

  it("take a partner off the list with 'not for me' and put it back with undo", async () => {
    const [first] = await partnerIds();
    const body = { partnerId: first, answer: 'not-for-me', reason: 'other', comment: 'We tried in 2021.' };
    await mine.agent.post(path('/answers')).send(body).expect(201);
    await until(async () => !(await partnerIds()).includes(first ?? ''));
    const mineNow = (await mine.agent.get(path('/answers')).expect(200)).body as { items: AnswerView[] };
    expect(mineNow.items.map(({ partner, comment }) => [partner.id, comment])).to.deep.equal([
      [first, 'We tried in 2021.'],
    ]);
    await mine.agent.delete(path(`/answers/${first ?? ''}`)).expect(204);
    await until(async () => (await partnerIds()).includes(first ?? ''));
    await mine.agent.delete(path(`/answers/${first ?? ''}`)).expect(404);
    await mine.agent.get(path('/answers')).expect(200, { items: [] });
  });

  it('refuse answers that make no sense, each with the field, and change nothing', async () => {
    const refused = async (body: object, field: string): Promise<void> => {
      const reply = await mine.agent.post(path('/answers')).send(body).expect(400);
      expect((reply.body as { errors: { field: string }[] }).errors[0]?.field).to.equal(field);
    };
    const answer = { partnerId: ids[1], answer: 'not-for-me', reason: 'competitor' };
    await refused({ ...answer, reason: 'other' }, 'comment');
    await refused({ ...answer, partnerId: ids[0] }, 'partnerId');
    await refused({ ...answer, partnerId: 'nobody' }, 'partnerId');
    await refused({ ...answer, partnerId: { $ne: '' } }, 'partnerId.$ne');
    await refused({ ...answer, reason: 'mood' }, 'reason');
    await mine.agent.get(path('/answers')).expect(200, { items: [] });
  });

  it('are for the SME itself, its cluster and staff', async () => {
    const other = await app.signInAs('sme', { smeId: ids[1] ?? '' });
    const stranger = await app.signInAs('cluster', { clusterId: 'another' });
    const demand = await app.signInAs('demand', { organisation: 'City of Riga' });
    const answer = { partnerId: ids[1], answer: 'not-for-me', reason: 'competitor' };
    for (const { agent } of [other, stranger, demand]) {
      await agent.get(path('/partners')).expect(403);
      await agent.get(path(`/partners/${ids[1] ?? ''}`)).expect(403);
      await agent.get(path('/answers')).expect(403);
      await agent.post(path('/answers')).send(answer).expect(403);
      await agent.delete(path(`/answers/${ids[1] ?? ''}`)).expect(403);
    }
    await staff.agent.get('/api/v1/smes/nobody/partners').expect(404);
  });
});
