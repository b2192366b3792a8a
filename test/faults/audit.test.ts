import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { signIn, STAFF_EMAIL } from '../../scripts/bench/live-accounts.ts';
import { serve, type Served } from '../../scripts/bench/processes.ts';
import type { Visitor } from '../../scripts/demo/visitor.ts';
import { checkAudit } from '../../server/audit/check.ts';
import { recount } from '../../server/audit/invariants/recount.ts';
import { auditModel, type AuditRecord } from '../../server/audit/model.ts';
import { allAudited } from '../../server/audited.ts';
import { needModel } from '../../server/needs/model.ts';
import type { NeedView } from '../../server/needs/schema.ts';
import { smeModel } from '../../server/smes/model.ts';
import type { SmeView } from '../../server/smes/schema.ts';
import { openStorage, type Storage } from '../../server/storage/connect.ts';
import { needInput } from '../server/needs/support.ts';
import { until } from '../support/until.ts';
import { whileThere } from './event-people.ts';

const KILLS = 3;
const WRITERS = 4;
/** Acknowledged decisions between two kills. */
const ENOUGH = 40;

/** A decision that the server said is made. */
interface Decision {
  readonly action: string;
  readonly thingId: string;
}

/** Staff register companies and take every second one out again. */
function registerAndWithdraw(staff: Visitor, name: string, done: Decision[]): Promise<void> {
  let number = 0;
  return whileThere(async () => {
    number += 1;
    const profile = { name: `${name} ${number}`, country: 'BE' };
    const sme = await staff.call<SmeView>('POST', '/smes', { body: { clusterId: 'lsec', profile } });
    done.push({ action: 'sme.register', thingId: sme.id });
    if (number % 2 === 0) return;
    await staff.call('DELETE', `/smes/${sme.id}`);
    done.push({ action: 'sme.erase', thingId: sme.id });
  });
}

/** Staff state needs and take each step that follows. */
function stateAndPublish(staff: Visitor, name: string, done: Decision[]): Promise<void> {
  let number = 0;
  return whileThere(async () => {
    number += 1;
    const need = needInput({ title: `${name} ${number}` });
    let stated = await staff.call<NeedView>('POST', '/needs', { body: { need } });
    done.push({ action: 'need.create', thingId: stated.id });
    for (const step of ['submit', 'publish', 'close']) {
      const body = { step, version: stated.own?.version ?? 0, reason: '' };
      stated = await staff.call<NeedView>('POST', `/needs/${stated.id}/steps`, { body });
      done.push({ action: `need.${step}`, thingId: stated.id });
    }
  });
}

describe('kill -9 while decisions are being made', function () {
  this.timeout(240_000);
  const environment: Record<string, string> = {
    COMPANIES: '4',
    ACCOUNT_PASSWORD: randomBytes(12).toString('base64url'),
    SESSION_SECRETS: randomBytes(32).toString('hex'),
  };
  const done: Decision[] = [];
  let dataDir: string;
  let server: Served | null = null;
  let storage: Storage | null = null;

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'tandem-kill-audit-'));
    environment['DATA_DIR'] = dataDir;
  });
  after(async () => {
    await server?.kill();
    await storage?.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  it('keeps every acknowledged decision in the log, which leads to what is stored', async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      server = await serve('scripts/bench/live-server.ts', environment);
      const staff = await signIn(server.url, STAFF_EMAIL, environment['ACCOUNT_PASSWORD'] ?? '');
      const target = done.length + ENOUGH + kill * 7;
      const writing = Array.from({ length: WRITERS }, (_, writer) => [
        registerAndWithdraw(staff, `Company ${kill}-${writer}`, done),
        stateAndPublish(staff, `Need ${kill}-${writer}`, done),
      ]).flat();
      await until(() => done.length >= target);
      await server.kill();
      await Promise.all(writing);
    }
    // What a crash cut off between a change and its entry is made up for at the next start.
    server = await serve('scripts/bench/live-server.ts', environment);
    await server.stop();
    server = null;

    storage = await openStorage({ dataDir });
    const { connection } = storage;
    const check = await checkAudit(connection, allAudited(connection));
    expect(check.chainFault).to.equal(null);
    expect(check.differences).to.deep.equal([]);
    expect((await recount(connection)).flatMap(({ faults }) => faults)).to.deep.equal([]);

    const entries = await auditModel(connection).find().lean<AuditRecord[]>().exec();
    const logged = new Set(entries.map(({ action, thingId }) => `${action} ${thingId}`));
    const lost = done.filter(({ action, thingId }) => !logged.has(`${action} ${thingId}`));
    expect(lost, 'acknowledged, but not in the log').to.deep.equal([]);
    const ofAction = (action: string): string[] =>
      done.flatMap((decision) => (decision.action === action ? [decision.thingId] : []));
    const smes = new Set((await smeModel(connection).distinct('_id')).map(String));
    const erased = ofAction('sme.erase');
    expect(erased.filter((id) => smes.has(id))).to.deep.equal([]);
    const needs = new Map(
      (await needModel(connection).find({}, { state: 1 }).lean<{ _id: string; state: string }[]>()).map(
        (need) => [need._id, need.state],
      ),
    );
    for (const id of ofAction('need.close')) expect(needs.get(id)).to.equal('closed');
    expect(erased.length).to.be.greaterThan(0);
    expect(ofAction('need.close').length).to.be.greaterThan(0);
  });
});
