import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/app.ts';
import { startProgramme, type Programme } from '../support/programme.ts';
import { settled, violations } from './support/axe.ts';
import { closeBrowser, type Visitor, type Width } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

describe('browser: calls, eligibility, outcomes, funnel, dossier', () => {
  let app: TestApp;
  let programme: Programme;
  const open: Visitor[] = [];

  before(async function () {
    this.timeout(180_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    programme = await startProgramme(app, ['FR', 'BE', 'CH']);
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

  async function openAs(role: 'staff' | 'cluster' | 'sme', width: Width = 'desk') {
    const person =
      role === 'sme'
        ? { smeId: programme.smes['FR'] ?? '' }
        : role === 'cluster'
          ? { clusterId: 'lsec' }
          : {};
    const visitor = await openSignedIn(app, role, { person, width });
    open.push(visitor);
    return visitor.page;
  }

  it('answers an SME from its profile, alone and together with a partner', async function () {
    this.timeout(120_000);
    const page = await openAs('sme');
    await page.goto('/profile');
    await page.getByRole('link', { name: 'Am I eligible?' }).click();
    await page.getByText('At least one rule is not met.').waitFor();
    await page.getByRole('combobox', { name: 'Together with' }).fill('BE');
    await page.getByRole('option', { name: /Quiet Fence BE/ }).click();
    await page.getByText('All rules are met.').waitFor();
    await page.getByRole('button', { name: 'Without Quiet Fence BE' }).click();
    await page.getByText('At least one rule is not met.').waitFor();
  });

  it('previews new rules, publishes them, and still answers under the old ones', async function () {
    this.timeout(180_000);
    const page = await openAs('staff');
    await page.goto('/calls/securit-2/edit');
    await page.getByRole('combobox', { name: 'Countries' }).selectOption({ label: 'EU member states' });
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Companies that may take part: 1 now, 0 then.').waitFor({ timeout: 60_000 });
    await page.getByLabel('Why do the rules change?').fill('A test');
    await page.getByRole('button', { name: 'Publish as a new version' }).click();
    await page.getByText('Version 2, ').waitFor();
    const smeId = programme.smes['CH'] ?? '';
    await page.goto(`/calls/securit-2/eligibility?smeId=${smeId}`);
    await page.getByText(/^Switzerland is not on the list/).waitFor();
    await page.getByLabel('Rules', { exact: true }).selectOption('1');
    await page.getByText(/^Switzerland is on the list/).waitFor();
  });

  it('records an outcome, which the funnel then counts for staff and not for a cluster', async function () {
    this.timeout(120_000);
    const page = await openAs('staff');
    await page.goto('/calls/securit-2/outcomes');
    await page.getByRole('button', { name: 'Record' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Record' }).click();
    await page.locator('.badges').getByText('Submitted').first().waitFor();
    await page.goto('/funnel?callId=securit-2');
    await page.getByLabel('Instrument', { exact: true }).selectOption({ label: 'Prototyping' });
    await page.getByRole('rowheader', { name: 'Submitted' }).waitFor();
    expect(new URL(page.url()).searchParams.get('instrumentId')).to.equal('prototyping');
    const cluster = await openAs('cluster');
    await cluster.goto('/funnel');
    await cluster.getByRole('rowheader', { name: 'Consortium' }).waitFor();
    expect(await cluster.getByRole('rowheader', { name: 'Submitted' }).count()).to.equal(0);
  });

  it('can be read by everybody, at both widths', async function () {
    this.timeout(300_000);
    const call = '/calls/securit-2';
    for (const width of ['desk', 'phone'] as const) {
      const page = await openAs('staff', width);
      for (const path of [
        '/calls',
        call,
        `${call}/edit`,
        `${call}/eligibility?smeId=${programme.smes['BE'] ?? ''}`,
        `${call}/outcomes`,
        `${call}/access`,
        '/funnel',
        `/consortia/${programme.consortiumId}/dossier`,
      ]) {
        await page.goto(path);
        await settled(page);
        expect(await violations(page), `${path} ${width}`).to.deep.equal([]);
        const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        expect(wider, `${path} ${width}`).to.be.at.most(0);
      }
    }
  });
});
