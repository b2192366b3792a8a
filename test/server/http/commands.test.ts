import { expect } from 'chai';
import type { CommandStartedEvent } from 'mongodb';
import { z } from 'zod';
import { BENCH_ROLES, emailOf, fillProgramme } from '../../../scripts/bench/http-data.ts';
import { QUESTIONS, type Question } from '../../../scripts/bench/http-pages.ts';
import type { ProgrammeSize } from '../../../scripts/bench/http-records.ts';
import { createPasswords } from '../../../server/accounts/passwords.ts';
import type { Route } from '../../../server/http/route.ts';
import { startTestApp, TEST_PASSWORD, type TestApp } from '../../support/app.ts';
import { startTestStorage } from '../../support/storage.ts';
import { until } from '../../support/until.ts';

const FEW: ProgrammeSize = { clusters: 3, smes: 120, needs: 40, meetings: 1_000 };
const MANY: ProgrammeSize = { clusters: 9, smes: 360, needs: 120, meetings: 4_000 };
/** The matcher, jobs and events look at the database by themselves now and then: the least of several times is the page's own. */
const TIMES = 12;

interface Programme {
  app: TestApp;
  ask(question: Question): Promise<number>;
  stop(): Promise<void>;
}

/** A server on a programme of this size; `ask` counts the commands of one answer. */
async function startProgramme(size: ProgrammeSize): Promise<Programme> {
  const storage = await startTestStorage();
  const { connection } = storage.storage;
  const passwordHash = await createPasswords({ memoryKiB: 1024, passes: 1 }).hash(TEST_PASSWORD);
  await fillProgramme(connection, size, passwordHash);
  const app = await startTestApp({ storage });
  await until(async () => (await app.agent().get('/readyz')).status === 200);
  const agents = new Map(BENCH_ROLES.map((role) => [role, app.agent()]));
  for (const [role, agent] of agents) {
    await agent
      .post('/api/v1/session')
      .send({ email: emailOf(role), password: TEST_PASSWORD })
      .expect(200);
  }
  let commands = 0;
  const count = ({ commandName, command }: CommandStartedEvent): void => {
    // Looking for jobs that are due goes on all the time.
    if (command[commandName] !== 'agendaJobs') commands += 1;
  };
  connection.getClient().on('commandStarted', count);
  return {
    app,
    async ask({ as, path }) {
      const agent = agents.get(as) ?? app.agent();
      commands = 0;
      await agent.get(`/api/v1${path}`).expect(200);
      return commands;
    },
    async stop() {
      connection.getClient().off('commandStarted', count);
      await app.stop();
      await storage.stop();
    },
  };
}

/** Worked out by the engine, which has measurements of its own. */
const BY_THE_ENGINE = ['/pairs', '/pairs/alone', '/pairs/unsuggested'];

const hasPages = ({ method, query }: Route): boolean =>
  method === 'get' &&
  query !== undefined &&
  'cursor' in (z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' }).properties ?? {});
const patternOf = ({ path }: Route): RegExp => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`);

describe('the pages of a programme', function () {
  this.timeout(240_000);
  let few: Programme;
  let many: Programme;
  before(async () => {
    few = await startProgramme(FEW);
    many = await startProgramme(MANY);
  });
  after(async () => {
    await few.stop();
    await many.stop();
  });

  it('are asked in the measurement, every list of them', () => {
    const asked = QUESTIONS.map(({ path }) => path.replace(/\?.*/, ''));
    const missing = few.app.tandem.routes
      .filter(hasPages)
      .filter((route) => !asked.some((path) => patternOf(route).test(path)))
      .map(({ path }) => path);
    expect(missing).to.deep.equal(BY_THE_ENGINE);
  });

  it('ask the database as often where there is much as where there is little', async () => {
    const differing: string[] = [];
    for (const question of QUESTIONS) {
      // What is read once and then kept is not the page's own.
      await few.ask(question);
      await many.ask(question);
      let [atFew, atMany] = [Infinity, Infinity];
      for (let time = 0; time < TIMES && !(time > 0 && atFew === atMany); time++) {
        atFew = Math.min(atFew, await few.ask(question));
        atMany = Math.min(atMany, await many.ask(question));
      }
      if (atFew !== atMany) differing.push(`${question.path} (${question.as}): ${atFew}, then ${atMany}`);
      expect(atFew, question.path).to.be.greaterThan(0);
    }
    expect(differing).to.deep.equal([]);
  });
});
