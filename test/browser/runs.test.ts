import { expect } from 'chai';
import { startTestApp, type TestApp } from '../support/app.ts';
import { PLENTY, storeAnswers } from '../server/learning/support.ts';
import { registerSmes } from '../support/matchmaking.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

describe('browser: runs and learning', function () {
  this.timeout(60_000);
  let app: TestApp;
  let visitor: Visitor;
  let ids: string[];

  before(async function () {
    this.timeout(120_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    const staff = await app.signInAs('staff');
    ids = await registerSmes(app, staff, 24);
    visitor = await openSignedIn(app, 'staff');
  });
  after(async () => {
    expect(visitor.faults).to.deep.equal([]);
    await visitor.context.close();
    await app.stop();
    await closeBrowser();
  });

  it('show a run once its pairs were looked at', async () => {
    const { page } = visitor;
    await page.goto(`${app.url}/runs`);
    await page.getByText('No set of pairs was worked out yet.').waitFor();
    await page.getByRole('link', { name: 'Open the page of pairs' }).click();
    await page.locator('.pair').first().waitFor();
    await page.goto(`${app.url}/runs`);
    await settled(page);
    expect(await page.getByRole('link', { name: /^Run of / }).count()).to.equal(1);
    await page.getByText('The largest sum of scores, over all pairs').waitFor();
  });

  it('repeat it, say that it is the same, and give the file', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: /^Run of / }).click();
    await page.getByRole('button', { name: 'Run it again' }).click();
    await page.getByText('The same to the byte.').waitFor({ timeout: 30_000 });
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: 'Download the run' }).click(),
    ]);
    expect(download.suggestedFilename()).to.match(/^tandem-run-\w+\.json$/);
  });

  it('say who was suggested and paired in it, by group', async () => {
    const { page } = visitor;
    const fair = page.getByRole('region', { name: 'Fair access', exact: true });
    await fair.getByText('No earlier run asked the same.').waitFor();
    await fair.getByText('By country, cluster and size').click();
    await fair.getByRole('rowheader', { name: 'Poland' }).waitFor();
    await expectAccessible(page, 'one run with its groups');
  });

  it('say what is missing where there are too few answers to learn from', async () => {
    const { page } = visitor;
    await page.goto(`${app.url}/weights`);
    await page.getByRole('button', { name: 'Propose weights' }).click();
    const panel = page.getByRole('region', { name: 'Learn from answers' });
    await panel.getByText('Too few answers to learn from').waitFor();
    await panel.getByText('10 more accepted pairs (0 of 10)').waitFor();
  });

  it('propose weights and put them on the sliders, where the preview follows and nothing is saved', async () => {
    const { page } = visitor;
    await storeAnswers(app, ids, PLENTY);
    await page.getByRole('button', { name: 'Propose again' }).click();
    const panel = page.getByRole('region', { name: 'Learn from answers' });
    await panel.getByRole('rowheader', { name: 'Domain' }).waitFor();
    await panel.getByText(/the weights in force/).waitFor();
    await panel.getByRole('button', { name: 'Try these weights' }).click();
    await page.getByText(/was 15/).waitFor();
    await page
      .getByRole('region', { name: 'What would change', exact: true })
      .getByText(/Worked out in/)
      .waitFor();
    await page.getByText(/In force: no. 1/).waitFor();
  });

  it('break no rule of accessibility', async function () {
    this.timeout(120_000);
    const { page } = visitor;
    await expectAccessible(page, 'weights with a proposal');
    await page.getByRole('button', { name: 'Reset the sliders' }).click();
    for (const path of ['/runs', null]) {
      if (path === null)
        await page
          .getByRole('link', { name: /^Run of / })
          .first()
          .click();
      else await page.goto(`${app.url}${path}`);
      await settled(page);
      await expectAccessible(page, path ?? 'one run');
    }
  });
});
