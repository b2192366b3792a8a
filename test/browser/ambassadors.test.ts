import { mkdir } from 'node:fs/promises';
import { expect } from 'chai';
import type { Role } from '../../server/accounts/schema.ts';
import type { ClusterView } from '../../server/clusters/schema.ts';
import { startTestApp, type Person, type SignedIn, type TestApp } from '../support/app.ts';
import { submit } from '../server/ambassadors/support.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

describe('browser: clusters that come and go, and coverage', () => {
  let app: TestApp;
  let staff: SignedIn;
  let left: string;
  let applicationId: string;
  const open: Visitor[] = [];

  async function newCluster(name: string): Promise<string> {
    const added = await staff.agent.post('/api/v1/clusters').send({ name, country: 'SE' }).expect(201);
    return (added.body as ClusterView).id;
  }
  before(async () => {
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff');
    const solutions = [{ title: 'Harbour watch', offer: 'Sonar for harbours', trl: 7 }];
    for (const [clusterId, country] of [
      ['censec', 'DK'],
      ['lsec', 'BE'],
    ]) {
      const profile = { name: `Company of ${country ?? ''}`, country, solutions };
      await staff.agent.post('/api/v1/smes').send({ clusterId, profile }).expect(201);
    }
    left = await newCluster('Gone North');
    await staff.agent.post(`/api/v1/clusters/${left}/leave`).send({ handOverTo: null }).expect(200);
    await submit(app);
    const queue = await staff.agent.get('/api/v1/ambassador-applications').expect(200);
    applicationId = (queue.body as { items: { id: string }[] }).items[0]?.id ?? '';
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((visitor) => visitor.context.close()));
  });
  after(async () => {
    await closeBrowser();
    await app.stop();
  });

  async function openAs(role: Role | null, path: string, person: Person = {}) {
    const visitor =
      role === null ? await openVisitor({ url: app.url }) : await openSignedIn(app, role, { person });
    open.push(visitor);
    await visitor.page.goto(path);
    await settled(visitor.page);
    return visitor;
  }

  it('leads from the sign-in page to what an ambassador cluster is, and to the form', async () => {
    const { page } = await openAs(null, '/sign-in');
    await page.getByRole('link', { name: 'Become an ambassador cluster' }).click();
    await page.getByRole('heading', { name: 'What you get' }).waitFor();
    await page.getByRole('link', { name: 'Apply', exact: true }).first().click();
    await page.getByLabel('Why you would like to join').waitFor();
  });

  it('lets staff end a cluster from its page, and lists it with those that left', async () => {
    const id = await newCluster('Short Stay');
    const { page } = await openAs('staff', `/clusters/${id}`);
    await page.getByRole('button', { name: 'End its part …' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('0 companies are members.').waitFor();
    await dialog.getByRole('button', { name: 'End its part' }).click();
    await page.getByText('This cluster left the project on').waitFor();
    expect(await page.getByRole('button', { name: 'Invite its manager' }).count()).to.equal(0);
    await page.getByRole('link', { name: 'All clusters' }).click();
    await page.getByLabel('Show').selectOption('left');
    await page.getByRole('link', { name: 'Short Stay' }).waitFor();
    expect(await page.getByRole('link', { name: 'CenSec' }).count()).to.equal(0);
  });

  for (const [role, path] of [
    [null, '/ambassadors'],
    [null, '/ambassadors/apply'],
    ['staff', '/applications'],
    ['staff', '/applications/:id'],
    ['staff', '/clusters?state=left'],
    ['staff', '/clusters/:left'],
    ['staff', '/coverage'],
    ['cluster', '/coverage'],
    ['cluster', '/our-status'],
  ] as const) {
    it(`${path} is accessible to ${role ?? 'a visitor'} at both widths, light and dark`, async () => {
      const where = path.replace(':id', applicationId).replace(':left', left);
      const { page } = await openAs(role, where, role === 'cluster' ? { clusterId: 'censec' } : {});
      await expectAccessible(page, path);
      if (path === '/coverage') {
        expect(await page.getByLabel('The map shows').inputValue(), 'what the choice shows').to.equal(
          'clusters',
        );
      }
      const shots = process.env['SHOTS'];
      if (shots !== undefined) {
        await mkdir(shots, { recursive: true });
        const name = `${role ?? 'visitor'}${path.replace(/\W+/g, '-')}`;
        for (const width of [390, 1280]) {
          await page.setViewportSize({ width, height: 900 });
          await page.screenshot({ path: `${shots}/${name}-${width}.png`, fullPage: true });
        }
      }
    });
  }
});
