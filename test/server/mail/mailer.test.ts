import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { pino } from 'pino';
import { createMailer, folderMailer, MailError, smtpMailer } from '../../../server/mail/mailer.ts';
import { createPost } from '../../../server/mail/post.ts';
import {
  accountClosedMail,
  invitationMail,
  passwordChangedMail,
  passwordResetMail,
} from '../../../server/mail/templates.ts';

const FROM = 'Tandem <tandem@example.eu>';
const mail = { to: 'anna@example.eu', subject: 'Grüße', text: 'One\nhttps://tandem.example.eu/x#token\n' };

/** A mail server that takes everything and keeps what it was told. */
async function listeningMailServer(): Promise<{ url: string; told: string[]; server: Server }> {
  const told: string[] = [];
  const server = createServer((socket) => {
    let inData = false;
    socket.write('220 test ESMTP\r\n');
    socket.on('data', (chunk) => {
      const text = chunk.toString();
      told.push(text);
      if (inData && text.endsWith('\r\n.\r\n')) {
        inData = false;
        socket.write('250 taken\r\n');
      } else if (!inData && text.startsWith('DATA')) {
        inData = true;
        socket.write('354 go on\r\n');
      } else if (!inData) socket.write(text.startsWith('QUIT') ? '221 bye\r\n' : '250 ok\r\n');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `smtp://127.0.0.1:${String(port)}?ignoreTLS=true`, told, server };
}

describe('mail', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tandem-mail-'));
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('that can be turned off says so to mail programs (RFC 8058)', async () => {
    const mailer = folderMailer(folder, FROM, () => new Date());
    await mailer.send({ ...mail, oneClick: 'https://tandem.example.eu/api/v1/unsubscribe/news/anna/token' });
    const [name = ''] = await readdir(folder);
    // Long headers are folded.
    const text = (await readFile(join(folder, name), 'utf8')).replace(/\r\n[ \t]+/g, ' ');
    expect(text).to.include(
      'List-Unsubscribe: <https://tandem.example.eu/api/v1/unsubscribe/news/anna/token>',
    );
    expect(text).to.include('List-Unsubscribe-Post: List-Unsubscribe=One-Click');
  });

  it('is written as .eml files in the order of sending, readable by the owner alone', async () => {
    let now = Date.parse('2026-02-03T04:05:06.007Z');
    const mailer = folderMailer(join(folder, 'mail'), FROM, () => new Date(now));
    const first = await mailer.send({ ...mail, subject: 'first' });
    now += 1;
    await mailer.send({ ...mail, subject: 'second' });
    const names = (await readdir(join(folder, 'mail'))).sort();
    expect(names).to.have.length(2);
    expect(names[0]).to.match(/^2026-02-03T04-05-06-007Z-[0-9a-f]{8}\.eml$/);
    const text = await readFile(join(folder, 'mail', names[0] ?? ''), 'utf8');
    expect(text).to.not.include('List-Unsubscribe');
    expect(text)
      .to.match(/^From: Tandem <tandem@example\.eu>\r\n/m)
      .and.match(/^To: anna@example\.eu\r\n/m);
    expect(text)
      .to.match(/^Subject: first\r\n/m)
      .and.include(first);
    expect(text).to.include('https://tandem.example.eu/x#token');
  });

  it('goes to the folder where no mail server is set', async () => {
    const mailer = createMailer({ smtpUrl: null, mailFrom: FROM, dataDir: folder, clock: () => new Date() });
    await mailer.send(mail);
    expect(await readdir(join(folder, 'mail'))).to.have.length(1);
  });

  it('goes to the mail server where one is set', async () => {
    const { url, told, server } = await listeningMailServer();
    const messageId = await smtpMailer(url, FROM).send(mail);
    const all = told.join('');
    expect(all).to.include('RCPT TO:<anna@example.eu>').and.include(messageId);
    expect(all).to.include('https://tandem.example.eu/x#token');
    await new Promise((resolve) => server.close(resolve));
  });

  it('cannot be given more headers or more recipients through its fields', async () => {
    const mailer = folderMailer(folder, FROM, () => new Date());
    const wrong = [
      { ...mail, subject: 'Hello\r\nBcc: everybody@example.eu' },
      { ...mail, to: 'anna@example.eu\nbob@example.eu' },
      { ...mail, to: 'anna@example.eu, bob@example.eu' },
      { ...mail, to: 'Anna <anna@example.eu>' },
    ];
    for (const each of wrong) {
      const outcome = await mailer.send(each).catch((error: unknown) => error);
      expect(outcome, JSON.stringify(each)).to.be.instanceOf(MailError);
    }
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('that cannot be sent is logged without its links, and never fails what caused it', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'trace' }, { write: (line: string) => lines.push(line) });
    const post = createPost({ send: () => Promise.reject(new Error('server away')) }, log);
    post.send(mail);
    post.prepare(() => Promise.reject(new Error('database away')));
    await post.drain();
    expect(lines.join('')).to.include('server away').and.include('database away').and.not.include('token');
  });

  it('is waited for, also where one thing leads to another', async () => {
    const sent: string[] = [];
    const slow = {
      send: async ({ subject }: { subject: string }) => {
        await new Promise((resolve) => setImmediate(resolve));
        sent.push(subject);
        return '<id>';
      },
    };
    const post = createPost(slow, pino({ level: 'silent' }));
    post.prepare(() => {
      post.send(mail);
      return Promise.resolve();
    });
    await post.drain();
    expect(sent).to.deep.equal(['Grüße']);
  });

  it('says in plain words what it is for and how long its link works', () => {
    const link = 'https://tandem.example.eu/invitation#t';
    const person = { email: 'anna@example.eu', name: 'Anna' };
    const expiresAt = new Date('2026-12-06T10:00:00Z');
    const invitation = {
      email: 'anna@example.eu',
      role: 'sme',
      organisation: 'Nordsensor',
      invitedBy: 'Clara',
    } as const;
    const mails = [
      invitationMail({ ...invitation, link, expiresAt }),
      passwordResetMail({ ...person, link, minutes: 30 }),
      passwordChangedMail(person),
      accountClosedMail(person),
    ];
    expect(mails.map(({ to }) => to)).to.deep.equal(Array(4).fill('anna@example.eu'));
    expect(mails[0]?.text)
      .to.include(link)
      .and.include('until 6 December 2026')
      .and.include('Clara invites you (Nordsensor)');
    expect(mails[1]?.text).to.include(link).and.include('for 30 minutes');
    expect(mails.every(({ text }) => !/undefined|null/.test(text))).to.equal(true);
  });
});
