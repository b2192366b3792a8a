import { expect } from 'chai';
import type { Response } from 'supertest';
import { callSchema } from '../../../server/calls/schema.ts';
import { clusterPageSchema, clusterSchema } from '../../../server/clusters/schema.ts';
import { problemSchema } from '../../../server/http/schema.ts';
import { smePageSchema, smeViewSchema, type SmeView } from '../../../server/smes/schema.ts';
import { taxonomySchema } from '../../../server/taxonomy/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

const PROFILE = {
  name: 'Acme Détection SAS',
  country: 'FR',
  city: 'Grenoble',
  solutions: [{ title: 'Smoke detectors', offer: 'They tell smoke from steam.', trl: 7 }],
  group: 'Acme Group',
  projects: ['700199', ' 700199 ', '653642'],
  declaration: { headcount: 12, turnoverEur: 1_500_000, balanceSheetEur: null, date: '2022-01-31' },
  confidential: { contactName: 'Anna Roux', contactEmail: 'anna@acme.example', notes: 'Secret plan' },
};
const CARD_KEYS = [
  'available', 'city', 'clusterId', 'clusterName', 'country', 'demoAnswers', 'headline', 'id', 'name', 'sizeClass', 'trl', 'website',
]; // prettier-ignore
const PUBLIC_KEYS = [
  ...CARD_KEYS, 'languages', 'marketRole', 'needs', 'projects', 'solutions', 'source', 'updatedAt',
]; // prettier-ignore
const OWN_KEYS = [
  'completeness', 'confidential', 'conflicts', 'consortiumBlockers', 'declaration', 'group', 'version',
]; // prettier-ignore

/** Strict schemas: a key that is not listed fails the test. */
const viewOf = (reply: Response): SmeView => smeViewSchema.parse(reply.body);
const pageOf = (reply: Response) => smePageSchema.parse(reply.body);
const ownOf = (view: SmeView): NonNullable<SmeView['own']> => {
  if (!view.own) throw new Error('The reply has no own part.');
  return view.own;
};
const versionIn = (reply: Response): string => String(ownOf(viewOf(reply)).version);

