import { expect } from 'chai';
import { accountModel } from '../../server/accounts/model.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../support/app.ts';
import { until } from '../support/until.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

describe('browser: my data, audit log, retention', () => {
  let app: TestApp;
  let staff: SignedIn;
  let smeId: string;
  const open: Visitor[] = [];

  before(async () => {
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff', { name: 'Ada of the team' });
    const profile = {
      name: 'Harbour Lights',
      country: 'FR',
      solutions: [{ title: 'Harbour watch', offer: 'Sonar for harbours', trl: 7 }],
    };
    const body: unknown = (
      await staff.agent.post('/api/v1/smes').send({ clusterId: 'safe-cluster', profile }).expect(201)
    ).body;
    smeId = (body as { id: string }).id;
    const cluster = { name: 'Cluster of Provence', country: 'FR' };
    const added: unknown = (await staff.agent.post('/api/v1/clusters').send(cluster).expect(201)).body;
    const { id } = added as { id: string };
    await staff.agent
      .put(`/api/v1/clusters/${id}`)
      .send({ ...cluster, region: 'Provence' })
      .expect(200);
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((visitor) => visitor.context.close()));
  });
  after(async () => {
    await closeBrowser();
    await app.stop();
  });

  async function openAs(role: 'staff' | 'sme', path: string) {
    const visitor = await openSignedIn(app, role, role === 'sme' ? { person: { smeId } } : {});
    open.push(visitor);
    await visitor.page.goto(path);
    await settled(visitor.page);
    return visitor;
  }

  it('asks for the consents at the first sign-in, and keeps the answers', async () => {
    const { page } = await openAs('sme', '/companies');
    await page.getByRole('complementary', { name: 'My data' }).getByRole('link').click();
    const matching = page.getByRole('group', { name: /Find partners for us/ });
    await matching.getByLabel(/^No/).check();
    await page.getByText('You said no').waitFor();
    const saved = await page.request.get('/api/v1/privacy/consents');
    const { items } = (await saved.json()) as { items: { purpose: string; state: string | null }[] };
    expect(items.find(({ purpose }) => purpose === 'matching')?.state).to.equal('withdrawn');
    await page.goto('/partners');
    await page.getByText('You have taken back your consent to matching').waitFor();
  });

  it('shows before and after of each decision to staff, and finds one thing by its history', async () => {
    const { page } = await openAs('staff', '/audit');
    const row = page.getByRole('row', { name: /cluster\.change/ });
    await row.getByText('region').waitFor();
    await row.locator('ins').getByText('Provence').waitFor();
    await row.getByRole('link', { name: 'History of Cluster of Provence' }).click();
    await until(async () => (await page.getByRole('row').count()) === 3);
    await page.getByRole('button', { name: 'Check now' }).click();
    await page.getByText('All is well').waitFor();
  });

  it('erases an account with its password, says what stays, and signs it out', async () => {
    const { page, accountId } = await openAs('sme', '/my-data');
    await page.getByRole('button', { name: 'Erase my account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('A closed account without name').waitFor();
    await dialog.getByLabel('Your password, to confirm').fill(TEST_PASSWORD);
    await dialog.getByRole('button', { name: 'Erase my account' }).click();
    await page.waitForURL('**/sign-in');
    expect(await accountModel(app.storage.storage.connection).findById(accountId).lean()).to.include({
      name: 'Erased person',
      email: '',
    });
  });

  for (const [role, path] of [
    ['sme', '/my-data'],
    ['staff', '/my-data'],
    ['staff', '/audit'],
    ['staff', '/retention'],
    ['staff', '/record-of-processing'],
  ] as const) {
    it(`${path} is accessible to ${role} at both widths, light and dark`, async () => {
      const { page } = await openAs(role, path);
      await expectAccessible(page, path);
    });
  }
});
