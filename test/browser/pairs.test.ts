import { expect } from 'chai';
import { startTestApp, type SignedIn, type TestApp } from '../support/app.ts';
import { registerSmes } from '../support/matchmaking.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

describe('browser: pairs', () => {
  let app: TestApp;
  let staff: SignedIn;
  let visitor: Visitor;

  before(async function () {
    this.timeout(120_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff');
    await registerSmes(app, staff, 8);
    visitor = await openSignedIn(app, 'staff');
  });
  after(async () => {
    await visitor.context.close();
    await app.stop();
    await closeBrowser();
  });

  it('shows who would go with whom, the figures, and follows a withdrawal by itself', async () => {
    const { page } = visitor;
    await page.goto(`${app.url}/pairs`);
    await settled(page);
    const name = (await page.locator('.pair h2').first().textContent()) ?? '';
    expect(await page.locator('.pair').count()).to.be.greaterThan(1);
    await page.getByText('Proven: no other set').waitFor();
    const found = await staff.agent.get('/api/v1/smes').query({ q: name }).expect(200);
    const [sme] = (found.body as { items: { id: string }[] }).items;
    await staff.agent.delete(`/api/v1/smes/${sme?.id ?? ''}`).expect(204);
    await page.waitForFunction(
      (gone) => [...document.querySelectorAll('.pair h2')].every((heading) => heading.textContent !== gone),
      name,
    );
  });

  it('lists who is left without a partner', async () => {
    const { page } = visitor;
    await page.getByRole('link', { name: /Without a partner/ }).click();
    await page.waitForURL(/view=alone/);
    await settled(page);
  });

  it('breaks no rule of accessibility', async function () {
    this.timeout(60_000);
    for (const path of ['/pairs', '/pairs?view=alone']) {
      await visitor.page.goto(`${app.url}${path}`);
      await settled(visitor.page);
      await expectAccessible(visitor.page, path);
    }
  });
});
