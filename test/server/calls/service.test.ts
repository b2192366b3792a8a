import { expect } from 'chai';
import fc from 'fast-check';
import type { Connection } from 'mongoose';
import { createAudit } from '../../../server/audit/audit.ts';
import { auditModel } from '../../../server/audit/model.ts';
import { auditedCalls } from '../../../server/calls/audited.ts';
import { loadOpenCall } from '../../../server/calls/calls.ts';
import { CALL_STATES, type CallRules, type CallState } from '../../../server/calls/schema.ts';
import { createCallService, type CallService } from '../../../server/calls/service.ts';
import { needsReason, statesAfter } from '../../../server/calls/state.ts';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { refusal } from '../../support/refusal.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { demand, NOW, staff, taxonomy } from '../smes/support.ts';

const { id: _, ...rules } = loadOpenCall();
const page = { sort: 'newest' as const, limit: 25 };

describe('the call service', () => {
  let storage: TestStorage;
  let connection: Connection;
  let changes = 0;

  const open = (): CallService =>
    createCallService({
      connection,
      clock: () => NOW,
      log: { info: () => undefined, error: () => undefined },
      taxonomy,
      audit: createAudit({ connection, clock: () => NOW }),
      changed: () => {
        changes += 1;
        return Promise.resolve();
      },
    });
  let calls: CallService;

  before(async () => {
    storage = await startTestStorage();
    connection = storage.storage.connection;
    calls = open();
    auditModel(connection);
    await ensureIndexes(connection);
    await Promise.all([calls.start(), open().start()]);
  });
  after(() => storage.stop());

  const publish = (change: Partial<CallRules>, baseVersion: number, id = 'securit-2') =>
    calls.change(staff, id, { baseVersion, rules: { ...rules, ...change }, note: 'A test' });

  it('puts the shipped calls in once, however many start at a time, and the newest in force', async () => {
    const { items } = await calls.list(staff, page);
    expect(items.map(({ id, state, inForce }) => [id, state, inForce])).to.deep.equal([
      ['securit-2', 'open', true],
      ['securit-1', 'decided', false],
    ]);
    const force = await calls.inForce();
    expect([force.id, force.rulesVersion]).to.deep.equal(['securit-2', 1]);
  });

  it('hides a draft from everybody but staff', async () => {
    await calls.create(staff, 'hidden', { ...rules, name: 'Hidden' });
    expect((await calls.list(demand, page)).items.map(({ id }) => id)).not.to.include('hidden');
    expect((await calls.list(demand, { ...page, state: 'draft' })).total).to.equal(0);
    expect(await refusal(calls.get(demand, 'hidden'))).to.include({ status: 404 });
    expect(await refusal(calls.versions(demand, 'hidden', page))).to.include({ status: 404 });
    expect((await calls.get(staff, 'hidden')).state).to.equal('draft');
  });

  it('makes one call of one id, however often it is asked', async () => {
    const asked = await Promise.allSettled(
      [1, 2, 3].map(() => calls.create(staff, 'twice', { ...rules, name: 'Twice' })),
    );
    expect(asked.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect((await calls.versions(staff, 'twice', page)).total).to.equal(1);
  });

  it('adds a version with each change, keeps the old ones, and tells matching of the call in force only', async () => {
    changes = 0;
    const changed = await publish({ countries: ['FR', 'DE'] }, 1);
    expect([changed.rulesVersion, changed.countries]).to.deep.equal([2, ['FR', 'DE']]);
    await calls.change(staff, 'hidden', {
      baseVersion: 1,
      rules: { ...rules, name: 'Still hidden' },
      note: 'n',
    });
    await calls.setState(staff, 'hidden', { version: 1, to: 'open', reason: '' });
    expect((await calls.find('securit-2', 1))?.countries).to.have.length(45);
    expect((await calls.inForce()).countries).to.deep.equal(['FR', 'DE']);
    const { items } = await calls.versions(demand, 'securit-2', page);
    expect(items.map(({ version, by, note }) => [version, by, note])).to.deep.equal([
      [2, 'Staff', 'A test'],
      [1, null, 'What the software ships with'],
    ]);
    expect(changes).to.equal(1);
  });

  it('lets one of two changes through that were made on the same version', async () => {
    const { version } = (await calls.versions(staff, 'securit-2', page)).items[0] ?? { version: 0 };
    const both = await Promise.allSettled([
      publish({ note: 'one' }, version),
      publish({ note: 'two' }, version),
    ]);
    expect(both.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await refusal(publish({}, version))).to.include({ status: 409, code: 'changed-meanwhile' });
  });

  it('takes up challenges without losing what others publish meanwhile', async () => {
    const { rulesVersion } = await calls.inForce();
    const [challenge] = rules.challenges;
    if (!challenge) throw new Error('the shipped call has challenges');
    await Promise.all([
      calls.setChallenges(staff, 'securit-2', [{ ...challenge, words: 'Curated' }], 'From the demand side'),
      calls.setChallenges(staff, 'securit-2', [{ ...challenge, words: 'Curated' }], 'From the demand side'),
    ]);
    const now = await calls.inForce();
    expect([now.rulesVersion, now.challenges.map(({ words }) => words)]).to.deep.equal([
      rulesVersion + 2,
      ['Curated'],
    ]);
    const unknown = { ...challenge, fields: ['no_such_term'] };
    expect(await refusal(calls.setChallenges(staff, 'securit-2', [unknown], 'x'))).to.include({
      status: 400,
    });
  });

  it('refuses countries that do not exist, and changes of a decided call', async () => {
    expect(await refusal(publish({ countries: ['FR', 'US'] }, 1))).to.include({ status: 400 });
    expect(await refusal(publish({}, 1, 'securit-1'))).to.include({ status: 409, code: 'call-decided' });
    expect(await refusal(publish({}, 1, 'no-such-call'))).to.include({ status: 404 });
  });

  it('puts another call in force once it is open, for all processes', async () => {
    const other = open();
    expect(await refusal(calls.choose(staff, 'twice', { replaces: 'securit-2', reason: '' }))).to.include({
      status: 409,
      code: 'not-open',
    });
    await calls.setState(staff, 'twice', { version: 1, to: 'open', reason: '' });
    expect(await refusal(calls.choose(staff, 'twice', { replaces: 'hidden', reason: '' }))).to.include({
      status: 409,
      code: 'changed-meanwhile',
    });
    await calls.choose(staff, 'twice', { replaces: 'securit-2', reason: 'The next round' });
    expect((await other.inForce()).id).to.equal('twice');
    // Again is harmless.
    expect((await calls.choose(staff, 'twice', { replaces: 'securit-2', reason: '' })).inForce).to.equal(
      true,
    );
    await calls.choose(staff, 'securit-2', { replaces: 'twice', reason: 'Back' });
  });

  it('goes from state to state as the table says and no other way', async () => {
    const states = fc.array(fc.constantFrom(...CALL_STATES), { minLength: 1, maxLength: 12 });
    let made = 0;
    await fc.assert(
      fc.asyncProperty(states, async (path) => {
        made += 1;
        let { id, state, version } = await calls.create(staff, `walk-${made}`, {
          ...rules,
          name: `Walk ${made}`,
        });
        for (const to of path) {
          const allowed = statesAfter(state).includes(to);
          const step = calls.setState(staff, id, { version, to, reason: 'a reason' });
          if (allowed) ({ id, state, version } = await step);
          else expect(await refusal(step)).to.include({ status: 409, code: 'not-next' });
          expect((await calls.get(staff, id)).state).to.equal(state);
        }
      }),
      { numRuns: 6 },
    );
  });

  it('asks for the reason of a step back, and for the version of the step', async () => {
    const going = await calls.setState(staff, 'hidden', { version: 2, to: 'closed', reason: '' });
    const back = { version: going.version, to: 'open' as CallState };
    expect(needsReason('closed', 'open')).to.equal(true);
    expect(await refusal(calls.setState(staff, 'hidden', { ...back, reason: '' }))).to.include({
      status: 400,
    });
    expect(await refusal(calls.setState(staff, 'hidden', { ...back, version: 1, reason: 'x' }))).to.include({
      status: 412,
    });
    expect((await calls.setState(staff, 'hidden', { ...back, reason: 'Prolonged' })).state).to.equal('open');
  });

  it('leaves a log of decisions that ends in what the database has', async () => {
    const entries = await auditModel(connection).find().sort({ seq: 1 }).lean().exec();
    for (const things of auditedCalls(connection)) {
      const last = new Map(
        entries.filter((entry) => entry.kind === things.kind).map((one) => [one.thingId, one.after]),
      );
      const logged = [...last].map(([id, after]) => [id, JSON.parse(after ?? 'null')] as const);
      expect(new Map(logged)).to.deep.equal(await things.states());
    }
  });
});
