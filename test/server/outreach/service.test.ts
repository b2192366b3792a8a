import { expect } from 'chai';
import { htmlOf, unknownPlaceholders } from '../../../server/outreach/fill.ts';
import type { KitView, TemplatesView } from '../../../server/outreach/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

describe('the outreach kit', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    cluster = await app.signInAs('cluster', { clusterId: 'censec' });
  });
  after(() => app.stop());

  const kit = async (): Promise<KitView> =>
    (await cluster.agent.get('/api/v1/outreach-kit').expect(200)).body as KitView;

  it('fills every placeholder from the call and the register', async () => {
    const { call, texts, figures } = await kit();
    expect(texts.map(({ kind }) => kind)).to.deep.equal(['short', 'social', 'medium', 'newsletter']);
    for (const { words } of texts) expect(words).to.contain(call.name).and.not.to.match(/[{}]/);
    expect(texts[0]?.words).to.contain('EUR 88,000');
    expect(figures.find(({ name }) => name === 'Clusters')?.value).to.be.at.least(7);
    expect(texts.find(({ kind }) => kind === 'social')?.words.length).to.be.at.most(280);
  });

  it('counts one company as one', async () => {
    await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId: 'censec', profile: { name: 'Only One', country: 'DK' } })
      .expect(201);
    const words = (kind: string, texts: KitView['texts']) => texts.find((one) => one.kind === kind)?.words;
    const { texts } = await kit();
    expect(words('medium', texts)).to.contain('1 company from 1 country');
    expect(words('newsletter', texts)).to.contain('1 company from 1 country');
  });

  it('changes with its templates, and refuses placeholders that there are not', async () => {
    const templates = (await staff.agent.get('/api/v1/outreach-templates').expect(200)).body as TemplatesView;
    expect(templates.items.map(({ version }) => version)).to.deep.equal([0, 0, 0, 0]);
    const change = (words: string, version: number) =>
      staff.agent.put('/api/v1/outreach-templates/short').send({ version, words });
    const refused = await change('Until {deadline}', 0).expect(400);
    expect((refused.body as { detail: string }).detail)
      .to.contain('{deadline}')
      .and.to.contain('{closes}');
    const answers = await Promise.all([change('Ends {closes}: {call}', 0), change('Other {call}', 0)]);
    expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 412]);
    await change('Until {closes}', 1).expect(200);
    expect((await kit()).texts[0]?.words).to.match(/^Until \d+ \w+ \d{4}$/);
    await cluster.agent.put('/api/v1/outreach-templates/short').send({ version: 2, words: 'x' }).expect(403);
  });

  it('is downloaded as text, HTML and CSV', async () => {
    const file = (format: string) =>
      cluster.agent.get(`/api/v1/outreach-kit/file?format=${format}`).expect(200);
    expect((await file('text')).text).to.contain('For a newsletter');
    expect((await file('html')).headers['content-type']).to.contain('text/html');
    expect((await file('csv')).text).to.contain('figure,value');
    await cluster.agent.get('/api/v1/outreach-kit?callId=nothing').expect(404);
  });

  it('never lets a text become markup', () => {
    const words = '<script>alert(1)</script> https://a.eu/?q="><img';
    expect(htmlOf('<b>', [{ heading: '"x"', words }])).not.to.match(/<script|<img|<b>/);
    expect(unknownPlaceholders('{call} {nope} {} {nope}')).to.deep.equal(['nope', '']);
  });
});
