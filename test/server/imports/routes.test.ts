import { request } from 'node:http';
import { expect } from 'chai';
import type { Response } from 'supertest';
import { problemSchema, type Problem } from '../../../server/http/schema.ts';
import {
  importPageSchema,
  importRowPageSchema,
  importSchema,
  type ImportView,
} from '../../../server/imports/schema.ts';
import { smePageSchema } from '../../../server/smes/schema.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../../support/app.ts';
import { until } from '../../support/until.ts';

const GOOD = 'name,country,solution_text\nAcme Security,FR,Detectors\nBeta Systems,el,Sensors\n';
const importOf = (reply: Response): ImportView => importSchema.parse(reply.body);
const problemOf = (reply: Response): Problem => problemSchema.parse(reply.body);

describe('import routes', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let other: SignedIn;

  beforeEach(async () => {
    app = await startTestApp({ env: { CSV_MAX_BYTES: '100000' } });
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'pole-scs' });
    other = await app.signInAs('cluster', { clusterId: 'lsec' });
  });
  afterEach(() => app.stop());

  const upload = (who: SignedIn, body: string | Buffer, query = '') =>
    who.agent.post(`/api/v1/imports${query}`).set('Content-Type', 'text/csv').send(body);
  const total = async () => smePageSchema.parse((await staff.agent.get('/api/v1/smes')).body).total;

  it('checks a file, shows its rows, then registers them', async () => {
    const checked = importOf(await upload(cluster, GOOD, '?fileName=members.csv').expect(201));
    expect(checked).to.include({ state: 'checked', fileName: 'members.csv', clusterId: 'pole-scs' });
    expect(await total()).to.equal(0);
    const rows = importRowPageSchema.parse(
      (await cluster.agent.get(`/api/v1/imports/${checked.id}/rows`)).body,
    );
    expect(rows.items.map(({ country }) => country)).to.deep.equal(['FR', 'GR']);

    await cluster.agent.post(`/api/v1/imports/${checked.id}/commit`).send({}).expect(202);
    const read = async () => importOf(await cluster.agent.get(`/api/v1/imports/${checked.id}`).expect(200));
    await until(async () => (await read()).state === 'committed');
    expect((await read()).rows.created).to.equal(2);
    expect(await total()).to.equal(2);
    await cluster.agent.post(`/api/v1/imports/${checked.id}/commit`).send({}).expect(409);
    await cluster.agent.post(`/api/v1/imports/${checked.id}/cancel`).expect(409);
  });

  it('names line, column, value and what is allowed for each refused row', async () => {
    const text =
      'name,country,solution_title,solution_trl\nAcme,FR,x,ten\n=1+1,FR,x,7\nBeta,Nowhereland,,\nGamma,DE,,\n';
    const checked = importOf(await upload(staff, text).expect(201));
    expect(checked.rows).to.include({ accepted: 1, refused: 3 });
    const reply = await staff.agent.get(`/api/v1/imports/${checked.id}/rows?outcome=refused`);
    const issues = importRowPageSchema.parse(reply.body).items.flatMap((row) => row.issues);
    expect(issues.map(({ line, column, value }) => [line, column, value])).to.deep.equal([
      [2, 'solution_trl', 'ten'],
      [3, 'name', '=1+1'],
      [4, 'country', 'Nowhereland'],
    ]);
    for (const issue of issues) expect(issue.allowed).not.to.equal('');
  });

  it('is for staff and clusters, each cluster for itself', async () => {
    const sme = await app.signInAs('sme', { smeId: 'some' });
    const demand = await app.signInAs('demand');
    await upload(sme, GOOD).expect(403);
    await upload(demand, GOOD).expect(403);
    await app.agent().post('/api/v1/imports').set('Content-Type', 'text/csv').send(GOOD).expect(401);
    await upload(other, GOOD, '?clusterId=pole-scs').expect(403);
    await upload(staff, GOOD, '?clusterId=nowhere').expect(400);
    const { id } = importOf(await upload(cluster, GOOD).expect(201));
    for (const path of [`/imports/${id}`, `/imports/${id}/rows`]) {
      await other.agent.get(`/api/v1${path}`).expect(404);
      await staff.agent.get(`/api/v1${path}`).expect(200);
    }
    await other.agent.post(`/api/v1/imports/${id}/commit`).send({}).expect(404);
    await other.agent.post(`/api/v1/imports/${id}/cancel`).expect(404);
    expect(importPageSchema.parse((await other.agent.get('/api/v1/imports')).body).items).to.deep.equal([]);
    await cluster.agent.post(`/api/v1/imports/${id}/cancel`).expect(200);
    expect(await total()).to.equal(0);
  });

  it('answers broken files with 400 and says why, other media types with 415', async () => {
    const reply = await upload(staff, 'name,country\n"open,FR\n').expect(400);
    expect(problemOf(reply)).to.include({ code: 'import-refused' });
    expect(problemOf(reply).detail).to.contain('never closed');
    await upload(staff, '').expect(400);
    const { agent } = staff;
    await agent.post('/api/v1/imports').set('Content-Type', 'application/json').send('{}').expect(415);
    await agent.post('/api/v1/imports').set('Content-Type', 'text/plain').send(GOOD).expect(415);
    expect(await total()).to.equal(0);
  });

  it('answers 413 as soon as the limit is passed, while the sender is still sending', async () => {
    const session = await staff.agent.get('/api/v1/session');
    expect(session.status).to.equal(200);
    const row = Buffer.from('Acme Security,FR\n'.repeat(1_000));
    const reply = await upload(
      staff,
      Buffer.concat([Buffer.from('name,country\n'), ...Array<Buffer>(40).fill(row)]),
    );
    expect(reply.status).to.equal(413);
    expect(problemOf(reply).detail).to.contain('at most 0.1 MiB');
    expect(await total()).to.equal(0);
    await staff.agent.get('/api/v1/session').expect(200);
  });

  it('forgets an upload whose sender went away', async () => {
    const signedIn = await fetch(new URL('/api/v1/session', app.url), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'Sec-Fetch-Site': 'same-origin' },
      body: JSON.stringify({ email: staff.email, password: TEST_PASSWORD }),
    });
    const cookies = signedIn.headers.getSetCookie().map((cookie) => cookie.split(';', 1)[0] ?? '');
    const url = new URL('/api/v1/imports', app.url);
    const headers = {
      'Content-Type': 'text/csv',
      'Sec-Fetch-Site': 'same-origin',
      Cookie: cookies.join('; '),
    };
    const sending = request(url, { method: 'POST', headers });
    sending.on('error', () => undefined);
    sending.write('name,country\nAcme,FR\n');
    const states = async () =>
      importPageSchema.parse((await staff.agent.get('/api/v1/imports')).body).items.map(({ state }) => state);
    await until(async () => (await states()).includes('checking'));
    sending.destroy();
    await until(async () => (await states()).includes('failed'));
    expect(await total()).to.equal(0);
  });

  it('gives a template that it takes back', async () => {
    const { text } = await cluster.agent.get('/api/v1/imports/template.csv').expect(200);
    const row = `${text.trim()}\nAcme,FR${','.repeat(text.split(',').length - 2)}\n`;
    expect(importOf(await upload(cluster, row).expect(201)).rows.accepted).to.equal(1);
  });
});
