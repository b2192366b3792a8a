import { expect } from 'chai';
import type { CommentView, PracticeView } from '../../../server/practices/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

const path = '/api/v1/practices';

describe('good practice', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let other: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    other = await app.signInAs('cluster', { clusterId: 'lsec' });
  });
  after(() => app.stop());

  async function post(fields: Record<string, unknown> = {}): Promise<PracticeView> {
    const body = { post: { title: 'Breakfasts', words: 'They come.', topic: 'events', ...fields } };
    return (await cluster.agent.post(path).send(body).expect(201)).body as PracticeView;
  }
  const total = async (person: SignedIn, query: string): Promise<number> =>
    ((await person.agent.get(`${path}?${query}`).expect(200)).body as { total: number }).total;

  it('is changed and deleted by those who wrote it, with its comments', async () => {
    const made = await post();
    const change = { version: made.version, post: { title: 'Lunches', words: 'They eat.', topic: 'events' } };
    await other.agent.put(`${path}/${made.id}`).send(change).expect(403);
    await cluster.agent.put(`${path}/${made.id}`).send(change).expect(200);
    await cluster.agent.put(`${path}/${made.id}`).send(change).expect(412);
    const said = await other.agent.post(`${path}/${made.id}/comments`).send({ words: 'Nice' }).expect(201);
    const comment = said.body as CommentView;
    await cluster.agent.delete(`${path}/${made.id}/comments/${comment.id}`).expect(403);
    await other.agent.delete(`${path}/${made.id}`).expect(403);
    await cluster.agent.delete(`${path}/${made.id}`).expect(204);
    await other.agent.get(`${path}/${made.id}/comments`).expect(404);
    for (const source of app.tandem.services.audited) {
      if (source.kind.startsWith('practice')) expect((await source.states()).size).to.equal(0);
    }
  });

  it('is hidden by staff with a reason that only its cluster and staff see', async () => {
    const made = await post({ title: 'Secret sauce' });
    const moderate = (person: SignedIn, body: Record<string, unknown>, status: number) =>
      person.agent.put(`${path}/${made.id}/moderation`).send(body).expect(status);
    await moderate(staff, { hidden: true }, 400);
    await moderate(other, { hidden: true, reason: 'No' }, 403);
    await moderate(staff, { hidden: true, reason: 'It names a company.' }, 200);
    await other.agent.get(`${path}/${made.id}`).expect(404);
    expect(await total(other, 'q=sauce')).to.equal(0);
    const own = (await cluster.agent.get(`${path}/${made.id}`).expect(200)).body as PracticeView;
    expect([own.hidden, own.reason]).to.deep.equal([true, 'It names a company.']);
    await moderate(staff, { hidden: false }, 200);
    await other.agent.get(`${path}/${made.id}`).expect(200);
  });

  it('takes links to https only, and is found by words and topic', async () => {
    for (const url of ['http://a.eu', 'javascript:alert(1)', 'ftp://a.eu/file']) {
      const body = { post: { title: 'x', words: 'x', topic: 'other', links: [{ label: 'File', url }] } };
      await cluster.agent.post(path).send(body).expect(400);
    }
    await post({
      title: 'Café talks',
      topic: 'outreach',
      links: [{ label: 'Slides', url: 'https://a.eu/s' }],
    });
    expect(await total(other, 'q=cafe&topic=outreach')).to.equal(1);
    expect(await total(other, 'q=cafe&topic=events')).to.equal(0);
  });

  it('takes a comment once, though the request is sent twice', async () => {
    const { id } = await post({ title: 'Twice' });
    const body = { words: 'Me too', key: 'one-click-two-requests' };
    await Promise.all([
      other.agent.post(`${path}/${id}/comments`).send(body).expect(201),
      other.agent.post(`${path}/${id}/comments`).send(body).expect(201),
    ]);
    const list = await cluster.agent.get(`${path}/${id}/comments`).expect(200);
    expect((list.body as { total: number }).total).to.equal(1);
  });
});
