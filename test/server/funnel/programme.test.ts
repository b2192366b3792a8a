import { expect } from 'chai';
import type TestAgent from 'supertest/lib/agent.js';
import type { AuditCheckView } from '../../../server/audit/schema.ts';
import type { CallRules } from '../../../server/calls/schema.ts';
import { loadCountryLists, loadOpenCall } from '../../../server/calls/calls.ts';
import type { ConsortiumView } from '../../../server/consortia/schema.ts';
import type { Dossier } from '../../../server/dossier/schema.ts';
import type { EligibilityView, RulesPreview } from '../../../server/eligibility/schema.ts';
import type { CallAccess, FunnelView } from '../../../server/funnel/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { OutcomeFile, OutcomeRow } from '../../../server/outcomes/schema.ts';
import { startTestApp, type TestApp } from '../../support/app.ts';
import { smeInput, staff as staffViewer } from '../smes/support.ts';

const { id: _, ...rules } = loadOpenCall();
const declaration = { headcount: 10, turnoverEur: 1e6, balanceSheetEur: 1e6, links: [], date: '2026-01-01' };

describe('a call from its rules to its outcomes, over the API', () => {
  let app: TestApp;
  let staff: TestAgent;
  let consortium: ConsortiumView;
  const smes: Record<string, string> = {};
  const people: Record<string, TestAgent> = {};

  before(async () => {
    app = await startTestApp();
    staff = (await app.signInAs('staff')).agent;
    for (const country of ['FR', 'BE', 'CH', 'GB', 'XK']) {
      const profile = smeInput({
        name: `Company of ${country}`,
        country,
        solutions: [{ title: 'Sensor', offer: 'a sensor that detects intruders', trl: 6 }],
        declaration,
        confidential: { contactName: 'Ada', contactEmail: `ada@${country.toLowerCase()}.example` },
      });
      const cluster = country === 'FR' ? 'pole-scs' : 'lsec';
      smes[country] = (await app.tandem.services.smes.create(staffViewer, cluster, profile)).id;
      people[country] = (await app.signInAs('sme', { smeId: smes[country] ?? '' })).agent;
    }
    people['lsec'] = (await app.signInAs('cluster', { clusterId: 'lsec' })).agent;
    people['demand'] = (await app.signInAs('demand')).agent;
  });
  after(() => app.stop());

  const agent = (who: string): TestAgent => people[who] ?? staff;
  const sme = (country: string): string => smes[country] ?? '';
  const ask = async (who: TestAgent, query: Record<string, string | number>): Promise<EligibilityView> =>
    (await who.get('/api/v1/calls/securit-2/eligibility').query(query).expect(200)).body as EligibilityView;
  const publish = async (change: Partial<CallRules>): Promise<void> => {
    const { rulesVersion } = (await staff.get('/api/v1/calls/securit-2').expect(200)).body as {
      rulesVersion: number;
    };
    const body = { baseVersion: rulesVersion, rules: { ...rules, ...change }, note: 'A test' };
    await staff.put('/api/v1/calls/securit-2/rules').send(body).expect(200);
  };
  const listOf = (id: string): Partial<CallRules> => {
    const found = loadCountryLists().find((one) => one.id === id);
    if (!found) throw new Error(id);
    const { countries, ...countryList } = found;
    return { countries, countryList };
  };

  it('answers for Switzerland, the United Kingdom and Kosovo as the list of the call says, in every version', async () => {
    const answers = async (rulesVersion: number): Promise<string[]> =>
      Promise.all(
        ['CH', 'GB', 'XK'].map(
          async (country) => (await ask(agent(country), { smeId: sme(country), rulesVersion })).answer,
        ),
      );
    await publish(listOf('horizon-europe-2022'));
    await publish(listOf('horizon-2020'));
    await publish(listOf('horizon-2020-securit'));
    expect(await answers(1)).to.deep.equal(['yes', 'yes', 'yes']);
    expect(await answers(2)).to.deep.equal(['no', 'no', 'yes']);
    expect(await answers(3)).to.deep.equal(['yes', 'yes', 'no']);
  });

  it('tells who would come and go before rules are published, and nothing changes', async () => {
    const body = { rules: { ...rules, ...listOf('horizon-europe-2022') } };
    const previewed = await staff.post('/api/v1/calls/securit-2/preview').send(body).expect(200);
    const seen = previewed.body as RulesPreview;
    expect(seen.eligible).to.deep.equal({ before: 5, after: 3 });
    expect(seen.noLongerEligible.smes.map(({ sme: { country } }) => country)).to.deep.equal(['CH', 'GB']);
    expect(seen.kept + seen.lost.count).to.equal(2);
    expect((await ask(agent('CH'), { smeId: sme('CH') })).answer).to.equal('yes');
  });

  it('has the matcher follow new rules', async () => {
    const lists = async (): Promise<number> =>
      ((await staff.get(`/api/v1/smes/${sme('CH')}/partners`).expect(200)).body as { partners: unknown[] })
        .partners.length;
    await app.tandem.services.matchmaking.matcher.callChanged();
    expect(await lists()).to.equal(4);
    await publish(listOf('eu-27'));
    await app.tandem.services.matchmaking.matcher.callChanged();
    expect(await lists()).to.equal(0);
    await publish({ crossBorder: 'bonus' });
    await app.tandem.services.matchmaking.matcher.callChanged();
    expect(await lists()).to.equal(4);
    await publish({});
  });

  it('answers for two, and to nobody about SMEs of others', async () => {
    const two = await ask(agent('FR'), { smeId: sme('FR'), partnerId: sme('BE') });
    expect([two.answer, two.criteria.length]).to.deep.equal(['yes', 14]);
    await agent('FR')
      .get('/api/v1/calls/securit-2/eligibility')
      .query({ smeId: sme('BE') })
      .expect(403);
    await agent('lsec')
      .get('/api/v1/calls/securit-2/eligibility')
      .query({ smeId: sme('FR') })
      .expect(403);
    await agent('demand')
      .get('/api/v1/calls/securit-2/eligibility')
      .query({ smeId: sme('FR') })
      .expect(403);
    await agent('FR')
      .get('/api/v1/calls/securit-2/eligibility')
      .query({ smeId: sme('FR'), rulesVersion: 99 })
      .expect(404);
  });

  it('forms a consortium under the rules as they are, and gives its dossier to each as far as they may see it', async () => {
    const made = await staff
      .post('/api/v1/consortia')
      .send({ a: sme('FR'), b: sme('BE') })
      .expect(201);
    const proposed = made.body as ConsortiumView;
    const [a, b] = await Promise.all(
      [proposed.a.id, proposed.b.id].map((id) => app.tandem.services.smes.get(staffViewer, id)),
    );
    const details = {
      instrumentId: 'prototyping',
      title: 'Quiet fence',
      summary: '=cmd()',
      solutionA: a?.solutions[0]?.id ?? null,
      solutionB: b?.solutions[0]?.id ?? null,
      leadSmeId: proposed.a.id,
    };
    const changed = await staff
      .put(`/api/v1/consortia/${proposed.id}`)
      .send({ version: proposed.version, details })
      .expect(200);
    const { version } = changed.body as ConsortiumView;
    for (const country of ['FR', 'BE']) {
      await agent(country).post(`/api/v1/consortia/${proposed.id}/confirm`).send({ version }).expect(200);
    }
    consortium = (await staff.get(`/api/v1/consortia/${proposed.id}`).expect(200)).body as ConsortiumView;
    expect([consortium.state, consortium.rulesVersion]).to.deep.equal(['formed', 7]);

    const path = `/api/v1/consortia/${consortium.id}/dossier`;
    const known = async (who: TestAgent): Promise<boolean[][]> => {
      const dossier = (await who.get(path).expect(200)).body as Dossier;
      expect(dossier.eligibility.answer).to.equal('yes');
      return dossier.sides
        .toSorted((x, y) => (x.sme.country < y.sme.country ? -1 : 1))
        .map(({ declaration: size, contact }) => [size !== null, contact !== null]);
    };
    expect(await known(staff)).to.deep.equal([
      [true, true],
      [true, true],
    ]);
    expect(await known(agent('BE'))).to.deep.equal([
      [true, true],
      [false, true],
    ]);
    expect(await known(agent('lsec'))).to.deep.equal([
      [true, true],
      [false, false],
    ]);
    await agent('CH').get(path).expect(404);
    const pair = await ask(agent('FR'), { smeId: sme('FR'), partnerId: sme('BE') });
    const alone = await ask(agent('FR'), { smeId: sme('FR') });
    expect([pair.answer, alone.answer]).to.deep.equal(['yes', 'no']);
    const csv = await staff.get(`${path}.csv`).expect(200);
    expect(csv.text).to.include("'=cmd()").and.include('Quiet fence');
  });

  const upload = (text: string, commit = false) =>
    staff
      .post(`/api/v1/calls/securit-2/outcomes/file?commit=${commit}`)
      .set('Content-Type', 'text/csv')
      .send(text);

  it('tells what is wrong in a file of outcomes, row by row, and records nothing', async () => {
    const file = [
      'title,company_a,company_b,outcome,date,grant_eur',
      'QUIET FENCE,Company of BE,Company of FR,won,31/05/2023,lots',
      'Other,Company of BE,Company of FR,submitted,2023-03-14,',
    ].join('\n');
    const checked = (await upload(file).expect(200)).body as OutcomeFile;
    const found = checked.issues.map(({ line, column }) => `${line} ${column ?? ''}`);
    expect(found).to.deep.equal(['2 outcome', '2 date', '2 grant_eur', '3 title']);
    await upload(file, true).expect(409);
    await upload('outcome\nsubmitted', true).expect(409);
    await upload('', true).expect(400);
    const listed = await staff.get('/api/v1/calls/securit-2/outcomes').expect(200);
    expect((listed.body as Page<OutcomeRow>).items[0]?.outcome).to.equal(null);
  });

  it('records a file once, however often it is sent, finding the consortium by title and companies', async () => {
    const file =
      'Title,Company A,Company B,Outcome,Date\nquiet fence,Company of FR,Company of BE,Submitted,2023-03-14';
    expect((await upload(file).expect(200)).body).to.include({ committed: false, changes: 1 });
    expect((await upload(file, true).expect(200)).body).to.include({ committed: true, changes: 1 });
    expect((await upload(file, true).expect(200)).body).to.include({ changes: 0, unchanged: 1 });
    const listed = async (query: { state?: string; sort?: string }): Promise<string[]> => {
      const reply = await staff.get('/api/v1/calls/securit-2/outcomes').query(query).expect(200);
      return (reply.body as Page<OutcomeRow>).items.map(({ consortiumId }) => consortiumId);
    };
    expect(await listed({ state: 'submitted' })).to.deep.equal([consortium.id]);
    expect(await listed({ state: 'none' })).not.to.include(consortium.id);
    expect(await listed({ state: 'selected' })).to.deep.equal([]);
    expect(await listed({ sort: 'oldest' })).to.deep.equal((await listed({})).toReversed());
    await staff.get('/api/v1/calls/securit-2/outcomes').query({ state: 'won' }).expect(400);
  });

  it('asks why an outcome is corrected, keeps to the ceiling, and lets one of two at once through', async () => {
    const path = `/api/v1/consortia/${consortium.id}/outcome`;
    const outcome = { version: 1, state: 'in-programme', date: '2023-06-01', grantEur: 74_000 };
    await staff
      .put(path)
      .send({ ...outcome, grantEur: 74_001 })
      .expect(400);
    await agent('FR').put(path).send(outcome).expect(403);
    const both = await Promise.all([
      staff.put(path).send(outcome),
      staff.put(path).send({ ...outcome, grantEur: 70_000 }),
    ]);
    expect(both.map(({ status }) => status).toSorted()).to.deep.equal([200, 412]);
    const back = { version: 2, state: 'selected', date: '2023-06-02' };
    await staff.put(path).send(back).expect(400);
    await staff
      .put(path)
      .send({ ...back, reason: 'Typed in the wrong row' })
      .expect(200);
    await staff
      .put(path)
      .send({ ...outcome, version: 3 })
      .expect(200);
  });

  it('shows the outcome to the two SMEs and staff, and to no cluster', async () => {
    const seen = async (who: TestAgent): Promise<unknown> =>
      ((await who.get(`/api/v1/consortia/${consortium.id}`).expect(200)).body as ConsortiumView).outcome
        ?.state;
    expect(await seen(staff)).to.equal('in-programme');
    expect(await seen(agent('FR'))).to.equal('in-programme');
    expect(await seen(agent('lsec'))).to.equal(undefined);
  });

  it('names in the results for reports only who agreed to be named', async () => {
    const results = async (): Promise<string> =>
      (await staff.get('/api/v1/calls/securit-2/results.csv').expect(200)).text;
    const answer = (country: string, state: string) =>
      agent(country)
        .put('/api/v1/privacy/consents/named-results')
        .send({ state, textVersion: 1 })
        .expect(200);
    expect(await results())
      .to.include('in-programme')
      .and.not.include('Company of')
      .and.not.include(consortium.details.title);
    await answer('FR', 'given');
    expect(await results())
      .to.include('Company of FR')
      .and.not.include('Company of BE')
      .and.not.include(consortium.details.title);
    await answer('BE', 'given');
    expect(await results()).to.include(consortium.details.title);
    await answer('FR', 'withdrawn');
    expect(await results()).to.not.include('Company of FR');
    await agent('lsec').get('/api/v1/calls/securit-2/results.csv').expect(403);
    await staff.get('/api/v1/calls/none/results.csv').expect(404);
  });

  const funnelOf = async (who: TestAgent, query: object = {}): Promise<FunnelView> =>
    (await who.get('/api/v1/funnel').query(query).expect(200)).body as FunnelView;

  it('counts the way to the programme for staff, and to the consortium for a cluster', async () => {
    const whole = await funnelOf(staff, { callId: 'securit-2' });
    expect(Object.fromEntries(whole.stages.map(({ stage, smes: count }) => [stage, count]))).to.include({
      registered: 5,
      intent: 2,
      consortium: 2,
      'in-programme': 2,
    });
    expect(whole.stages.at(-1)?.projects).to.equal(1);
    expect(whole.money).to.include({ committedEur: 74_000, assumed: 0 });
    const own = await funnelOf(agent('lsec'));
    expect(own.stages.map(({ stage }) => stage).at(-1)).to.equal('consortium');
    expect([own.stages[0]?.smes, own.money, own.targets]).to.deep.equal([4, null, null]);
    expect(own.groups.country.every(({ counts }) => counts.length === 5)).to.equal(true);
    await agent('lsec').get('/api/v1/funnel').query({ clusterId: 'pole-scs' }).expect(403);
    await agent('FR').get('/api/v1/funnel').expect(403);
    expect((await funnelOf(staff)).targets?.stages.registered?.smes).to.equal(1_000);
    const csv = await staff.get('/api/v1/funnel.csv').expect(200);
    expect(csv.text.split('\r\n')[1]).to.equal('all,smes,,5,3,0,2,2,2,2,2,2');
  });

  it('tells success by group, and follows it day by day', async () => {
    await app.tandem.services.matchmaking.jobs.runNow('funnel-snapshot');
    const access = (await staff.get('/api/v1/calls/securit-2/access').expect(200)).body as CallAccess;
    const france = access.groups.country.find(({ key }) => key === 'FR');
    expect([access.success, france?.success]).to.deep.equal([0.4, 1]);
    await agent('lsec').get('/api/v1/calls/securit-2/access').expect(403);
  });

  it('forms no consortium for a call that is closed', async () => {
    const { version } = (await staff.get('/api/v1/calls/securit-2')).body as { version: number };
    await staff.post('/api/v1/calls/securit-2/state').send({ version, to: 'closed' }).expect(200);
    expect((await ask(agent('CH'), { smeId: sme('CH') })).answer).to.equal('no');
    const made = await staff
      .post('/api/v1/consortia')
      .send({ a: sme('CH'), b: sme('GB') })
      .expect(201);
    expect((made.body as ConsortiumView).blockers[0]).to.include('not open any more');
  });

  it('leaves a log that leads to what is stored', async () => {
    const checked = (await staff.post('/api/v1/audit/checks').send({}).expect(200)).body as AuditCheckView;
    expect(checked.differences).to.deep.equal([]);
    expect(checked.sound).to.equal(true);
  });
});
