import { expect } from 'chai';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../support/app.ts';
import { expectAccessible, settled, violations } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

describe('browser: news, calendar, questions, good practice, outreach and reports', () => {
  let app: TestApp;
  let staff: SignedIn;
  let cluster: SignedIn;
  const open: Visitor[] = [];
  const at = (ms: number): string => new Date(Date.now() + ms).toISOString();
  const day = (days: number): string => at(days * DAY).slice(0, 10);

  /** A window of an account that is there already. */
  async function openAs(person: SignedIn): Promise<Visitor['page']> {
    const visitor = await openVisitor({ url: app.url });
    open.push(visitor);
    visitor.page.setDefaultTimeout(60_000);
    const answer = await visitor.context.request.post('/api/v1/session', {
      data: { email: person.email, password: TEST_PASSWORD },
      headers: { origin: app.url },
    });
    expect(answer.ok()).to.equal(true);
    return visitor.page;
  }
  const idOf = (reply: { body: unknown }): string => (reply.body as { id: string }).id;

  before(async function () {
    this.timeout(180_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff', { name: 'Paula Stone' });
    cluster = await app.signInAs('cluster', { clusterId: 'censec', name: 'Mads Holm' });
  });
  afterEach(async () => {
    const faults = open.flatMap((visitor) => visitor.faults);
    for (const visitor of open.splice(0)) await visitor.context.close();
    expect(faults).to.deep.equal([]);
  });
  after(async () => {
    await closeBrowser();
    await app.stop();
  });

  it('tells a cluster of an announcement while it looks on, and marks it as new until it is read', async function () {
    this.timeout(120_000);
    const reader = await openAs(cluster);
    await reader.goto('/news');
    await reader.getByText('No news yet').waitFor();
    const page = await openAs(staff);
    await page.goto('/news');
    await page.getByRole('button', { name: 'Write an announcement' }).click();
    await page.getByLabel('Title').fill('The call opens');
    await page
      .getByLabel('Text')
      .fill('It opens **soon**.\n\n- tell your companies\n- [read](https://a.eu/guide)');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'The call opens' }).waitFor();
    await page.getByRole('button', { name: 'Publish …' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.getByText('Published', { exact: true }).waitFor();
    // Without a reload, as plain words and with a mark in the navigation.
    await reader.getByText('It opens soon. tell your companies; read').waitFor();
    await reader.getByRole('navigation').getByText('1', { exact: true }).first().waitFor();
    await reader.getByRole('link', { name: 'The call opens' }).click();
    await reader.getByRole('heading', { level: 1, name: 'The call opens' }).waitFor();
    await reader.getByRole('link', { name: 'read', exact: true }).waitFor();
    await reader.goto('/news');
    await reader.getByRole('link', { name: 'The call opens' }).waitFor();
    expect(await reader.getByText('New', { exact: true }).count()).to.equal(0);
  });

  it('takes a question from a cluster to an answer, and on to the public FAQ', async function () {
    this.timeout(120_000);
    const asker = await openAs(cluster);
    await asker.goto('/questions');
    await asker.getByRole('button', { name: 'Ask a question' }).first().click();
    await asker.getByLabel('Subject').fill('Two consortia?');
    await asker.getByLabel('Your question').fill('May a company be in two of them?');
    await asker.getByRole('dialog').getByRole('button', { name: 'Send' }).click();
    await asker.getByRole('heading', { level: 1, name: 'Two consortia?' }).waitFor();

    const desk = await openAs(staff);
    await desk.goto('/questions');
    await desk.getByRole('link', { name: 'Two consortia?' }).click();
    await desk.getByRole('textbox', { name: 'Answer' }).fill('One for each call.');
    await desk.getByRole('button', { name: 'Send' }).click();
    await asker.getByText('One for each call.').waitFor();
    await desk.getByRole('button', { name: 'Publish as FAQ …' }).click();
    const form = desk.getByRole('dialog');
    await form
      .getByRole('textbox', { name: 'Question, in words for everybody' })
      .fill('May a company be in two consortia?');
    await form.getByRole('textbox', { name: 'Answer' }).fill('One for each call.');
    await form.getByText('Everybody, also without an account').click();
    await form.getByRole('button', { name: 'Save' }).click();
    await desk.getByRole('link', { name: 'In the FAQ' }).waitFor();

    const guest = await openVisitor({ url: app.url });
    open.push(guest);
    await guest.page.goto('/faq');
    await guest.page.getByText('May a company be in two consortia?').waitFor();
    expect(await guest.page.getByText('Mads Holm').count()).to.equal(0);
    expect(await guest.page.getByText('CenSec').count()).to.equal(0);
  });

  it('lets a cluster report in a few fields, and staff accept it', async function () {
    this.timeout(120_000);
    const period = { name: 'Autumn', from: day(-90), to: day(-1), dueOn: day(10) };
    const id = idOf(await staff.agent.post('/api/v1/report-periods').send(period).expect(201));
    const page = await openAs(cluster);
    await page.goto('/reports');
    await page.getByRole('link', { name: 'Open the report' }).click();
    await page.getByText('Counted for you').waitFor();
    await page.getByRole('button', { name: 'Add an activity' }).click();
    await page.getByLabel('What it was').fill('Letter to all members');
    await page.getByLabel('People reached').fill('412');
    await page.getByText('Everything is saved.').waitFor();
    await page.reload();
    expect(await page.getByLabel('What it was').inputValue()).to.equal('Letter to all members');
    await page.getByRole('button', { name: 'Hand in' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Hand in' }).click();
    await page.getByText('412 people reached in all').waitFor();

    const desk = await openAs(staff);
    await desk.goto(`/reports/${id}`);
    await desk.getByRole('link', { name: 'CenSec' }).click();
    await desk.getByRole('heading', { name: 'What else CenSec did' }).waitFor();
    await desk.getByRole('button', { name: 'Accept' }).click();
    await page.getByText('Accepted', { exact: true }).first().waitFor();
  });

  it('keeps the calendar: an entry is added, and called off with its reason', async function () {
    this.timeout(120_000);
    const page = await openAs(staff);
    await page.goto('/calendar');
    await page.getByRole('button', { name: 'Add an entry' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Title').fill('How to apply');
    await form.getByLabel('Begins').fill(`${day(3)}T10:00`);
    await form.getByLabel('Ends').fill(`${day(3)}T11:00`);
    await form.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { name: 'How to apply' }).waitFor();
    await page.getByRole('button', { name: 'Cancel it … How to apply' }).click();
    await page.getByLabel('Why is it cancelled?').fill('The speaker is ill.');
    await page.getByRole('button', { name: 'Cancel the entry' }).click();
    await page.getByText('Cancelled: The speaker is ill.').waitFor();
    await page.getByRole('link', { name: 'Take it off my calendar' }).waitFor();
  });

  it('breaks no rule of accessibility', async function () {
    this.timeout(240_000);
    const links = [{ label: 'Invitation', url: 'https://files.example.eu/a' }];
    const post = { title: 'Breakfasts', words: 'We invite eight companies.', topic: 'matchmaking', links };
    const practice = idOf(await cluster.agent.post('/api/v1/practices').send({ post }).expect(201));
    const news = (await staff.agent.get('/api/v1/announcements').expect(200)).body as {
      items: { id: string }[];
    };
    const periods = (await staff.agent.get('/api/v1/report-periods').expect(200)).body as typeof news;
    const questions = (await cluster.agent.get('/api/v1/questions').expect(200)).body as typeof news;
    const first = ({ items }: typeof news): string => items[0]?.id ?? 'none';
    // Forms and threads at both widths and in both themes; plain lists once.
    for (const [person, closely, once] of [
      [
        cluster,
        [`/questions/${first(questions)}`, `/practices/${practice}`],
        ['/news', '/calendar', '/faq', '/outreach'],
      ],
      [
        staff,
        [`/news/${first(news)}`, `/reports/${first(periods)}`],
        ['/questions', '/outreach/templates', '/reports'],
      ],
    ] as const) {
      const page = await openAs(person);
      for (const path of closely) {
        await page.goto(path);
        await settled(page);
        await expectAccessible(page, path);
      }
      for (const path of once) {
        await page.goto(path);
        await settled(page);
        expect(await violations(page), path).to.deep.equal([]);
      }
    }
  });
});
