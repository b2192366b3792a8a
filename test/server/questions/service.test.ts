import { expect } from 'chai';
import type { FaqView, QuestionView } from '../../../server/questions/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

describe('questions and the FAQ', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  let colleague: SignedIn;
  let stranger: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Paula Stone' });
    cluster = await app.signInAs('cluster', { clusterId: 'censec', name: 'Mads Holm' });
    colleague = await app.signInAs('cluster', { clusterId: 'censec' });
    stranger = await app.signInAs('cluster', { clusterId: 'lsec' });
  });
  after(() => app.stop());

  async function ask(subject = 'Deadline'): Promise<QuestionView> {
    const reply = await cluster.agent
      .post('/api/v1/questions')
      .send({ subject, topic: 'call', words: 'Until when?' })
      .expect(201);
    return reply.body as QuestionView;
  }
  async function write(person: SignedIn, { id, version }: QuestionView, words: string) {
    const reply = await person.agent
      .post(`/api/v1/questions/${id}/messages`)
      .send({ version, words })
      .expect(201);
    return reply.body as QuestionView;
  }

  it('are read by the side that asked and by staff, and by nobody else', async () => {
    const { id, version } = await ask();
    await colleague.agent.get(`/api/v1/questions/${id}`).expect(200);
    await staff.agent.get(`/api/v1/questions/${id}`).expect(200);
    await stranger.agent.get(`/api/v1/questions/${id}`).expect(404);
    await stranger.agent.post(`/api/v1/questions/${id}/messages`).send({ version, words: 'Me' }).expect(404);
    const list = await stranger.agent.get('/api/v1/questions').expect(200);
    expect((list.body as { total: number }).total).to.equal(0);
  });

  it('are answered, closed and opened again by writing on; the side that asked hears of the answer', async () => {
    const asked = await ask('Grants');
    expect(asked.state).to.equal('open');
    const answered = await write(staff, asked, 'Until spring.');
    expect([answered.state, answered.assignee?.name]).to.deep.equal(['answered', 'Paula Stone']);
    const mails = (await app.mails()).filter(({ subject }) => subject === 'Answered: Grants');
    expect(mails.map(({ to }) => to)).to.have.members([cluster.email, colleague.email]);
    const closed = await cluster.agent
      .put(`/api/v1/questions/${asked.id}`)
      .send({ version: answered.version, state: 'closed' })
      .expect(200);
    const again = await write(cluster, closed.body as QuestionView, 'Which day?');
    expect(again.state).to.equal('open');
    await staff.agent
      .post(`/api/v1/questions/${asked.id}/messages`)
      .send({ version: asked.version, words: 'Late' })
      .expect(412);
  });

  it('are taken care of by staff only', async () => {
    const { id, version } = await ask();
    const assign = (person: SignedIn, assigneeId: string, status: number) =>
      person.agent.put(`/api/v1/questions/${id}`).send({ version, assigneeId }).expect(status);
    await assign(cluster, staff.accountId, 403);
    await assign(staff, cluster.accountId, 400);
    await assign(staff, staff.accountId, 200);
    const mine = await staff.agent.get('/api/v1/questions?assignee=me&limit=100').expect(200);
    expect((mine.body as { items: QuestionView[] }).items.map((item) => item.id)).to.include(id);
  });

  it('become entries of the FAQ that name nobody, public only where staff say so', async () => {
    const answered = await write(staff, await ask('Partner'), 'Look at the suggestions.');
    const entry = { question: 'How do I find a partner?', answer: 'On **Partners**.', topic: 'partners' };
    const made = await staff.agent.post('/api/v1/faq').send({ entry, questionId: answered.id }).expect(201);
    const faq = made.body as FaqView;
    expect(JSON.stringify(faq)).not.to.match(/Mads|censec/i);
    const marked = await cluster.agent.get(`/api/v1/questions/${answered.id}`).expect(200);
    expect((marked.body as QuestionView).faqId).to.equal(faq.id);
    const visitor = async () =>
      (await app.agent().get('/api/v1/faq').expect(200)).body as { items: FaqView[] };
    expect((await visitor()).items).to.deep.equal([]);
    await staff.agent
      .put(`/api/v1/faq/${faq.id}`)
      .send({ version: faq.version, entry: { ...entry, readers: 'public' } })
      .expect(200);
    expect((await visitor()).items.map(({ question }) => question)).to.deep.equal([entry.question]);
    await app.agent().put(`/api/v1/faq/${faq.id}/vote`).send({ helpful: true }).expect(401);
    const found = await cluster.agent.get('/api/v1/faq?q=PARTNER').expect(200);
    expect((found.body as { total: number }).total).to.equal(1);
  });

  it('of the FAQ count each account’s newest vote once', async () => {
    const entry = { question: 'Who pays?', answer: 'The programme.', topic: 'call' };
    const made = await staff.agent.post('/api/v1/faq').send({ entry }).expect(201);
    const { id, version } = made.body as FaqView;
    const vote = (person: SignedIn, helpful: boolean) =>
      person.agent.put(`/api/v1/faq/${id}/vote`).send({ helpful }).expect(200);
    await vote(cluster, true);
    await vote(cluster, false);
    const last = await vote(stranger, true);
    expect(last.body).to.include({ myVote: true, votes: null });
    const seen = (await staff.agent.get('/api/v1/faq?q=pays').expect(200)).body as { items: FaqView[] };
    expect(seen.items[0]?.votes).to.deep.equal({ yes: 1, no: 1 });
    await staff.agent.delete(`/api/v1/faq/${id}?version=${version + 1}`).expect(412);
    await staff.agent.delete(`/api/v1/faq/${id}?version=${version}`).expect(204);
  });

  it('keep the words of an erased account for its cluster, without the name', async () => {
    const asked = await ask('Goodbye');
    const { personalData } = app.tandem.services.communication;
    const questions = personalData.find(({ name }) => name === 'questions');
    const subject = { kind: 'account', id: cluster.accountId } as const;
    expect(await questions?.exportOf(subject)).to.not.have.length(0);
    expect(await questions?.erase(subject)).to.be.greaterThan(0);
    expect(await questions?.erase(subject)).to.equal(0);
    const seen = await colleague.agent.get(`/api/v1/questions/${asked.id}`).expect(200);
    expect((seen.body as QuestionView).messages[0]).to.include({ by: null, words: 'Until when?' });
  });
});
