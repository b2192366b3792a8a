import { expect } from 'chai';
import type { Page } from 'playwright-core';
import { startTestApp, type SignedIn, type TestApp } from '../support/app.ts';
import { until } from '../support/until.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

/** What the companies of these tests offer and seek; each finds its counterpart in the others' words. */
const TRADES: readonly [offer: string, need: string][] = [
  ['drone detection with passive radar', 'video analytics for crowds'],
  ['video analytics for crowds in public spaces', 'drone detection radar'],
  ['post-quantum key management for satellites', 'intrusion detection for industrial networks'],
  ['intrusion detection for industrial networks', 'key management and identity wallets'],
  ['identity wallets for critical infrastructure', 'intrusion detection and drone radar'],
  ['flood prediction from satellite pictures', 'secure communication for rescue teams'],
  ['secure communication for rescue teams', 'flood prediction and crowd analytics'],
];
const COUNTRIES = ['DE', 'FR', 'IT', 'ES', 'LT', 'DK', 'PT'];
const CSV = [
  'name,country,solution_title,solution_offer',
  'Harbour Lights Oy,FI,Harbour watch,Underwater sonar for harbours',
  'Company 1 Ltd,FR,Crowd eyes,Video analytics',
  'Nowhere Systems,ZZ,Nothing,Nothing at all',
].join('\n');

function profileOf(place: number, country: string) {
  const [offer, need] = TRADES[place % TRADES.length] ?? ['', ''];
  return {
    name: `Company ${place} Ltd`,
    country,
    languages: ['en'],
    solutions: [{ title: offer, offer, trl: 7 }],
    needs: [{ words: need }],
  };
}

/** Where the card of a partner stands in the window, in pixels from its upper edge. */
function topOf(page: Page, partnerId: string): Promise<number> {
  return page
    .locator(`[data-partner="${partnerId}"]`)
    .evaluate((card) => Math.round(card.getBoundingClientRect().top));
}

function partnerIds(page: Page): Promise<string[]> {
  return page
    .locator('[data-partner]')
    .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-partner') ?? ''));
}

