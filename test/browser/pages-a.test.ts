import { expect } from 'chai';
import type { Page } from 'playwright-core';
import type { SmeView } from '../../server/smes/schema.ts';
import { startTestApp, TEST_PASSWORD, type SignedIn, type TestApp } from '../support/app.ts';
import { expectAccessible, settled } from './support/axe.ts';
import { closeBrowser, openVisitor, type Visitor } from './support/browser.ts';
import { builtClient } from './support/client.ts';
import { openSignedIn } from './support/sign-in.ts';

const NEW_PASSWORD = 'amber-orchard-19-compass';

function profileNamed(name: string, country: string) {
  return {
    name,
    country,
    languages: ['en'],
    solutions: [{ title: 'Passive radar', offer: 'Finds drones without sending anything.', trl: 6 }],
    demoAnswers: ['solutions.trl'],
  };
}

/** What has the focus, by its name in the form or its words. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('name') ?? element?.textContent ?? '';
  });
}

async function waitForFocus(page: Page, name: string): Promise<void> {
  await page.waitForFunction((wanted) => document.activeElement?.getAttribute('name') === wanted, name);
}

describe('browser: accounts, profile, directory, staff, API reference', function () {
  this.timeout(60_000);
  let app: TestApp;
  let staff: SignedIn;
  let clusterId: string;
  const open: Visitor[] = [];

  const keep = <V extends Visitor>(visitor: V): V => {
    open.push(visitor);
    return visitor;
  };
  const visit = async (path: string): Promise<Page> => {
    const { page } = keep(await openVisitor({ url: app.url }));
    await page.goto(path);
    return page;
  };

  async function register(name: string, country = 'FR'): Promise<SmeView> {
    const reply = await staff.agent
      .post('/api/v1/smes')
      .send({ clusterId, profile: profileNamed(name, country) })
      .expect(201);
    // The reply of this route is the view of the new company.
    return reply.body as SmeView;
  }

  async function openEditor(name: string): Promise<{ page: Page; sme: SmeView; accountId: string }> {
    const sme = await register(name);
    const opened = await openSignedIn(app, 'sme', { person: { smeId: sme.id } });
    const { page } = keep(opened);
    await page.goto('/profile');
    await page.getByLabel('Name', { exact: true }).waitFor();
    return { page, sme, accountId: opened.accountId };
  }

  before(async function () {
    this.timeout(120_000);
    app = await startTestApp({ clientFolder: await builtClient() });
    staff = await app.signInAs('staff', { name: 'Marguerite Dubois' });
    const reply = await staff.agent
      .post('/api/v1/clusters')
      .send({ name: 'Cluster of the coast', country: 'PT', region: 'Algarve' })
      .expect(201);
    // The reply of this route is the view of the new cluster.
    clusterId = (reply.body as { id: string }).id;
  });

  afterEach(async () => {
    const faults = open.flatMap((visitor) => visitor.faults);
    await Promise.all(open.splice(0).map(({ context }) => context.close()));
    expect(faults, 'uncaught errors and breaches of the content policy').to.deep.equal([]);
  });

  after(async () => {
    await closeBrowser();
    await app.stop();
  });

  describe('signing in', () => {
    it('works with the keyboard alone, and the next page starts at its heading', async () => {
      const { email } = await app.createAccount('demand', { organisation: 'Port of Trieste' });
      const page = await visit('/');
      await page.getByLabel('E-mail').waitFor();
      await page.keyboard.press('Tab');
      expect(await focused(page)).to.equal('Skip to the content');
      await page.keyboard.press('Enter');
      expect(await focused(page)).to.equal('Sign in');
      await page.keyboard.press('Tab');
      await page.keyboard.type(email);
      await page.keyboard.press('Tab');
      await page.keyboard.type(TEST_PASSWORD);
      await page.keyboard.press('Enter');
      await page.waitForURL('**/needs');
      await page.waitForFunction(() => document.activeElement?.tagName === 'H1');
      expect(await page.title()).to.equal('Needs · Tandem');
    });

    it('says that the password is wrong and keeps the address', async () => {
      const { email } = await app.createAccount('demand', { organisation: 'City' });
      const page = await visit('/sign-in');
      await page.getByLabel('E-mail').fill(email);
      await page.getByLabel('Password', { exact: true }).fill('not my password at all');
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByRole('alert').waitFor();
      expect(await page.getByLabel('E-mail').inputValue()).to.equal(email);
    });

    it('says that no answer came when the network is away, and keeps what was typed', async () => {
      const page = await visit('/sign-in');
      await page.getByLabel('E-mail').fill('anna@example.eu');
      await page.getByLabel('Password', { exact: true }).fill('whatever it is');
      await page.context().setOffline(true);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await page.getByText('No answer came').waitFor();
      expect(await page.getByLabel('E-mail').inputValue()).to.equal('anna@example.eu');
    });

    it('offers another try when the server is away at the start', async () => {
      const { page } = keep(await openVisitor({ url: app.url }));
      await page.route('**/api/v1/session', (route) => route.abort());
      await page.goto('/sign-in');
      await page.getByRole('heading', { name: 'Tandem does not answer' }).waitFor();
      await page.unroute('**/api/v1/session');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByLabel('E-mail').waitFor();
    });

    it('leads to the page that was asked for, and refuses to lead to another site', async () => {
      const { email } = await app.createAccount('demand', { organisation: 'City' });
      for (const [asked, reached] of [
        ['/clusters', '/clusters'],
        ['//evil.example', '/needs'],
      ] as const) {
        const page = await visit(`/sign-in?next=${encodeURIComponent(asked)}`);
        await page.getByLabel('E-mail').fill(email);
        await page.getByLabel('Password', { exact: true }).fill(TEST_PASSWORD);
        await page.keyboard.press('Enter');
        await page.waitForURL(`${app.url}${reached}`);
      }
    });

    it('shows a page of another role as not allowed', async () => {
      const { page } = keep(await openSignedIn(app, 'demand'));
      await page.goto('/weights');
      await page.getByRole('heading', { name: 'This page is not for your account' }).waitFor();
    });
  });

  describe('one-time links', () => {
    it('lets an invited person see who invites, accept, and arrive at the members', async () => {
      const email = 'anna.berg@example.eu';
      await staff.agent.post('/api/v1/invitations').send({ role: 'cluster', email, clusterId }).expect(201);
      const page = await visit(`/invitation#${await app.tokenMailedTo(email)}`);
      await page.getByText('Marguerite Dubois invites you').waitFor();
      await page.getByText('Cluster of the coast').waitFor();
      expect(new URL(page.url()).hash, 'the token leaves the address bar').to.equal('');
      await page.getByLabel('Your name').fill('Anna Berg');
      await page.getByLabel('Choose a password').fill('short');
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      await page.getByText('must have at least 12 characters').waitFor();
      await waitForFocus(page, 'password');
      expect(await page.getByLabel('Your name').inputValue()).to.equal('Anna Berg');
      await page.getByLabel('Choose a password').fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Accept and sign in' }).click();
      await page.waitForURL('**/members');
    });

    it('says that a used or wrong link leads nowhere, and what to do', async () => {
      const page = await visit(`/invitation#${'x'.repeat(43)}`);
      await page.getByText('Ask the person who invited you').waitFor();
    });

    it('makes the first staff account from the set-up link', async () => {
      const fresh = await startTestApp({ clientFolder: await builtClient() });
      try {
        const token = await fresh.tandem.services.accounts.setUp.offer();
        const { page } = keep(await openVisitor({ url: fresh.url }));
        await page.goto(`/setup#${token ?? ''}`);
        await page.getByLabel('Your name').fill('Sofia Rossi');
        await page.getByLabel('E-mail').fill('sofia@example.eu');
        await page.getByLabel('Choose a password').fill(NEW_PASSWORD);
        await page.getByRole('button', { name: 'Create the account' }).click();
        await page.waitForURL('**/overview');
        await page.getByText('Good to see you, Sofia Rossi').waitFor();
      } finally {
        await Promise.all(open.splice(0).map(({ context }) => context.close()));
        await fresh.stop();
      }
    });

    it('changes a forgotten password by mail', async () => {
      const { email } = await app.createAccount('demand', { organisation: 'City' });
      const asking = await visit('/forgot-password');
      await asking.getByLabel('E-mail').fill(email);
      await asking.getByRole('button', { name: 'Send the link' }).click();
      await asking.getByText('Look into your mail').waitFor();
      const page = await visit(`/password-reset#${await app.tokenMailedTo(email)}`);
      await page.getByRole('textbox', { name: 'New password' }).fill(NEW_PASSWORD);
      await page.getByRole('button', { name: 'Set the new password' }).click();
      await page.getByRole('heading', { name: 'Your password is changed' }).waitFor();
      await app.agent().post('/api/v1/session').send({ email, password: NEW_PASSWORD }).expect(200);
    });
  });

  describe('the profile', () => {
    it('puts the refusal of the server beside the field, focuses it, keeps what was typed, then saves', async () => {
      const { page } = await openEditor('Refused Ltd');
      await page.getByLabel('Place').fill('Faro');
      await page.getByLabel('Web address').fill('no address');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('must be a web address').waitFor();
      await waitForFocus(page, 'website');
      expect(await page.getByLabel('Web address').getAttribute('aria-invalid')).to.equal('true');
      expect(await page.getByLabel('Place').inputValue()).to.equal('Faro');
      await page.getByLabel('Web address').fill('www.example.eu');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Everything is saved').waitFor();
    });

    it('refuses a figure that is no number before sending', async () => {
      const { page } = await openEditor('Figures Ltd');
      await page.getByLabel('Headcount').fill('many');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('must be a number').waitFor();
      await waitForFocus(page, 'declaration.headcount');
    });

    it('shows the size class that a declaration leads to, with its rule', async () => {
      const { page } = await openEditor('Declared Ltd');
      await page.getByText('Suggestions come all the same').waitFor();
      await page.getByLabel('Headcount').fill('34');
      await page.getByLabel('Turnover in EUR').fill('4 200 000');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('By this declaration: Small company').waitFor();
      await page.getByText('Fewer than 50 people').waitFor();
    });

    it('drops the mark of a demo answer when the field is edited', async () => {
      const { page } = await openEditor('Marked Ltd');
      const mark = page.locator('[data-field="solutions.trl"]').getByText('Demo answer');
      await mark.waitFor();
      await page.getByLabel('Readiness level (TRL)').selectOption('7');
      await mark.waitFor({ state: 'detached' });
    });

    it('picks taxonomy terms with the keyboard and takes one away', async () => {
      const { page } = await openEditor('Terms Ltd');
      const picker = page.getByRole('combobox', { name: 'Capabilities' }).first();
      await picker.focus();
      await page.keyboard.type('cryptol');
      await page.getByRole('option', { name: 'Cryptology', exact: true }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const chip = page.getByRole('button', { name: 'Remove Cryptology' });
      await chip.click();
      await chip.waitFor({ state: 'detached' });
    });

    it('jumps to the field that would help most', async () => {
      const { page } = await openEditor('Jumping Ltd');
      await page.getByRole('button', { name: /^Fill it in/ }).click();
      const inForm = await page.evaluate(
        () => document.activeElement?.closest('.profile-main [data-field]') !== null,
      );
      expect(inForm).to.equal(true);
    });

    it('keeps what was typed when somebody else saved meanwhile', async () => {
      const { page, sme } = await openEditor('Contested Ltd');
      await page.getByLabel('Place').fill('Lagos');
      await staff.agent
        .put(`/api/v1/smes/${sme.id}`)
        .set('If-Match', `"${sme.own?.version ?? 0}"`)
        .send({ ...profileNamed('Contested and Sons Ltd', 'FR') })
        .expect(200);
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByRole('button', { name: 'Load the newer version' }).click();
      await page.waitForFunction(
        () => document.querySelector<HTMLInputElement>('[name="name"]')?.value === 'Contested and Sons Ltd',
      );
      expect(await page.getByLabel('Place').inputValue()).to.equal('Lagos');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Everything is saved').waitFor();
      const saved = await staff.agent.get(`/api/v1/smes/${sme.id}`).expect(200);
      expect(saved.body).to.include({ name: 'Contested and Sons Ltd', city: 'Lagos' });
    });

    it('warns before unsaved changes are left', async () => {
      const { page } = await openEditor('Leaving Ltd');
      await page.getByLabel('Place').fill('Olhão');
      await page.getByRole('link', { name: 'Companies' }).first().click();
      await page.getByRole('dialog').getByRole('button', { name: 'Stay here' }).click();
      expect(await page.getByLabel('Place').inputValue()).to.equal('Olhão');
      await page.getByRole('link', { name: 'Companies' }).first().click();
      await page.getByRole('button', { name: 'Leave without saving' }).click();
      await page.waitForURL('**/companies');
    });

    /** Types something, and lets the session run out on the server as it does over night. */
    async function expireWhileTyping(name: string): Promise<Page> {
      const { page, accountId } = await openEditor(name);
      await page.getByLabel('Place').fill('Tavira');
      await page.context().setOffline(true);
      await app.tandem.services.sessions.endAll(accountId);
      await page.context().setOffline(false);
      return page;
    }

    async function signInAgain(page: Page): Promise<void> {
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Password', { exact: true }).fill(TEST_PASSWORD);
      await dialog.getByRole('button', { name: 'Sign in' }).click();
      await dialog.waitFor({ state: 'detached' });
    }

    it('asks to sign in again over unsaved changes when they are saved after the session ended', async () => {
      const { page, accountId } = await openEditor('Resumed Ltd');
      await page.getByLabel('Place').fill('Tavira');
      await app.tandem.services.sessions.endAll(accountId);
      await page.getByRole('button', { name: 'Save' }).click();
      await signInAgain(page);
      expect(await page.getByLabel('Place').inputValue()).to.equal('Tavira');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('Everything is saved').waitFor();
    });

    it('asks to sign in again as soon as the live line finds that the session ended', async () => {
      const page = await expireWhileTyping('Awake Again Ltd');
      await signInAgain(page);
      expect(await page.getByLabel('Place').inputValue()).to.equal('Tavira');
    });

    it('registers a company by hand and shows it', async () => {
      const { page } = keep(await openSignedIn(app, 'cluster', { person: { clusterId } }));
      await page.goto('/smes/new');
      await page.getByLabel('Name', { exact: true }).fill('Made by hand Ltd');
      await page.getByLabel('Country').selectOption('PT');
      await page.getByRole('button', { name: 'Register the company' }).click();
      await page.getByRole('heading', { name: 'Made by hand Ltd' }).waitFor();
    });
  });

  describe('directory and staff', () => {
    it('finds companies by name and says what to do where none fits', async () => {
      await register('Findable Sensors Ltd', 'IT');
      const { page } = keep(await openSignedIn(app, 'demand'));
      await page.goto('/companies');
      await page.getByLabel('Search').fill('findable');
      await page.waitForURL('**/companies?q=findable');
      await page.getByRole('link', { name: 'Findable Sensors Ltd' }).waitFor();
      await page.getByLabel('Country').selectOption('FR');
      await page.getByText('No company fits').waitFor();
    });

    it('adds a cluster and invites its manager', async () => {
      const { page } = keep(await openSignedIn(app, 'staff'));
      await page.goto('/clusters');
      await page.getByRole('button', { name: 'Add a cluster' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Name').fill('Baltic Security Network');
      await dialog.getByRole('button', { name: 'Add the cluster' }).click();
      await dialog.getByText('must be a two-letter country code').waitFor();
      await dialog.getByLabel('Country').selectOption('LV');
      await dialog.getByRole('button', { name: 'Add the cluster' }).click();
      await page.getByRole('heading', { name: 'Baltic Security Network' }).waitFor();
      await page.getByRole('button', { name: 'Invite its manager' }).click();
      await page.getByLabel('E-mail of the person').fill('manager@example.lv');
      await page.getByRole('button', { name: 'Send the invitation' }).click();
      await page.getByText('The invitation to manager@example.lv is on its way.').waitFor();
      expect(await app.tokenMailedTo('manager@example.lv')).to.have.length(43);
    });

    it('invites a company that is found with the keyboard, then takes the invitation back', async () => {
      await register('Invited Optics Ltd');
      const { page } = keep(await openSignedIn(app, 'staff'));
      await page.goto('/invitations');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByLabel('Kind of account').selectOption('sme');
      await page.getByRole('combobox', { name: 'Company' }).focus();
      await page.keyboard.type('Invited Opt');
      await page.getByRole('option', { name: /Invited Optics Ltd/ }).waitFor();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      await page.getByLabel('E-mail of the person').fill('optics@example.eu');
      await page.keyboard.press('Enter');
      await page.getByRole('button', { name: 'Take back the invitation to optics@example.eu' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Take back' }).click();
      await page.getByText('The invitation to optics@example.eu was taken back.').waitFor();
    });

    it('closes an account after asking', async () => {
      await app.createAccount('demand', { name: 'Closing Person', organisation: 'City' });
      const { page } = keep(await openSignedIn(app, 'staff'));
      await page.goto('/accounts?q=Closing');
      await page.getByRole('button', { name: 'Close the account of Closing Person' }).click();
      await page.getByRole('dialog').getByRole('button', { name: 'Close', exact: true }).last().click();
      await page.getByText('The account of Closing Person was closed.').waitFor();
    });

    it('ends the other sessions of an account', async () => {
      const { page, email } = keep(await openSignedIn(app, 'demand'));
      const other = app.agent();
      await other.post('/api/v1/session').send({ email, password: TEST_PASSWORD }).expect(200);
      await page.goto('/account');
      await page.getByRole('button', { name: 'End all other sessions' }).click();
      await page.getByText('All other sessions were ended.').waitFor();
      const answer = await other.get('/api/v1/session').expect(200);
      expect(answer.body).to.deep.equal({ user: null });
    });
  });

  describe('API reference', () => {
    it('lists every operation and finds one, without any foreign host', async () => {
      const { page } = keep(await openVisitor({ url: app.url }));
      const hosts = new Set<string>();
      page.on('request', (request) => hosts.add(new URL(request.url()).origin));
      await page.goto('/api/docs');
      await page.getByText(`${app.tandem.routes.length} operations`).waitFor();
      await page.getByLabel('Find an operation').fill('put smes');
      await page.getByText('One operation').waitFor();
      await page.getByText('/smes/{smeId}').click();
      await page.getByText('solutions', { exact: true }).first().waitFor();
      expect([...hosts]).to.deep.equal([app.url]);
    });
  });

  describe('for everybody (axe-core, both widths, both themes)', function () {
    this.timeout(120_000);
    const publicPages = [
      '/sign-in',
      '/setup',
      '/invitation',
      '/forgot-password',
      '/password-reset',
      '/api/docs',
      '/nowhere',
    ];
    for (const path of publicPages) {
      it(`${path} breaks no rule`, async () => {
        const page = await visit(`${path}#${'x'.repeat(43)}`);
        await settled(page);
        await expectAccessible(page, path);
      });
    }

    const staffPages: readonly (readonly [string, (ids: { smeId: string; clusterId: string }) => string])[] =
      [
        ['the overview', () => '/overview'],
        ['companies', () => '/companies'],
        ['a company', ({ smeId }) => `/smes/${smeId}`],
        ['the form of a company', ({ smeId }) => `/smes/${smeId}/edit`],
        ['a new company', () => '/smes/new'],
        ['clusters', () => '/clusters'],
        ['a cluster', (ids) => `/clusters/${ids.clusterId}`],
        ['accounts', () => '/accounts'],
        ['invitations', () => '/invitations'],
        ['one’s own account', () => '/account'],
      ];
    for (const [name, pathOf] of staffPages) {
      it(`${name} breaks no rule`, async () => {
        const sme = await register(`Axe ${name} Ltd`);
        const { page } = keep(await openSignedIn(app, 'staff'));
        await page.goto(pathOf({ smeId: sme.id, clusterId }));
        await settled(page);
        await expectAccessible(page, name);
      });
    }

    it('an open dialog with an open list breaks no rule', async () => {
      const { page } = keep(await openSignedIn(app, 'staff'));
      await page.goto('/invitations');
      await page.getByRole('button', { name: 'Invite somebody' }).click();
      await page.getByRole('combobox', { name: 'Cluster' }).click();
      await page.getByRole('listbox').getByRole('option').first().waitFor();
      await expectAccessible(page, 'invite');
    });

    it('a form with refusals breaks no rule', async () => {
      const { page } = await openEditor('Axe refused Ltd');
      await page.getByLabel('Web address').fill('no address');
      await page.getByRole('button', { name: 'Save' }).click();
      await page.getByText('must be a web address').waitFor();
      await expectAccessible(page, 'refusals');
    });
  });
});
