import { expect } from 'chai';
import type { NeedView } from '../../server/needs/schema.ts';
import { publishedNeed, registerSme, stateNeed, step } from '../server/needs/support.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../support/app.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';

describe('browser: needs of the demand side', () => {
  let app: TestApp;
  let staff: SignedIn;
  let port: SignedIn;
  let company: SignedIn;
  let need: NeedView;
  const open: Visitor[] = [];

  /** A window of an account that is there already. */
  async function openAs(person: SignedIn): Promise<Visitor['page']> {
    const visitor = await openVisitor({ url: app.url });
    open.push(visitor);
    // On a busy machine a page may take long; the time limit of the test is the limit.
    visitor.page.setDefaultTimeout(60_000);
    const answer = await visitor.context.request.post('/api/v1/session', {
      data: { email: person.email, password: TEST_PASSWORD },
      headers: { origin: app.url },
    });
    expect(answer.ok()).to.equal(true);
    return visitor.page;
  }

  before(async function () {
    this.timeout(180_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff', { name: 'Paula Stone' });
    port = await app.signInAs('demand', { organisation: 'Port of Halmstad' });
    const smeId = await registerSme(app, staff, {
      name: 'Nordlys Sensing ApS',
      country: 'DK',
      solutions: [{ title: 'Radar', trl: 8, capabilities: ['intrusion_detection_honeypots'] }],
      confidential: { contactName: 'Mads Holm', contactEmail: 'mads@nordlys.example' },
    });
    await registerSme(app, staff, {
      name: 'Voltaire Drones SAS',
      country: 'FR',
      solutions: [{ title: 'Interceptor', trl: 7, technologies: ['uav'] }],
    });
    company = await app.signInAs('sme', { smeId });
    need = await publishedNeed(port, staff, {
      title: 'Detect drones at night',
      demonstrator: { what: 'A mast by the water', where: 'Halmstad' },
    });
    const waiting = await stateNeed(port, { title: 'Waits for review' });
    await step(port, waiting.id, 'submit');
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

  it('leads from an empty page to a first draft that shows who would answer it', async function () {
    this.timeout(120_000);
    const page = await openAs(await app.signInAs('demand', { organisation: 'City of Vilnius' }));
    await page.goto('/');
    await page.getByText('State your first need').waitFor();
    await page.getByRole('link', { name: 'State a need' }).last().click();
    await page.getByLabel('Title').fill('See over the square');
    await page.getByRole('combobox', { name: 'Technologies' }).fill('UAV');
    await page.getByRole('option', { name: 'UAV' }).click();
    await page.keyboard.press('Escape');
    await page.getByLabel('Country').selectOption('LT');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.getByRole('heading', { level: 1, name: 'See over the square' }).waitFor();
    await page.getByText('Before it can be submitted').waitFor();
    await page.getByRole('link', { name: 'Voltaire Drones SAS' }).first().waitFor();
  });

  it('brings a company and the organisation together, contacts last', async function () {
    this.timeout(120_000);
    const theirs = await openAs(company);
    await theirs.goto('/needs');
    await theirs.getByRole('link', { name: need.title }).click();
    await theirs.getByRole('button', { name: 'We answer this …' }).click();
    await theirs.getByLabel('What you would bring').fill('Our radar.');
    await theirs.getByRole('button', { name: 'Send' }).click();
    await theirs.getByText('Waits for Port of Halmstad').waitFor();
    await theirs.getByRole('button', { name: 'Answer with a partner …' }).waitFor();

    const desk = await openAs(port);
    await desk.goto(`/needs/${need.id}`);
    expect(await desk.getByText('Mads Holm').count()).to.equal(0);
    await desk.getByRole('button', { name: 'Accept' }).click();
    await desk.getByRole('dialog').getByRole('button', { name: 'Accept' }).click();
    await desk.getByText('Mads Holm').waitFor();
    // Without a reload: the live line tells the company.
    await theirs.getByText('Ida Berg').waitFor();
  });

  it('lets staff review a need and put needs together as a challenge', async function () {
    this.timeout(120_000);
    const page = await openAs(staff);
    await page.goto('/needs');
    await page.getByRole('link', { name: 'Waits for review' }).click();
    await page.getByRole('button', { name: 'Publish' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish' }).click();
    await page.locator('#content').getByRole('button', { name: 'Close', exact: true }).waitFor();
    await page.goto('/needs?view=all');
    await page.getByLabel('Choose Waits for review').check();
    await page.getByLabel(`Choose ${need.title}`).check();
    await page.getByRole('button', { name: 'Put together as a challenge' }).click();
    await page.getByRole('button', { name: 'Publish into the call' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Publish into the call' }).click();
    await page.getByText('This challenge is published').waitFor();

    // One need is taken out again, and found by its title.
    const behind = page.getByRole('group', { name: 'The needs behind it' });
    await behind.getByRole('button', { name: `Take out ${need.title}` }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    const nothingToSave = page.locator('button:disabled', { hasText: 'Save' });
    await nothingToSave.waitFor();
    expect(await behind.getByRole('link', { name: need.title }).count()).to.equal(0);
    await behind.getByRole('combobox', { name: 'Add a published need' }).fill('drones');
    await page.getByRole('option', { name: need.title }).click();
    await page.getByRole('button', { name: 'Save' }).click();
    await nothingToSave.waitFor();
    await page.reload();
    await behind.getByRole('link', { name: need.title }).waitFor();
  });

  it('breaks no rule of accessibility', async function () {
    this.timeout(180_000);
    const cluster = await app.signInAs('cluster', { clusterId: 'censec' });
    for (const [person, paths] of [
      [port, ['/needs', `/needs/${need.id}`, `/needs/${need.id}/edit`, '/interests']],
      [company, ['/needs', `/needs/${need.id}`, '/demonstrators']],
      [staff, ['/needs?view=all', '/challenges']],
      [cluster, ['/needs/gaps']],
    ] as const) {
      const page = await openAs(person);
      for (const path of paths) {
        await page.goto(path);
        await settled(page);
        await expectAccessible(page, path);
      }
    }
  });
});
