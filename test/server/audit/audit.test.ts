import { expect } from 'chai';
import { createAudit, entryHash } from '../../../server/audit/audit.ts';
import { auditModel, type AuditRecord } from '../../../server/audit/model.ts';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

describe('the audit log', () => {
  let storage: TestStorage;
  before(async () => {
    storage = await startTestStorage();
    auditModel(storage.storage.connection);
    await ensureIndexes(storage.storage.connection);
  });
  after(() => storage.stop());

  const actor = { id: 'anna', role: 'staff' as const };
  async function all(): Promise<AuditRecord[]> {
    const found = auditModel(storage.storage.connection).find().sort({ seq: 1 });
    return found.lean<AuditRecord[]>().exec();
  }

  it('numbers entries without a gap and chains them, whoever writes', async () => {
    const { connection } = storage.storage;
    const logs = [0, 1].map(() => createAudit({ connection, clock: () => new Date(1_000) }));
    await Promise.all(
      logs.flatMap((log, writer) =>
        Array.from({ length: 15 }, (_, i) =>
          log.record({
            actor: i === 3 ? 'system' : actor,
            action: 'call.publish',
            thing: { kind: 'call', id: `c${writer}-${i}` },
            before: null,
            after: { state: 'published', at: i },
          }),
        ),
      ),
    );
    const entries = await all();
    expect(entries.map(({ seq }) => seq)).to.deep.equal(Array.from({ length: 30 }, (_, i) => i + 1));
    let previous = '';
    for (const { _id, hash, ...body } of entries) {
      expect(_id).to.be.a('string');
      expect(hash).to.equal(entryHash(previous, body));
      previous = hash;
    }
  });

  it('goes on after an entry that cannot be stored', async () => {
    const audit = createAudit({ connection: storage.storage.connection, clock: () => new Date(2_000) });
    const entry = { actor, action: 'a.b', thing: { kind: 'a', id: '1' }, before: null };
    const refusal: unknown = await audit.record({ ...entry, after: { half: 0.5 } }).catch((e: unknown) => e);
    expect(refusal).to.be.instanceOf(RangeError);
    await audit.record({ ...entry, after: { half: 1 } });
    expect((await all()).at(-1)?.after).to.equal('{"half":1}');
  });
});