describe('SME and cluster routes', () => {
  let app: TestApp;
  let people: Record<'staff' | 'own' | 'other' | 'itself' | 'anotherSme' | 'demand', SignedIn>;
  let sme: SmeView;

  before(async () => {
    app = await startTestApp();
    const staff = await app.signInAs('staff');
    const own = await app.signInAs('cluster', { clusterId: 'pole-scs' });
    const created = await own.agent.post('/api/v1/smes').send({ clusterId: 'pole-scs', profile: PROFILE });
    expect(created.status).to.equal(201);
    sme = viewOf(created);
    people = {
      staff,
      own,
      other: await app.signInAs('cluster', { clusterId: 'lsec' }),
      itself: await app.signInAs('sme', { smeId: sme.id }),
      anotherSme: await app.signInAs('sme', { smeId: 'another' }),
      demand: await app.signInAs('demand'),
    };
  });
  after(() => app.stop());

  const whole = { ...PROFILE, website: null };
  const agentOf = (who: keyof typeof people) => people[who].agent;

  for (const who of ['staff', 'own', 'itself'] as const) {
    it(`shows the whole profile to ${who}`, async () => {
      const reply = await agentOf(who).get(`/api/v1/smes/${sme.id}`).expect(200);
      const view = viewOf(reply);
      const own = ownOf(view);
      expect(view).to.have.all.keys(...PUBLIC_KEYS, 'own');
      expect(own).to.have.all.keys(...OWN_KEYS);
      expect(own.confidential.contactEmail).to.equal('anna@acme.example');
      expect(view.sizeClass).to.equal('small');
      expect(reply.get('ETag')).to.equal(`"${own.version}"`);
    });
  }

  for (const who of ['other', 'anotherSme', 'demand'] as const) {
    it(`shows only listed, non-confidential fields to ${who}`, async () => {
      const reply = await agentOf(who).get(`/api/v1/smes/${sme.id}`).expect(200);
      const { text } = reply;
      expect(reply.body).to.have.all.keys(...PUBLIC_KEYS);
      expect(viewOf(reply).projects).to.deep.equal(['700199', '653642']);
      for (const secret of ['anna@acme', 'Anna Roux', 'Secret plan', 'Acme Group', '1500000']) {
        expect(text).not.to.contain(secret);
      }
    });
  }

  it('shows cards only in the directory', async () => {
    const reply = await agentOf('demand').get('/api/v1/smes?q=DETECTION').expect(200);
    const { items } = pageOf(reply);
    expect(items).to.have.length(1);
    expect(items[0]).to.have.all.keys(...CARD_KEYS);
    expect(reply.text).not.to.contain('anna@acme');
  });

  it('asks nobody in without an account', async () => {
    for (const path of ['/smes', `/smes/${sme.id}`, '/clusters', '/taxonomy', '/call', '/imports']) {
      await app.agent().get(`/api/v1${path}`).expect(401);
    }
  });

  const rights: readonly [keyof typeof people, number, number, number][] = [
    // who, PUT with the right version, GET members, DELETE
    ['other', 403, 403, 403],
    ['anotherSme', 403, 403, 403],
    ['demand', 403, 403, 403],
    ['itself', 200, 403, 403],
    ['own', 200, 200, 204],
    ['staff', 200, 200, 204],
  ];
  for (const [who, put, members, remove] of rights) {
    it(`answers ${who} with ${put} to a change, ${members} to the members, ${remove} to a withdrawal`, async () => {
      const { agent } = people[who];
      const version = versionIn(await agentOf('staff').get(`/api/v1/smes/${sme.id}`));
      await agent.put(`/api/v1/smes/${sme.id}`).set('If-Match', `"${version}"`).send(whole).expect(put);
      await agent.get('/api/v1/clusters/pole-scs/members').expect(members);
      const profile = { name: `Spare of ${who}`, country: 'FR' };
      const spare = viewOf(
        await agentOf('staff').post('/api/v1/smes').send({ clusterId: 'pole-scs', profile }),
      ).id;
      await agent.delete(`/api/v1/smes/${spare}`).expect(remove);
      await agentOf('staff')
        .get(`/api/v1/smes/${spare}`)
        .expect(remove === 204 ? 404 : 200);
    });
  }

  it('needs the version of a change: 428 without, 412 when stale, 400 when it is none', async () => {
    const { agent } = people.itself;
    const path = `/api/v1/smes/${sme.id}`;
    await agent.put(path).send(whole).expect(428);
    await agent.put(path).set('If-Match', '"soon"').send(whole).expect(400);
    const version = versionIn(await agent.get(path));
    await agent
      .put(path)
      .set('If-Match', `"${version}"`)
      .send({ ...whole, city: 'Lyon' })
      .expect(200);
    const stale = await agent.put(path).set('If-Match', `"${version}"`).send(whole).expect(412);
    expect(problemSchema.parse(stale.body).code).to.equal('changed-meanwhile');
    expect(viewOf(await agent.get(path)).city).to.equal('Lyon');
  });

  it('lets exactly one of many changes made on the same version through', async () => {
    const { agent } = people.staff;
    const path = `/api/v1/smes/${sme.id}`;
    const version = versionIn(await agent.get(path));
    const replies = await Promise.all(
      Array.from({ length: 8 }, (_, i) =>
        agent
          .put(path)
          .set('If-Match', `"${version}"`)
          .send({ ...whole, city: `City ${i}` }),
      ),
    );
    const statuses = replies.map((reply) => reply.status).toSorted();
    expect(statuses).to.deep.equal([200, 412, 412, 412, 412, 412, 412, 412]);
  });

  const faults: readonly [string, object, string][] = [
    ['a term of another facet', { solutions: [{ title: 'x', capabilities: ['uav'] }] }, 'solutions.0.capabilities.0'],
    ['an unknown term', { needs: [{ words: 'x', fields: ['nonsense'] }] }, 'needs.0.fields.0'],
    ['an unknown country', { country: 'XX' }, 'country'],
    ['an unknown language', { languages: ['en', 'qq'] }, 'languages.1'],
    ['a TRL of ten', { solutions: [{ title: 'x', trl: 10 }] }, 'solutions.0.trl'],
    ['a TRL range upside down', { needs: [{ words: 'x', trlMin: 8, trlMax: 5 }] }, 'needs.0.trlMax'],
    ['a conflict with nobody', { conflicts: ['nobody'] }, 'conflicts.0'],
    ['a declaration from the future', { declaration: { headcount: 1, turnoverEur: 1, balanceSheetEur: 1, date: '2999-01-01' } }, 'declaration.date'],
    ['the same id twice', { solutions: [{ id: 's', title: 'x' }, { id: 's', title: 'y' }] }, 'solutions.1.id'],
    ['an unlisted key', { isAdmin: true }, ''],
  ]; // prettier-ignore
  for (const [what, change, field] of faults) {
    it(`refuses ${what}, names the field and changes nothing`, async () => {
      const { agent } = people.itself;
      const path = `/api/v1/smes/${sme.id}`;
      const before = viewOf(await agent.get(path));
      const reply = await agent
        .put(path)
        .set('If-Match', `"${ownOf(before).version}"`)
        .send({ ...whole, ...change });
      expect(reply.status).to.equal(400);
      const fields = problemSchema.parse(reply.body).errors?.map((error) => error.field);
      if (field !== '') expect(fields).to.include(field);
      expect(viewOf(await agent.get(path))).to.deep.equal(before);
    });
  }

  it('refuses a conflict with itself', async () => {
    const { agent } = people.itself;
    const version = versionIn(await agent.get(`/api/v1/smes/${sme.id}`));
    const reply = await agent
      .put(`/api/v1/smes/${sme.id}`)
      .set('If-Match', `"${version}"`)
      .send({ ...whole, conflicts: [sme.id] });
    expect(reply.status).to.equal(400);
  });

  it('erases a withdrawn SME from the conflicts of others, who can still save', async () => {
    const { agent } = people.staff;
    const profile = { name: 'Rival', country: 'BE' };
    const gone = viewOf(await agent.post('/api/v1/smes').send({ clusterId: 'lsec', profile })).id;
    const path = `/api/v1/smes/${sme.id}`;
    const save = async (conflicts: string[]) => {
      const version = versionIn(await agent.get(path));
      return agent
        .put(path)
        .set('If-Match', `"${version}"`)
        .send({ ...whole, conflicts });
    };
    expect(ownOf(viewOf(await save([gone]))).conflicts).to.deep.equal([{ id: gone, name: 'Rival' }]);
    await agent.delete(`/api/v1/smes/${gone}`).expect(204);
    expect(ownOf(viewOf(await agent.get(path))).conflicts).to.deep.equal([]);
    expect((await save([])).status).to.equal(200);
  });

  it('registers members of the own cluster only, and of existing ones', async () => {
    const body = { clusterId: 'pole-scs', profile: { name: 'Somebody', country: 'FR' } };
    await agentOf('other').post('/api/v1/smes').send(body).expect(403);
    await agentOf('itself').post('/api/v1/smes').send(body).expect(403);
    await agentOf('staff')
      .post('/api/v1/smes')
      .send({ ...body, clusterId: 'nowhere' })
      .expect(400);
  });

  it('walks through the directory page by page without loss or repeats', async () => {
    const { agent } = people.staff;
    for (const name of ['Zeta', 'alpha', 'Éta', 'Beta', 'Ωmega']) {
      await agent
        .post('/api/v1/smes')
        .send({ clusterId: 'censec', profile: { name, country: 'DK' } })
        .expect(201);
    }
    for (const sort of ['name', 'country', 'updated']) {
      const seen: string[] = [];
      let next: string | null = '';
      while (next !== null) {
        const cursor: string = next === '' ? '' : `&cursor=${next}`;
        const path = `/api/v1/smes?limit=2&country=DK&sort=${sort}${cursor}`;
        const page = pageOf(await agent.get(path).expect(200));
        seen.push(...page.items.map(({ name }) => name));
        next = page.next;
      }
      expect(seen.toSorted()).to.deep.equal(['Beta', 'Zeta', 'alpha', 'Éta', 'Ωmega']);
    }
  });

  it('takes what somebody searches as text, never as an expression', async () => {
    for (const q of ['.*', '(', '[a', '$ne', '\\', 'a{99999}']) {
      const reply = await agentOf('demand').get('/api/v1/smes').query({ q }).expect(200);
      expect(pageOf(reply).items).to.be.an('array');
    }
    await agentOf('demand').get('/api/v1/smes?cursor=nonsense').expect(400);
    await agentOf('demand').get('/api/v1/smes?limit=1000').expect(400);
  });

  it('adds and changes clusters for staff, and lets a cluster change itself but not its kind', async () => {
    const cluster = { name: 'Demo Cluster', country: 'IT', kind: 'ambassador' };
    await agentOf('own').post('/api/v1/clusters').send(cluster).expect(403);
    const added = await agentOf('staff').post('/api/v1/clusters').send(cluster).expect(201);
    expect(clusterSchema.parse(added.body)).to.include({ ...cluster, members: 0, demo: false });
    await agentOf('staff')
      .post('/api/v1/clusters')
      .send({ ...cluster, name: 'DEMO cluster' })
      .expect(409);
    const self = { name: 'LSEC', country: 'BE', region: 'Leuven', kind: 'consortium-partner' };
    await agentOf('other').put('/api/v1/clusters/lsec').send(self).expect(200);
    await agentOf('other')
      .put('/api/v1/clusters/lsec')
      .send({ ...self, kind: 'ambassador' })
      .expect(403);
    await agentOf('own').put('/api/v1/clusters/lsec').send(self).expect(403);
    await agentOf('staff').put('/api/v1/clusters/nowhere').send(self).expect(404);
    const list = await agentOf('demand').get('/api/v1/clusters?limit=100').expect(200);
    expect(clusterPageSchema.parse(list.body).total).to.equal(8);
  });

  it('gives taxonomy and call to everybody signed in', async () => {
    const reply = await agentOf('demand').get('/api/v1/taxonomy').expect(200);
    const taxonomy = taxonomySchema.parse(reply.body);
    expect(taxonomy.terms).to.have.length(203);
    expect(taxonomy.countries).to.have.length(45);
    const call = await agentOf('demand').get('/api/v1/call').expect(200);
    expect(callSchema.parse(call.body).id).to.equal('securit-2');
  });
});