describe('browser: partners, weights, imports, members, jobs', () => {
  let app: TestApp;
  let staff: SignedIn;
  let clusterId: string;
  const smeIds: string[] = [];
  const open: Visitor[] = [];

  async function register(place: number, country: string): Promise<string> {
    const reply = await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId, profile: profileOf(place, country) })
      .expect(201);
    const { id } = reply.body as { id: string };
    return id;
  }
  async function openAs(role: 'staff' | 'cluster' | 'sme') {
    const person = role === 'sme' ? { smeId: smeIds[0] ?? '' } : role === 'cluster' ? { clusterId } : {};
    const visitor = await openSignedIn(app, role, { person });
    open.push(visitor);
    return visitor;
  }
  async function openPartners() {
    const visitor = await openAs('sme');
    await visitor.page.goto('/partners');
    await visitor.page.locator('[data-partner]').first().waitFor();
    await visitor.page.locator('.live-live').waitFor();
    return visitor;
  }

  before(async function () {
    this.timeout(120_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff', { name: 'Paula Stone' });
    const cluster = await staff.agent
      .post('/api/v1/clusters')
      .send({ name: 'Harbour Cluster', country: 'FI' })
      .expect(201);
    clusterId = (cluster.body as { id: string }).id;
    for (const [place, country] of COUNTRIES.entries()) smeIds.push(await register(place, country));
    await until(async () => {
      const reply = await staff.agent.get(`/api/v1/smes/${smeIds[0] ?? ''}/partners`).expect(200);
      return (reply.body as { partners: unknown[] }).partners.length >= 5;
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

  it('brings new weights to an open list without moving what the reader looks at', async function () {
    this.timeout(60_000);
    const sme = await openPartners();
    const order = await partnerIds(sme.page);
    const readId = order[2] ?? '';
    await sme.page.locator(`[data-partner="${readId}"]`).evaluate((card) => {
      card.scrollIntoView({ block: 'start' });
    });
    const before = await topOf(sme.page, readId);

    const desk = await openAs('staff');
    await desk.page.goto('/weights');
    await desk.page.getByLabel('Reach, from 0 to 100').fill('100');
    await desk.page.getByLabel('Words, from 0 to 100').fill('0');
    await desk.page.getByText(/suggestions? would be new|No list would change/).waitFor();
    await desk.page.getByRole('button', { name: 'Save …' }).click();
    await desk.page.getByLabel('Why?').fill('More countries');
    await desk.page.getByRole('button', { name: 'Save for everybody' }).click();
    await desk.page.getByText('More countries').waitFor();

    const bar = sme.page.locator('.change-bar-body');
    await bar.getByText('The staff changed the weights.').waitFor();
    expect(await partnerIds(sme.page)).to.deep.equal(order);
    expect(await topOf(sme.page, readId)).to.equal(before);

    await bar.getByRole('button', { name: 'Show' }).click();
    await bar.waitFor({ state: 'detached' });
    expect(Math.abs((await topOf(sme.page, readId)) - before)).to.be.at.most(1);
    expect(await sme.page.locator('.list-news').innerText()).to.contain('The staff changed the weights.');
  });

  it('takes a partner off with "not for me", and brings it back with undo', async function () {
    this.timeout(60_000);
    const { page } = await openPartners();
    const [first = ''] = await partnerIds(page);
    const card = page.locator(`[data-partner="${first}"]`);
    await card.getByRole('button', { name: /^Not for me/ }).click();
    await page.getByRole('button', { name: 'Take off my list' }).click();
    await page.getByText('Choose a reason.').waitFor();
    await page.getByText('They compete with us').click();
    await page.getByRole('button', { name: 'Take off my list' }).click();
    await card.getByText('was taken off your list').waitFor();
    expect(await card.getByRole('heading').count()).to.equal(0);
    await page.getByRole('link', { name: 'Not for me (1)' }).waitFor();
    await card.getByRole('button', { name: 'Undo' }).click();
    await card.getByRole('heading').waitFor();
    await page.getByRole('link', { name: 'Not for me (0)' }).waitFor();
  });

  it('catches up with what happened while the reader had no network', async function () {
    this.timeout(60_000);
    const { page, context } = await openPartners();
    await context.setOffline(true);
    await page.locator('.live-offline, .live-reconnecting').waitFor();
    const newcomer = await register(7, 'LV');
    await until(async () => {
      const reply = await staff.agent.get(`/api/v1/smes/${smeIds[0] ?? ''}/partners`).expect(200);
      const { partners } = reply.body as { partners: { partner: { id: string } }[] };
      return partners.some(({ partner }) => partner.id === newcomer);
    });
    expect(await page.locator(`[data-partner="${newcomer}"]`).count()).to.equal(0);
    await context.setOffline(false);
    await page.locator('.live-live').waitFor();
    const card = page.locator(`[data-partner="${newcomer}"]`);
    await card.waitFor();
    await card.getByText('New', { exact: true }).waitFor();
    await staff.agent.delete(`/api/v1/smes/${newcomer}`).expect(204);
    await card.waitFor({ state: 'detached' });
  });

  it('imports a file with a refused row and a duplicate', async function () {
    this.timeout(60_000);
    const { page } = await openAs('cluster');
    await page.goto('/imports');
    await page.locator('input[type=file]').setInputFiles({
      name: 'members.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(CSV),
    });
    await page.getByRole('heading', { name: 'Report: members.csv' }).waitFor();
    await page.getByRole('cell', { name: 'ZZ', exact: true }).waitFor();
    await page.getByRole('link', { name: 'Already there (1)' }).click();
    await page.getByText(/Seems the same as Company 1 Ltd, France/).waitFor();
    await page
      .getByRole('group', { name: /Company 1 Ltd/ })
      .getByText('Merge')
      .click();
    await page.getByText('1 new, 1 merged, 0 skipped.').waitFor();
    await page.getByRole('button', { name: 'Register 1 company' }).click();
    await page.getByText('Done: 1 registered, 1 merged, 0 skipped.').waitFor();
    await page.getByRole('link', { name: 'Go to the members' }).click();
    await page.getByRole('link', { name: 'Harbour Lights Oy', exact: true }).waitFor();
  });

  it('says in words why a file cannot be imported', async () => {
    const { page } = await openAs('cluster');
    await page.goto('/imports');
    const file = page.locator('input[type=file]');
    await file.setInputFiles({ name: 'a.xlsx', mimeType: 'application/zip', buffer: Buffer.from('PK') });
    await page.getByText('a.xlsx is not a CSV file.').waitFor();
    await file.setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from('') });
    await page.getByText('a.csv is empty.').waitFor();
  });

  const pages = (): [role: 'staff' | 'cluster' | 'sme', path: string][] => [
    ['sme', '/partners'],
    ['sme', '/partners?view=declined'],
    ['sme', `/smes/${smeIds[0] ?? ''}/partners/${smeIds[1] ?? ''}`],
    ['staff', `/smes/${smeIds[0] ?? ''}/partners`],
    ['staff', '/weights'],
    ['staff', '/jobs'],
    ['staff', '/imports'],
    ['cluster', '/members'],
  ];
  for (const role of ['sme', 'staff', 'cluster'] as const) {
    it(`breaks no rule of accessibility for ${role}`, async function () {
      this.timeout(120_000);
      const { page } = await openAs(role);
      for (const [, path] of pages().filter(([whose]) => whose === role)) {
        await page.goto(path);
        await settled(page);
        await expectAccessible(page, path);
      }
    });
  }
});
