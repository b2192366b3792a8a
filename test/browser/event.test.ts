import { expect } from 'chai';
import type { Locator, Page } from 'playwright-core';
import type { SmeView } from '../../server/smes/schema.ts';
import { startTestApp, type SignedIn, type TestApp, type TestClock } from '../support/app.ts';
import { profileInput, settled as engineSettled } from '../support/matchmaking.ts';
import { settled, violations } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

const SMES = 6;
/** Countdowns are about time that passes. */
const RUNNING: TestClock = Object.assign(() => new Date(), {
  advance: () => undefined,
  set: () => undefined,
});

describe('browser: a live event with five pages open', () => {
  let app: TestApp;
  let staff: SignedIn;
  let smes: SmeView[];
  const windows: Visitor[] = [];
  let desk: Page, first: Page, second: Page, cluster: Page, wall: Page;
  let eventPath: string;

  async function open(visitor: Promise<Visitor>): Promise<Page> {
    const opened = await visitor;
    windows.push(opened);
    return opened.page;
  }
  const smeAt = (index: number): SmeView => smes[index] as SmeView; // made in before()

  before(async function () {
    this.timeout(180_000);
    app = await startTestApp({ clientFolder: await builtClient(), clock: RUNNING });
    staff = await app.signInAs('staff');
    smes = [];
    for (let number = 0; number < SMES; number += 1) {
      const profile = profileInput(number, {
        declaration: { headcount: 9, turnoverEur: 1e6, balanceSheetEur: 1e6, links: [], date: '2026-01-01' },
        confidential: {
          contactName: `Person ${number}`,
          contactEmail: `person${number}@example.eu`,
          contactPhone: null,
          notes: '',
        },
      });
      const reply = await staff.agent.post('/api/v1/smes').send({ clusterId: 'lsec', profile }).expect(201);
      smes.push(reply.body as SmeView);
    }
    await engineSettled(
      app,
      smes.map(({ id }) => id),
    );
    desk = await open(openSignedIn(app, 'staff'));
    first = await open(openSignedIn(app, 'sme', { person: { smeId: smeAt(0).id }, width: 'phone' }));
    second = await open(openSignedIn(app, 'sme', { person: { smeId: smeAt(1).id }, width: 'phone' }));
    cluster = await open(openSignedIn(app, 'cluster', { person: { clusterId: 'lsec' } }));
    wall = await open(openVisitor({ url: app.url }));
    await wall.setViewportSize({ width: 1920, height: 1080 });
  });
  after(async () => {
    for (const { context } of windows) await context.close();
    await app.stop();
    await closeBrowser();
  });

  const button = (page: Page, name: string | RegExp): Locator => page.getByRole('button', { name });
  /** As it stands, at its own size. */
  const expectNoViolation = async (page: Page): Promise<void> => {
    await settled(page);
    expect(await violations(page)).to.deep.equal([]);
  };
  /** Answers the question that an action asks. */
  const confirm = (page: Page, name: string | RegExp): Promise<void> =>
    page.getByRole('dialog').getByRole('button', { name }).click();

  it('staff create it, and announce it', async () => {
    await desk.goto(`${app.url}/events`);
    await desk.getByText('No events yet').waitFor();
    await desk.getByRole('link', { name: 'New event' }).click();
    await desk.getByLabel('Name').fill('Meeting in Brno');
    await desk.getByLabel('Address').fill('Hall 3, Brno');
    await desk.getByLabel('Time zone of the place').selectOption('Europe/Prague');
    await desk.getByLabel('Rounds', { exact: true }).fill('3');
    await expectNoViolation(desk);
    await button(desk, 'Save the event').click();
    await desk.waitForURL(/\/console/);
    eventPath = new URL(desk.url()).pathname.replace('/console', '');
    await button(desk, 'Announce').click();
    await desk.getByText('Announced', { exact: true }).waitFor();
  });

  it('an SME says that it comes, and checks in once the doors are open, on both phones', async () => {
    await first.goto(`${app.url}/events`);
    await first.getByRole('link', { name: 'Meeting in Brno' }).click();
    await button(first, 'I am coming').click();
    await first.getByText('You are expected.').waitFor();
    await second.goto(app.url + eventPath);
    await button(desk, 'Open the doors').click();
    for (const page of [first, second]) {
      // The button comes by itself: the phones hear that the doors are open.
      await button(page, 'I am here').click();
      await page.getByText('You are here.', { exact: true }).waitFor();
    }
    await expectNoViolation(first);
  });

  it('staff check others in, and the console counts them', async () => {
    await desk
      .getByRole('navigation', { name: 'Meeting in Brno' })
      .getByRole('link', { name: 'Companies' })
      .click();
    for (const sme of smes.slice(2)) {
      await desk.getByRole('row', { name: sme.name }).getByRole('button', { name: 'Check in' }).click();
      await desk.getByRole('row', { name: sme.name }).getByText('Here').waitFor();
    }
    await desk.locator('.console-figures').getByText(String(SMES)).first().waitFor();
    await expectNoViolation(desk);
  });

  it('one asks to meet, the other accepts, and both have the meeting', async () => {
    const card = first.locator('.event-partners > li').filter({ hasText: smeAt(1).name });
    await card.getByRole('button', { name: 'Must meet' }).click();
    await card.locator('button[aria-pressed="true"]', { hasText: 'Must meet' }).waitFor();
    await card.getByRole('button', { name: /Ask to meet/ }).click();
    await first.getByRole('dialog').getByLabel('A word to them').fill('Shall we talk?');
    await confirm(first, 'Ask to meet');
    await second.getByText(`${smeAt(0).name} asks to meet you`).waitFor();
    await button(second, 'Accept').click();
    await first
      .locator('.event-now')
      .getByRole('link', { name: smeAt(1).name })
      .waitFor();
    await second
      .locator('.event-now')
      .getByRole('link', { name: smeAt(0).name })
      .waitFor();
  });

  it('whom no list shows is wished for on the page of the company, and taken back at the event', async () => {
    await first.goto(`${app.url}/smes/${smeAt(2).id}`);
    await first.getByRole('heading', { name: 'At Meeting in Brno' }).waitFor();
    await button(first, 'Would like to meet').click();
    await first.locator('button[aria-pressed="true"]', { hasText: 'Would like to meet' }).waitFor();
    await expectNoViolation(first);
    await first.goto(app.url + eventPath);
    await button(first, 'Follow this calendar').click();
    expect(await first.getByLabel('Address of your calendar').inputValue()).to.contain('/api/v1/calendars/');
    await expectNoViolation(first);
    await confirm(first, 'Close');
    const wishes = first.getByRole('region', { name: 'Whom I wish to meet' }).locator('li');
    const wish = wishes.filter({ hasText: smeAt(2).name });
    await button(first, 'Would like to meet').first().waitFor();
    await expectNoViolation(first);
    await wish.locator('button[aria-pressed="true"]').click();
    await wish.waitFor({ state: 'detached' });
  });

  it('staff plan and publish; phones and projector follow', async () => {
    await desk.getByRole('link', { name: 'Displays' }).click();
    await desk.getByLabel(/Where it hangs/).fill('Main hall');
    await button(desk, 'Make a link').click();
    const link = await desk.locator('.console-link a').getAttribute('href');
    await wall.goto(link ?? '');
    await wall.getByRole('heading', { name: 'Meeting in Brno' }).waitFor();
    await desk.getByRole('link', { name: 'Plan', exact: true }).click();
    await button(desk, 'Propose a plan').click();
    await desk.getByRole('heading', { name: 'Draft' }).waitFor();
    await expectNoViolation(desk);
    await button(desk, 'Publish this plan').click();
    await confirm(desk, 'Publish this plan');
    await wall.locator('.room-tables li').first().waitFor();
    expect(await wall.locator('.room-tables li').count()).to.equal(SMES / 2);
    await expectNoViolation(wall);
  });

  it('a round runs: the same countdown everywhere', async () => {
    await desk.getByRole('link', { name: 'Rounds' }).click();
    await button(desk, 'Start round 1').click();
    await first.getByText('Round 1, now').waitFor();
    await second.getByText('Round 1, now').waitFor();
    await wall.getByText('Round 1 of 3').waitFor();
    const clocks = await Promise.all([
      first.locator('.event-clock strong').textContent(),
      second.locator('.event-clock strong').textContent(),
      wall.locator('.room-time').textContent(),
    ]);
    const seconds = clocks.map((clock) => {
      const [minutes = '0', rest = '0'] = (clock ?? '').split(':');
      return Number(minutes) * 60 + Number(rest);
    });
    // Read one after the other, so a second may turn over in between.
    expect(Math.max(...seconds) - Math.min(...seconds)).to.be.at.most(2);
    await expectNoViolation(first);
  });

  it('the cluster sees its members at the event, without contacts', async () => {
    // The address that an SME would pass on.
    await cluster.goto(app.url + eventPath);
    await cluster.waitForURL(/\/console$/);
    await cluster.getByRole('row', { name: smeAt(0).name }).waitFor();
    expect(await cluster.content()).not.to.include('person0@example.eu');
    await expectNoViolation(cluster);
  });

  it('a phone without network keeps what is tapped, and sends it once when it is back', async () => {
    await first.context().setOffline(true);
    await button(first, 'We want this').click();
    await first.getByText('1 answer waits for the network').waitFor();
    await first.context().setOffline(false);
    await first.getByText('1 answer waits for the network').waitFor({ state: 'detached' });
    await first.locator('button[aria-pressed="true"]', { hasText: 'We want this' }).waitFor();
  });

  it('both want this: they settle the consortium, see the contact, and the wall counts it', async () => {
    await button(desk, 'End this round now').click();
    await confirm(desk, 'End this round now');
    await second.locator('.event-round-done').getByRole('button', { name: 'We want this' }).click();
    await first
      .getByRole('link', { name: /Settle the consortium/ })
      .first()
      .click();
    await first.getByRole('radio', { name: /Prototyping/ }).check();
    await first.getByLabel('Working title').fill('Cameras for stations');
    for (const select of await first.locator('select').all()) await select.selectOption({ index: 1 });
    await first.getByRole('radio', { name: smeAt(0).name }).check();
    await button(first, 'Save the details').click();
    await button(first, 'Confirm these details').click();
    await confirm(first, 'Confirm these details');
    await first.getByText(`${smeAt(0).name} has confirmed`).waitFor();
    await second
      .getByRole('link', { name: /Settle the consortium/ })
      .first()
      .click();
    await expectNoViolation(second);
    await button(second, 'Confirm these details').click();
    await confirm(second, 'Confirm these details');
    await second.getByText('person0@example.eu').waitFor();
    await first.getByText('person1@example.eu').waitFor();
    await expectNoViolation(first);
    await wall.locator('.room-newest').getByText(smeAt(0).name).waitFor();
    await first.goto(app.url + eventPath);
    await first.getByText('You are in a consortium of this call').waitFor();
  });

  it('its plan is kept as a run, and comes out the same when it is made again', async () => {
    await desk.goto(`${app.url}/runs?view=plans`);
    await button(desk, 'Plan it again').first().click();
    await desk.getByText('Same to the byte').first().waitFor({ timeout: 30_000 });
    await desk
      .getByText(/published as version/)
      .first()
      .waitFor();
    await expectNoViolation(desk);
  });

  it('at its end the wall shows what came of it, and there is nothing left to run', async () => {
    await desk.goto(`${app.url}${eventPath}/console`);
    await desk.getByRole('heading', { name: 'Running late' }).waitFor();
    await button(desk, 'End the event').click();
    await confirm(desk, 'End the event');
    await wall.locator('.room-formed').getByText(smeAt(0).name).waitFor();
    await desk.getByRole('heading', { name: 'Running late' }).waitFor({ state: 'detached' });
    await first.getByText('We want this').first().waitFor();
    await expectNoViolation(wall);
  });

  it('nothing went wrong in any of the pages', async () => {
    for (const page of [desk, first, second, cluster, wall]) await settled(page);
    expect(windows.flatMap(({ faults }) => faults)).to.deep.equal([]);
  });
});
