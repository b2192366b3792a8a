import { expect } from 'chai';
import type { Coverage, CoverageCountry } from '../../../server/coverage/schema.ts';
import { smeModel } from '../../../server/smes/model.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

describe('coverage over the API', () => {
  let app: TestApp;
  let staff: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
  });
  after(() => app.stop());

  const read = async (query: Record<string, string> = {}) =>
    (await staff.agent.get('/api/v1/coverage').query(query).expect(200)).body as Coverage;
  const rowOf = async (code: string) => (await read()).countries.find(({ country }) => country === code);
  async function register(profile: Record<string, unknown>): Promise<string> {
    const made = await staff.agent.post('/api/v1/smes').send({ clusterId: 'lsec', profile }).expect(201);
    return (made.body as { id: string }).id;
  }

  it('follows each registration, change and withdrawal', async () => {
    expect(await rowOf('GR')).to.include({ smes: 0, gap: 'neither', widening: false });
    const id = await register({ name: 'Athena', country: 'GR' });
    expect(await rowOf('GR')).to.include({ smes: 1, smesWithoutCluster: 0, offers: 0 });
    const solutions = [{ title: 'Sonar', offer: 'Sonar for harbours', trl: 7 }];
    const profile = { name: 'Athena', country: 'GR', solutions };
    await staff.agent.put(`/api/v1/smes/${id}`).set('If-Match', '"1"').send(profile).expect(200);
    expect(await rowOf('GR')).to.include({ smes: 1, offers: 1 });
    await staff.agent.delete(`/api/v1/smes/${id}`).expect(204);
    expect(await rowOf('GR')).to.include({ smes: 0, gap: 'neither' });
  });

  it('tells of a country its regions and the towns of SMEs without a cluster', async () => {
    const id = await register({ name: 'Alone', country: 'BE', city: 'Ghent' });
    await smeModel(app.storage.storage.connection)
      .updateOne({ _id: id }, { $set: { clusterId: null, updatedAt: app.clock() } })
      .exec();
    const seen = await staff.agent.get('/api/v1/coverage/countries/be').expect(200);
    const { regions, towns } = seen.body as CoverageCountry;
    expect(regions.map(({ region }) => region)).to.deep.equal(['Flanders']);
    expect(towns).to.deep.equal([{ town: 'Ghent', smes: 1 }]);
    await staff.agent.get('/api/v1/coverage/countries/JP').expect(404);
  });

  it('is for staff and clusters, refuses terms that there are not, and comes as CSV and JSON', async () => {
    const cluster = await app.signInAs('cluster', { clusterId: 'lsec' });
    const sme = await app.signInAs('sme', { smeId: 'some' });
    await cluster.agent.get('/api/v1/coverage').expect(200);
    await sme.agent.get('/api/v1/coverage').expect(403);
    await staff.agent.get('/api/v1/coverage').query({ capability: 'no-such-term' }).expect(400);
    const csv = await cluster.agent.get('/api/v1/coverage/coverage.csv').expect(200);
    expect(csv.text.split('\r\n')[0]).to.match(/^\uFEFFcountry_code,country,widening/);
    expect(csv.text.trim().split('\r\n')).to.have.length(1 + (await read()).countries.length);
    const json = await staff.agent.get('/api/v1/coverage/coverage.json').expect(200);
    expect(json.body).to.deep.equal(await read());
  });
});
