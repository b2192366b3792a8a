import { createReadStream } from 'node:fs';
import { expect } from 'chai';
import { HttpProblem } from '../../../server/http/errors.ts';
import { importModel, importRowModel } from '../../../server/imports/model.ts';
import { createImportService, type ImportService } from '../../../server/imports/service.ts';
import type { ImportCommit } from '../../../server/imports/schema.ts';
import { CSV_LIMITS } from '../../../server/imports/stream.ts';
import { smeModel, type SmeRecord } from '../../../server/smes/model.ts';
import { toProfile } from '../../../server/smes/profile.ts';
import { ensureIndexes } from '../../../server/storage/connect.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';
import { clusterViewer, createStack, NOW, smeInput, staff, taxonomy } from '../smes/support.ts';

/** The real file: 844 companies. */
const DEMO_FILE = new URL('../../../scripts/demo/cordis-smes.csv', import.meta.url);

type Stack = Awaited<ReturnType<typeof createStack>>;

async function* chunksOf(...parts: (string | Uint8Array)[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) {
    // Each piece comes in a turn of its own, as from a socket.
    await Promise.resolve();
    yield typeof part === 'string' ? Buffer.from(part) : part;
  }
}

const file = (text: string) => ({ fileName: 'members.csv', chunks: chunksOf(text), totalBytes: text.length });
const commitAll: ImportCommit = { duplicates: 'skip', decisions: [] };

