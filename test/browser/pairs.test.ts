import { expect } from 'chai';
import type { Page } from '../../server/http/schema.ts';
import type { PairView } from '../../server/pairs/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../support/app.ts';
import { profileInput, registerSmes } from '../support/matchmaking.ts';
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

  it('asks for another aim and a minimum score, tells the price, and keeps both between the lists', async () => {
    const { page } = visitor;
    await page.goto(`${app.url}/pairs`);
    await settled(page);
    await page.getByRole('radio', { name: /Nobody would rather swap/ }).check();
    await page.waitForURL(/aim=stable/);
    await page.getByText('No two companies here would rather have each other').waitFor();
    await page.getByText(/This aim costs/).waitFor();
    await page.getByLabel('Smallest score worth proposing').selectOption('At least 90 points');
    await page.waitForURL(/least=90/);
    await page.getByText('No pairs yet').waitFor();
    await page.getByRole('link', { name: /Without a partner/ }).click();
    await page.waitForURL(/aim=stable&least=90&view=alone/);
    await page.locator('.grid .card').nth(6).waitFor();
  });

  it('shows who is suggested by group, and why somebody is suggested to nobody, with the way to the company', async () => {
    const { page } = visitor;
    const clusters = await staff.agent.get('/api/v1/clusters?limit=1').expect(200);
    const clusterId = (clusters.body as Page<{ id: string }>).items[0]?.id;
    const profile = profileInput(99, { name: 'Away Ltd', available: false });
    const added = await staff.agent.post('/api/v1/smes').send({ clusterId, profile }).expect(201);
    const { id } = added.body as { id: string };
    await page.goto(`${app.url}/pairs`);
    await settled(page);
    await page.getByRole('link', { name: 'Fair access' }).click();
    await page.waitForURL(/view=fair/);
    await page.getByText('Gini coefficient', { exact: true }).waitFor();
    await page.getByRole('rowheader', { name: 'Widening countries' }).waitFor();
    const card = page.getByRole('listitem').filter({ hasText: 'Away Ltd' });
    await card.getByText('It said that it does not take part in matching at present.').waitFor();
    expect(await card.getByRole('link', { name: 'Away Ltd' }).getAttribute('href')).to.equal(`/smes/${id}`);
    await page.getByLabel('Why', { exact: true }).selectOption('Others always fit better');
    await page.getByText('Everybody is on somebody’s list').waitFor();
    await staff.agent.delete(`/api/v1/smes/${id}`).expect(204);
    await page.getByRole('heading', { name: 'On nobody’s list (0)' }).waitFor();
  });

  it('can be stopped while it computes, and asked again', async () => {
    const { page } = visitor;
    let held: (() => void) | undefined;
    const requested = new Promise<void>((resolve) => {
      void page.route('**/pairs/summary*', async (route) => {
        resolve();
        await new Promise<void>((go) => (held = go));
        // The page has given this request up by now: nobody hears the answer.
        await route.abort().catch(() => undefined);
      });
    });
    await page.goto(`${app.url}/pairs`);
    await requested;
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped before the pairs were found.').waitFor();
    held?.();
    await page.unroute('**/pairs/summary*');
    await page.getByRole('button', { name: 'Work them out' }).click();
    await page.getByText('Proven: no other set').waitFor();
  });

  it('tells what it would cost to pair two companies, and which pairs would change', async () => {
    const { page } = visitor;
    const { items } = (await staff.agent.get('/api/v1/pairs').expect(200)).body as Page<PairView>;
    const [first, ...others] = items;
    const third = others.flatMap(({ a, b }) => [a, b]).find(({ country }) => country !== first?.a.country);
    await page.goto(`${app.url}/pairs`);
    await settled(page);
    await page.getByText('What would it cost to pair two companies?').click();
    const ask = page.getByRole('button', { name: 'Work it out' });
    await ask.click();
    await page.getByText('Choose a company from the list.').first().waitFor();
    const pick = async (label: string, name = ''): Promise<void> => {
      await page.getByRole('combobox', { name: label }).fill(name);
      await page.getByRole('option', { name }).first().click();
    };
    await pick('One company', first?.a.name);
    await pick('The other company', first?.b.name);
    await ask.click();
    await page.getByText('These two are a pair of this set anyway').waitFor();
    await pick('The other company', third?.name);
    await ask.click();
    await page.getByText(/Forcing this pair costs the room/).waitFor();
    await page.getByText(/pairs would be given up/).waitFor();
    await expectAccessible(page, 'the price of a pair');
  });

  it('previews under other weights which pairs would come and go', async () => {
    const { page } = visitor;
    await page.goto(`${app.url}/weights`);
    await settled(page);
    await page.getByLabel('Reach, as a number from 0 to 100').fill('100');
    await page.getByLabel('Words, as a number from 0 to 100').fill('0');
    const panel = page.getByRole('region', { name: 'What would change in the pairs' });
    await panel.getByText(/Companies without a partner: \d+ now, \d+ then/).waitFor();
    await panel.getByLabel('Counted by').selectOption('Widening countries');
    await panel.getByRole('rowheader', { name: 'Other countries' }).waitFor();
  });

  it('breaks no rule of accessibility', async function () {
    this.timeout(60_000);
    for (const path of ['/pairs', '/pairs?view=alone', '/pairs?view=fair']) {
      await visitor.page.goto(`${app.url}${path}`);
      await settled(visitor.page);
      await expectAccessible(visitor.page, path);
    }
  });
});
