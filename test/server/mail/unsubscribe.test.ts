import { expect } from 'chai';
import type { MailChoices } from '../../../server/mail/schema.ts';
import type { AnnouncementView } from '../../../server/news/schema.ts';
import { isUnsubscribeToken, unsubscribeUrls } from '../../../server/mail/unsubscribe.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';

describe('mail that can be turned off', () => {
  let app: TestApp;
  let staff: SignedIn;
  let reader: SignedIn;

  /** Path of the one-click address in the newest mail to the reader. */
  async function oneClickPath(): Promise<string> {
    const mail = (await app.mails()).findLast(({ to }) => to === reader.email);
    return new URL(mail?.oneClick ?? '').pathname;
  }
  const choices = async (): Promise<MailChoices> =>
    (await reader.agent.get('/api/v1/account/mail').expect(200)).body as MailChoices;

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff');
    reader = await app.signInAs('cluster', { clusterId: 'censec' });
    const announcement = { title: 'The call opens', words: 'On Monday.', mail: true, target: {} };
    const made = await staff.agent.post('/api/v1/announcements').send({ announcement }).expect(201);
    const { id, version } = made.body as AnnouncementView;
    await staff.agent
      .post(`/api/v1/announcements/${id}/actions`)
      .send({ version, action: 'publish' })
      .expect(200);
  });
  after(() => app.stop());

  it('says so in its headers and in its words, with an address for one account and one kind', async () => {
    const mail = (await app.mails()).findLast(({ to }) => to === reader.email);
    expect(mail?.oneClick).to.match(/\/api\/v1\/unsubscribe\/news\/[^/]+\/[\w-]{43}$/);
    expect(mail?.text).to.include(`${app.tandem.address.publicUrl()}/unsubscribe/news/${reader.accountId}/`);
  });

  it('is not ended by opening the link, which leads to a page that asks', async () => {
    const path = await oneClickPath();
    const opened = await app.agent().get(path).redirects(0).expect(303);
    expect(opened.headers['location']).to.equal(path.replace('/api/v1', ''));
    expect((await choices()).news).to.equal(true);
  });

  it('is ended by the one POST of a mail program, without session or origin; the other kinds go on', async () => {
    const path = await oneClickPath();
    const click = () =>
      fetch(`${app.url}${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
    expect((await click()).status).to.equal(200);
    expect((await click()).status, 'again').to.equal(200);
    expect(await choices()).to.deep.equal({
      suggestions: true,
      news: false,
      questions: true,
      reports: true,
      needs: true,
    });
  });

  it('is not ended by an address for another kind, for another account, or for one that is gone', async () => {
    const path = await oneClickPath();
    const someone = await app.createAccount('cluster', { clusterId: 'lsec' });
    for (const wrong of [
      path.replace('/news/', '/questions/'),
      path.replace(reader.accountId, someone.accountId),
      path.slice(0, -2),
    ]) {
      expect((await fetch(`${app.url}${wrong}`, { method: 'POST' })).status, wrong).to.equal(404);
    }
    await app.tandem.services.accounts.service.close(reader.accountId, {
      id: staff.accountId,
      role: 'staff',
    });
    expect((await fetch(`${app.url}${path}`, { method: 'POST' })).status, 'closed').to.equal(404);
  });

  it('keeps addresses that were made with an older secret', () => {
    const subscription = { accountId: 'some-account', kind: 'news' as const };
    const publicUrl = () => 'https://tandem.example';
    const { page } = unsubscribeUrls({ secrets: ['old'], publicUrl }, subscription);
    const token = page.split('/').at(-1) ?? '';
    expect(isUnsubscribeToken({ secrets: ['new', 'old'], publicUrl }, subscription, token)).to.equal(true);
    expect(isUnsubscribeToken({ secrets: ['new'], publicUrl }, subscription, token)).to.equal(false);
  });
});
