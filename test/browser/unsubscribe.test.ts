import { expect } from 'chai';
import type { MailChoices } from '../../server/mail/schema.ts';
import type { AnnouncementView } from '../../server/news/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../support/app.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';

describe('browser: the link in a mail that ends such mail', () => {
  let app: TestApp;
  let reader: SignedIn;
  let visitor: Visitor;

  /** Where a mail program that does not know one-click addresses lets its reader go: the same address, opened. */
  async function link(): Promise<string> {
    const mail = (await app.mails()).findLast(({ to }) => to === reader.email);
    return new URL(mail?.oneClick ?? '').pathname;
  }
  const newsChoice = async (): Promise<boolean> =>
    ((await reader.agent.get('/api/v1/account/mail').expect(200)).body as MailChoices).news;

  before(async function () {
    this.timeout(180_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    const staff = await app.signInAs('staff');
    reader = await app.signInAs('cluster', { clusterId: 'censec' });
    const announcement = { title: 'The call opens', words: 'On Monday.', mail: true, target: {} };
    const made = await staff.agent.post('/api/v1/announcements').send({ announcement }).expect(201);
    const { id, version } = made.body as AnnouncementView;
    const step = { version, action: 'publish' };
    await staff.agent.post(`/api/v1/announcements/${id}/actions`).send(step).expect(200);
  });
  beforeEach(async () => {
    // Nobody is signed in here: the link is the right to do it.
    visitor = await openVisitor({ url: app.url, width: 'phone' });
  });
  afterEach(async () => {
    await visitor.context.close();
    expect(visitor.faults).to.deep.equal([]);
  });
  after(async () => {
    await closeBrowser();
    await app.stop();
  });

  it('asks first, and ends the mail with the button, without signing in', async function () {
    this.timeout(120_000);
    const { page } = visitor;
    await page.goto(await link());
    await page.getByText('You are about to stop this mail').waitFor();
    await settled(page);
    await expectAccessible(page, 'asks');
    expect(await newsChoice(), 'opened only').to.equal(true);
    await page.getByRole('button', { name: 'Stop this mail' }).click();
    await page.getByText('You can turn it on again under My account.').waitFor();
    expect(await newsChoice(), 'after the button').to.equal(false);
    await expectAccessible(page, 'ended');
  });

  it('says what is wrong with a link that is cut off', async function () {
    this.timeout(60_000);
    const { page } = visitor;
    await page.goto((await link()).slice(0, -3));
    await page.getByRole('button', { name: 'Stop this mail' }).click();
    await page.getByText('Open the whole link from your mail.').waitFor();
    await expectAccessible(page, 'cut off');
  });
});
