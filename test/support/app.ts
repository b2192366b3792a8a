import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import supertest from 'supertest';
import type TestAgent from 'supertest/lib/agent.js';
import { createPasswords } from '../../server/accounts/passwords.ts';
import type { Role } from '../../server/accounts/schema.ts';
import { createTandem, type Tandem, type TandemOptions } from '../../server/app.ts';
import { readConfig, type Config, type SettingName } from '../../server/config.ts';
import type { Mail, Mailer } from '../../server/mail/mailer.ts';
import { newId } from '../../server/storage/ids.ts';
import { startTestStorage, type TestStorage } from './storage.ts';

/** One password for all test accounts; it passes the rules. */
export const TEST_PASSWORD = 'violet-harbour-47-lantern';

/** Time that tests move by hand; it goes on by itself as little as a stopped clock does. */
export interface TestClock {
  (): Date;
  /** Moves the time forward. */
  advance(ms: number): void;
  set(time: Date): void;
}

export function createTestClock(start = new Date()): TestClock {
  let now = start.getTime();
  return Object.assign(() => new Date(now), {
    advance(ms: number) {
      now += ms;
    },
    set(time: Date) {
      now = time.getTime();
    },
  });
}

/** Whom to sign in as; each has an account of its own. */
export interface Person {
  clusterId?: string;
  smeId?: string;
  name?: string;
  email?: string;
  organisation?: string;
}

export interface SignedIn {
  agent: TestAgent;
  accountId: string;
  email: string;
}

export interface TestApp {
  url: string;
  tandem: Tandem;
  config: Config;
  clock: TestClock;
  storage: TestStorage;
  /** A visitor with cookies of its own, whose requests come from our own pages. */
  agent(): TestAgent;
  /** Makes an account in the database and signs it in over HTTP. */
  signInAs(role: Role, person?: Person): Promise<SignedIn>;
  /** Makes an account without signing it in. */
  createAccount(role: Role, person?: Person): Promise<{ accountId: string; email: string }>;
  /** All mail sent so far, after what is under way has left. */
  mails(): Promise<readonly Mail[]>;
  /** The token in the newest mail to this address. */
  tokenMailedTo(email: string): Promise<string>;
  stop(): Promise<void>;
}

export interface TestAppOptions {
  /** Settings, as they would stand in the environment. */
  env?: Partial<Record<SettingName, string>>;
  clock?: TestClock;
  mailer?: Mailer;
  log?: TandemOptions['log'];
  clientFolder?: string;
  spawnEngine?: TandemOptions['spawnEngine'];
  /** Another storage than a fresh one; it is not stopped with the app. */
  storage?: TestStorage;
}

/** Hashing as in the product, only cheaper; its cost has tests of its own. */
const cheapPasswords = createPasswords({ memoryKiB: 1024, passes: 1 });

function memoryMailer(sent: Mail[]): Mailer {
  return {
    send(mail) {
      sent.push(mail);
      return Promise.resolve(`<${newId()}@test>`);
    },
  };
}

/** A whole server on a free port of this machine, on a fresh database, with a clock to set and mail to read. */
export async function startTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const storage = options.storage ?? (await startTestStorage());
  const clock = options.clock ?? createTestClock();
  const sent: Mail[] = [];
  const config = readConfig({
    SESSION_SECRETS: randomBytes(32).toString('hex'),
    REQUESTS_PER_MINUTE: '10000000',
    DATA_DIR: '/nowhere/tandem-test',
    ...options.env,
  });
  const tandem = await createTandem({
    storage: storage.storage,
    config,
    log: options.log ?? pino({ level: process.env['TEST_LOG'] ?? 'silent' }),
    clock,
    mailer: options.mailer ?? memoryMailer(sent),
    clientFolder: options.clientFolder ?? '/nowhere/client',
    passwords: cheapPasswords,
    ...(options.spawnEngine ? { spawnEngine: options.spawnEngine } : {}),
    jobsPace: { pollMs: 200, lockMs: 10_000, noteMs: 100 },
  });
  const port = await tandem.start(0, '127.0.0.1');
  const url = `http://127.0.0.1:${String(port)}`;

  const agent = (): TestAgent => supertest.agent(url).set('Sec-Fetch-Site', 'same-origin');
  let passwordHash: Promise<string> | undefined;

  async function createAccount(
    role: Role,
    person: Person = {},
  ): Promise<{ accountId: string; email: string }> {
    passwordHash ??= cheapPasswords.hash(TEST_PASSWORD);
    const accountId = newId();
    const email = person.email ?? `${role}-${accountId}@example.eu`;
    await tandem.services.accounts.service.create({
      _id: accountId,
      email,
      name: person.name ?? `Test ${role}`,
      role,
      clusterId: person.clusterId ?? null,
      smeId: person.smeId ?? null,
      organisation: person.organisation ?? null,
      passwordHash: await passwordHash,
    });
    return { accountId, email };
  }

  async function mails(): Promise<readonly Mail[]> {
    await tandem.services.post.drain();
    return sent;
  }

  return {
    url,
    tandem,
    config,
    clock,
    storage,
    agent,
    createAccount,
    mails,
    async signInAs(role, person) {
      const { accountId, email } = await createAccount(role, person);
      const visitor = agent();
      await visitor.post('/api/v1/session').send({ email, password: TEST_PASSWORD }).expect(200);
      return { agent: visitor, accountId, email };
    },
    async tokenMailedTo(email) {
      const mail = (await mails()).findLast((candidate) => candidate.to === email);
      const token = /#([A-Za-z0-9_-]{43})/.exec(mail?.text ?? '')?.[1];
      if (token === undefined) throw new Error(`No link was mailed to ${email}.`);
      return token;
    },
    async stop() {
      await tandem.stop();
      if (options.storage === undefined) await storage.stop();
    },
  };
}