describe('imports service', () => {
  let storage: TestStorage;
  let stack: Stack;
  let imports: ImportService;

  beforeEach(async () => {
    storage = await startTestStorage();
    stack = await createStack(storage.storage.connection);
    imports = serviceOf(stack);
    await ensureIndexes(storage.storage.connection);
  });
  afterEach(async () => {
    await imports.stop();
    await storage.stop();
  });

  function serviceOf({ clusters, smes, live }: Stack, overrides: Partial<Stack['smes']> = {}): ImportService {
    return createImportService({
      connection: storage.storage.connection,
      clock: () => NOW,
      log: { error: (_fields, message) => stack.logged.push(message) },
      audit: stack.audit,
      taxonomy,
      clusters,
      smes: { ...smes, ...overrides },
      live,
    });
  }

  const smeCount = () => smeModel(storage.storage.connection).countDocuments();
  const rowCount = () => importRowModel(storage.storage.connection).countDocuments();

  async function refusalOf(work: Promise<unknown>): Promise<HttpProblem> {
    try {
      await work;
    } catch (error) {
      if (error instanceof HttpProblem) return error;
      throw error;
    }
    throw new Error('It was not refused.');
  }

  it('takes the whole real file: 844 accepted, none refused, all registered and announced once', async () => {
    const chunks = createReadStream(DEMO_FILE);
    const checked = await imports.upload(staff, {
      fileName: 'cordis-smes.csv',
      chunks,
      totalBytes: 2_821_610,
    });
    expect(checked.state).to.equal('checked');
    expect(checked.rows).to.include({ total: 844, accepted: 844, refused: 0, duplicates: 0 });
    expect(checked.ignoredColumns).to.include('sme_evidence');
    expect(await smeCount()).to.equal(0);

    await imports.commit(staff, checked.id, commitAll);
    await imports.settled(checked.id);
    const done = await imports.get(staff, checked.id);
    expect(done.state).to.equal('committed');
    expect(done.rows).to.include({ created: 844, merged: 0, skipped: 0 });
    expect(await smeCount()).to.equal(844);
    expect(stack.heard.matcher).to.have.length(1);
    expect(stack.heard.matcher[0]?.ids).to.have.length(844);

    const [incites] = (await stack.smes.list({ limit: 1, sort: 'name', q: 'INCITES CONSULTING' })).items;
    const stored = await smeModel(storage.storage.connection).findById(incites?.id).lean<SmeRecord>().exec();
    expect(stored && toProfile(stored).projects).to.deep.equal(['700199']);

    const dutch = await stack.smes.list({ limit: 1, sort: 'name', country: 'NL' });
    expect(dutch.items[0]?.clusterName).to.equal('HSD - Hague Security Delta');
    const greek = await stack.smes.list({ limit: 1, sort: 'name', country: 'GR' });
    expect(greek.total).to.equal(38);
    expect(greek.items[0]).to.include({ clusterId: null, trl: null, sizeClass: 'not-yet-declared' });
  });

  it('finds every company of the same file again the second time and doubles none', async () => {
    for (const expected of [844, 844]) {
      const chunks = createReadStream(DEMO_FILE);
      const checked = await imports.upload(staff, { fileName: 'again.csv', chunks, totalBytes: 0 });
      await imports.commit(staff, checked.id, { duplicates: 'merge', decisions: [] });
      await imports.settled(checked.id);
      expect(await smeCount()).to.equal(expected);
    }
    const [second] = (await imports.list(staff, { sort: 'newest', limit: 10 })).items;
    expect(second?.rows.duplicates).to.be.oneOf([0, 844]);
    const rows = await imports.list(staff, { sort: 'newest', limit: 10 });
    expect(rows.items.reduce((sum, item) => sum + item.rows.merged, 0)).to.equal(844);
  });

  it('goes on after a crash in the middle of a commit and doubles nothing', async () => {
    const text = `name,country\n${Array.from({ length: 900 }, (_, i) => `Company number ${i},FR`).join('\n')}\n`;
    let calls = 0;
    const crashing = serviceOf(stack, {
      createMany: async (rows) => {
        calls += 1;
        await stack.smes.createMany(calls === 3 ? rows.slice(0, 50) : rows);
        if (calls === 3) throw new Error('the process ends here');
      },
    });
    const checked = await crashing.upload(staff, file(text));
    await crashing.commit(staff, checked.id, commitAll);
    await crashing.settled(checked.id);
    expect(await smeCount()).to.equal(450);
    expect((await crashing.get(staff, checked.id)).state).to.equal('failed');

    await imports.commit(staff, checked.id, commitAll);
    await imports.settled(checked.id);
    expect(await smeCount()).to.equal(900);
    const done = await imports.get(staff, checked.id);
    expect(done.rows).to.include({ created: 900, skipped: 0 });
    expect(stack.heard.matcher.at(-1)?.ids).to.have.length(900);
  });

  it('goes on by itself at the next start with a commit that was cut short', async () => {
    const checked = await imports.upload(staff, file('name,country\nOne company,FR\nAnother firm,DE\n'));
    await importModel(storage.storage.connection).updateOne(
      { _id: checked.id },
      { $set: { state: 'committing' } },
    );
    await imports.resume();
    await imports.settled(checked.id);
    expect((await imports.get(staff, checked.id)).state).to.equal('committed');
    expect(await smeCount()).to.equal(2);
  });

  it('stops between two batches when it is cancelled, and keeps what was registered', async () => {
    const text = `name,country\n${Array.from({ length: 500 }, (_, i) => `Company number ${i},FR`).join('\n')}\n`;
    const cancelling = serviceOf(stack, {
      createMany: async (rows) => {
        await stack.smes.createMany(rows);
        const [only] = (await imports.list(staff, { sort: 'newest', limit: 1 })).items;
        if (only?.state === 'committing') await cancelling.cancel(staff, only.id);
      },
    });
    const checked = await cancelling.upload(staff, file(text));
    await cancelling.commit(staff, checked.id, commitAll);
    await cancelling.settled(checked.id);
    expect(await smeCount()).to.equal(200);
    expect(await cancelling.get(staff, checked.id)).to.deep.include({ state: 'cancelled' });
  });

  it('offers other spellings as duplicates, in the database and within the file', async () => {
    const existing = await stack.smes.create(
      staff,
      'pole-scs',
      smeInput({ name: 'Médián Détection S.A.S.' }),
    );
    const text = [
      'name,country,city,solution_text',
      'MEDIAN DETECTION,FR,Nice,Detectors',
      'Median  Détection SARL,FR,Paris,Others',
      'Fresh Company,FR,Lyon,Things',
      'FRESH COMPANY SAS,FR,Lyon,Things',
    ].join('\n');
    const checked = await imports.upload(staff, file(text));
    expect(checked.rows).to.include({ accepted: 1, duplicates: 3 });
    const rows = await imports.rows(staff, checked.id, { sort: 'line', limit: 10 });
    expect(rows.items[0]?.duplicateOf).to.include({ smeId: existing.id, name: 'Médián Détection S.A.S.' });
    expect(rows.items[3]?.duplicateOf).to.include({ smeId: null, line: 4 });

    await imports.commit(staff, checked.id, {
      duplicates: 'merge',
      decisions: [{ line: 3, decision: 'skip' }],
    });
    await imports.settled(checked.id);
    expect(await smeCount()).to.equal(2);
    const merged = await stack.smes.get(staff, existing.id);
    expect(merged.name).to.equal('Médián Détection S.A.S.');
    expect(merged.city).to.equal('Nice');
    expect(merged.solutions[0]?.offer).to.equal('Detectors');
    expect((await imports.get(staff, checked.id)).rows).to.include({ created: 1, merged: 2, skipped: 1 });
  });

  it('treats as a duplicate what was registered between check and commit', async () => {
    const checked = await imports.upload(staff, file('name,country\nLate Company,FR\n'));
    await stack.smes.create(staff, 'pole-scs', smeInput({ name: 'LATE COMPANY SARL' }));
    await imports.commit(staff, checked.id, commitAll);
    await imports.settled(checked.id);
    expect(await smeCount()).to.equal(1);
    expect((await imports.get(staff, checked.id)).rows.skipped).to.equal(1);
  });

  it("never fills another cluster's SME from a cluster's own file", async () => {
    const other = await stack.smes.create(
      staff,
      'censec',
      smeInput({ name: 'Nordic Shield', country: 'DK' }),
    );
    const viewer = clusterViewer('pole-scs');
    const checked = await imports.upload(viewer, file('name,country,city\nNordic Shield A/S,DK,Aarhus\n'));
    await imports.commit(viewer, checked.id, { duplicates: 'merge', decisions: [] });
    await imports.settled(checked.id);
    expect((await stack.smes.get(staff, other.id)).city).to.equal(null);
    expect((await imports.get(viewer, checked.id)).rows.skipped).to.equal(1);
  });

  it('refuses a decision about a line that is no duplicate, and stays checked', async () => {
    const checked = await imports.upload(staff, file('name,country\nOne company,FR\n'));
    const problem = await refusalOf(
      imports.commit(staff, checked.id, { duplicates: 'skip', decisions: [{ line: 2, decision: 'merge' }] }),
    );
    expect(problem.status).to.equal(400);
    expect(problem.errors[0]?.field).to.equal('decisions.0.line');
    expect((await imports.get(staff, checked.id)).state).to.equal('checked');
  });

  it('refuses a second commit of a finished import', async () => {
    const checked = await imports.upload(staff, file('name,country\nOne company,FR\n'));
    await imports.commit(staff, checked.id, commitAll);
    await imports.settled(checked.id);
    expect((await refusalOf(imports.commit(staff, checked.id, commitAll))).status).to.equal(409);
    expect(await smeCount()).to.equal(1);
  });

  it('erases the staged profiles once the import has ended', async () => {
    const checked = await imports.upload(staff, file('name,country,contact_email\nOne company,FR,a@b.eu\n'));
    await imports.commit(staff, checked.id, commitAll);
    await imports.settled(checked.id);
    const rows = importRowModel(storage.storage.connection);
    expect(
      await rows.countDocuments({ input: { $ne: null } }).setOptions({ sanitizeFilter: false }),
    ).to.equal(0);
  });

  it('keeps a cluster out of the imports of others', async () => {
    const checked = await imports.upload(clusterViewer('censec'), file('name,country\nOne company,DK\n'));
    expect((await refusalOf(imports.get(clusterViewer('lsec'), checked.id))).status).to.equal(404);
    expect((await imports.list(clusterViewer('lsec'), { sort: 'newest', limit: 10 })).items).to.deep.equal(
      [],
    );
    const problem = await refusalOf(
      imports.upload(clusterViewer('lsec'), { ...file('name,country\nA company,DK\n'), clusterId: 'censec' }),
    );
    expect(problem.status).to.equal(403);
  });

  const latin = Buffer.from('name,country\nM\xe9dian,FR\n', 'latin1');
  const wide = Array.from({ length: 10_000 }, (_, i) => `column${i}`).join(',');
  const broken: readonly [string, number, RegExp, (string | Uint8Array)[]][] = [
    ['another encoding', 400, /not UTF-8/, [latin]],
    ['UTF-16', 400, /UTF-16/, [Buffer.from('\ufeffname,country\nA,FR\n', 'utf16le')]],
    ['an unbalanced quote', 400, /never closed/, ['name,country\nOne,FR\n"Two,DE\n']],
    ['no bytes at all', 400, /empty/, []],
    ['zero bytes inside', 400, /zero bytes/, ['name,country\nOne\0,FR\n']],
    ['10,000 columns', 400, /10000 columns/, [`${wide}\n`]],
    ['another separator', 400, /separated by ';'/, ['name;country\nOne;FR\n']],
    ['no header', 400, /does not name 'name' and 'country'/, ['One,FR\nTwo,DE\n']],
    [
      'a fault after thousands of good rows',
      400,
      /never closed/,
      [`name,country\n${'Good,FR\n'.repeat(3000)}"x`],
    ],
  ];
  for (const [what, status, reason, parts] of broken) {
    it(`refuses a file with ${what} clearly, and changes nothing`, async () => {
      const upload = { fileName: 'broken.csv', chunks: chunksOf(...parts), totalBytes: 0 };
      const problem = await refusalOf(imports.upload(staff, upload));
      expect(problem.status).to.equal(status);
      expect(problem.code).to.equal('import-refused');
      expect(problem.message).to.match(reason);
      expect([await smeCount(), await rowCount()]).to.deep.equal([0, 0]);
      const [noted] = (await imports.list(staff, { sort: 'newest', limit: 5 })).items;
      expect(noted?.state).to.equal('refused');
      expect(noted?.problem?.reason).to.match(reason);
    });
  }

  it('stops reading 200 MB at the limit, and changes nothing', async () => {
    const line = Buffer.from(`Some company,FR,${'long notes '.repeat(400)}\n`.repeat(20));
    let sent = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('name,country,notes\n');
      while (sent < 200 * 1024 * 1024) {
        await Promise.resolve();
        sent += line.byteLength;
        yield line;
      }
    }
    const small = createImportService({
      connection: storage.storage.connection,
      clock: () => NOW,
      log: { error: () => undefined },
      audit: stack.audit,
      taxonomy,
      clusters: stack.clusters,
      smes: stack.smes,
      live: stack.live,
      limits: { ...CSV_LIMITS, bytes: 1024 * 1024, rows: 1_000_000 },
    });
    const problem = await refusalOf(
      small.upload(staff, { fileName: 'big.csv', chunks: endless(), totalBytes: 0 }),
    );
    expect(problem.status).to.equal(413);
    expect(problem.message).to.contain('at most 1 MiB');
    expect(sent).to.be.below(4 * 1024 * 1024);
    expect([await smeCount(), await rowCount()]).to.deep.equal([0, 0]);
  });
});
