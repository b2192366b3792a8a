import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/app.ts';
import { violations } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor, type Width } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

describe('browser: mapping and use cases', () => {
  let app: TestApp;
  const open: Visitor[] = [];

  before(async function () {
    this.timeout(180_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    const { agent } = await app.signInAs('staff');
    const register = (name: string, country: string, solution: Record<string, unknown>) =>
      agent
        .post('/api/v1/smes')
        .send({ clusterId: 'censec', profile: { name, country, solutions: [solution] } })
        .expect(201);
    await register('Harbour Lights ApS', 'DK', {
      title: 'Post-quantum cryptography for ports',
      trl: 7,
      capabilities: ['post-quantum_cryptography'],
      fields: ['critical_infrastructure_protection'],
    });
    await register('Tower Watch OY', 'FI', {
      title: 'Drone radar',
      trl: 8,
      capabilities: ['intrusion_detection_honeypots'],
      fields: ['critical_infrastructure_protection'],
    });
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

  async function openAs(role: 'cluster' | 'staff', width: Width = 'desk') {
    const person = role === 'cluster' ? { clusterId: 'censec' } : {};
    const visitor = await openSignedIn(app, role, { person, width });
    open.push(visitor);
    return visitor.page;
  }

  it('finds a solution in spite of a slip, narrows down by a click, and keeps both in the address', async function () {
    this.timeout(120_000);
    const page = await openAs('cluster');
    await page.goto('/mapping');
    await page.getByLabel('Search', { exact: true }).fill('crytpography');
    await page.getByText('Nobody uses the word “crytpography”').waitFor();
    await page.getByRole('link', { name: 'Post-quantum cryptography for ports' }).waitFor();
    await page.getByLabel('Search', { exact: true }).fill('');
    await page.getByText('2 solutions of 2 companies').waitFor();
    await page.getByRole('checkbox', { name: /^Detect/ }).check();
    await page.getByText('1 solution of 1 company').waitFor();
    expect(new URL(page.url()).searchParams.get('phases')).to.equal('detect');
    await page.reload();
    await page.getByRole('link', { name: 'Drone radar' }).waitFor();
  });

  it('tells a use case that then stands on the page of its solution', async function () {
    this.timeout(120_000);
    const page = await openAs('cluster');
    await page.goto('/use-cases/new');
    await page.getByLabel('Title').fill('No drone unseen');
    await page.getByLabel('Field of application').selectOption({ label: 'Protection of public spaces' });
    await page.getByLabel('What was the problem?').fill('Drones over the quay.');
    await page.getByLabel('What was done?').fill('A radar was put up.');
    await page.getByLabel('What came of it?').fill('Seen in time.');
    await page.getByRole('combobox', { name: 'Find a solution' }).fill('drone');
    await page.getByRole('option', { name: /Drone radar/ }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('heading', { name: 'No drone unseen' }).waitFor();
    await page.getByRole('link', { name: 'Drone radar' }).click();
    await page.getByRole('link', { name: 'No drone unseen' }).waitFor();
  });

  it('asks strangers to sign in while it is closed', async function () {
    this.timeout(120_000);
    const visitor = await openVisitor({ url: app.url });
    open.push(visitor);
    await visitor.page.goto('/mapping');
    await visitor.page.getByText('The mapping is for people with an account').waitFor();
  });

  it('can be read by everybody: no faults in the list, the map and the gaps, at both widths', async function () {
    this.timeout(240_000);
    for (const width of ['desk', 'phone'] as const) {
      const page = await openAs('staff', width);
      for (const [view, ready] of [
        ['list', 'Drone radar'],
        ['map', 'The same as a table'],
        ['matrix', 'A solution counts once'],
      ] as const) {
        await page.goto(`/mapping?view=${view}`);
        await page.getByText(ready).first().waitFor({ timeout: 40_000 });
        expect(await violations(page), `${view} ${width}`).to.deep.equal([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `${view} ${width}`).to.be.at.most(0);
      }
    }
  });
});
