import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AIMS } from '../../../matching/index.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { PairingSummary } from '../../../server/pairs/schema.ts';
import { runInputModel } from '../../../server/runs/model.ts';
import { readRunLog } from '../../../server/runs/log-file.ts';
import type { Repetition, RunDetail, RunView } from '../../../server/runs/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { profileInput, registerSmes, settled } from '../../support/matchmaking.ts';
import { until } from '../../support/until.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

describe('runs', function () {
  this.timeout(60_000);
  let app: TestApp;
  let staff: SignedIn;
  let ids: string[];
  const get = async <T>(path: string, status = 200): Promise<T> =>
    (await staff.agent.get(`/api/v1${path}`).expect(status)).body as T;
  const newRun = async (query = ''): Promise<string> =>
    (await get<PairingSummary>(`/pairs/summary${query}`)).runId;
  const repeat = async (id: string, status = 200): Promise<Repetition> =>
    (await staff.agent.post(`/api/v1/runs/${id}/replay`).send({}).expect(status)).body as Repetition;
  const storedInputs = () => runInputModel(app.storage.storage.connection).countDocuments().exec();

  before(async () => {
    app = await startTestApp();
    staff = await app.signInAs('staff', { name: 'Anna' });
    ids = await registerSmes(app, staff, 8);
  });
  after(() => app.stop());

  it('are recorded once for what is shown, with who asked, what it was made from and what came of it', async () => {
    const summary = await get<PairingSummary>('/pairs/summary');
    await get('/pairs');
    await get('/pairs/alone');
    const { items } = await get<Page<RunView>>('/runs');
    expect(items).to.have.length(1);
    const [run] = items;
    expect(run).to.include({
      id: summary.runId,
      by: 'Anna',
      weightsVersion: 1,
      aim: 'total',
      seed: null,
      smes: 8,
      status: summary.status,
      pairs: summary.pairs,
      alone: summary.alone,
      total: summary.total,
      bound: summary.bound,
      gap: 0,
      repeated: null,
    });
    expect(run?.inputHash).to.match(/^[0-9a-f]{64}$/);
    expect(run?.callId).to.match(/^securit-/);
  });

  it('are listed newest first, page by page', async () => {
    app.clock.advance(1_000);
    const last = await newRun('?aim=everybody');
    const first = await get<Page<RunView>>('/runs?limit=1');
    expect(first.items[0]).to.include({ id: last, aim: 'everybody' });
    const second = await get<Page<RunView>>(`/runs?limit=1&cursor=${first.next ?? ''}`);
    expect(second.items[0]?.id).to.not.equal(last);
    expect(second.total).to.equal(2);
  });

  it('come out the same to the byte when they are done again, also after the pool has changed', async () => {
    const id = await newRun('?minScore=0.1');
    const before = await storedInputs();
    await staff.agent
      .post(`/api/v1/smes/${ids[0] ?? ''}/answers`)
      .send({ partnerId: ids[1], answer: 'not-for-me', reason: 'competitor' })
      .expect(201);
    // one profile was changed by the answer, and only that one is kept anew
    await until(async () => (await newRun('?minScore=0.1')) !== id);
    expect(await storedInputs()).to.equal(before + 1);
    const repeated = await repeat(id);
    expect(repeated).to.deep.include({ same: true, differences: [], by: 'Anna' });
    const run = await get<RunDetail>(`/runs/${id}`);
    expect(run).to.deep.include({ erased: 0, repeated });
    expect(run.resultHash).to.equal(repeated.resultHash);
  });

  it('come out the same for every aim', async () => {
    for (const aim of AIMS) {
      const repeated = await repeat(await newRun(`?aim=${aim}`));
      expect(repeated.same, `${aim}: ${repeated.differences.join(' ')}`).to.equal(true);
    }
  });

  it('can be downloaded, and repeated from the file by the command', async () => {
    const id = await newRun();
    const reply = await staff.agent.get(`/api/v1/runs/${id}/log`).expect(200);
    expect(reply.headers['content-disposition']).to.include(`tandem-run-${id}.json`);
    expect(readRunLog(JSON.parse(reply.text))).to.include({ ok: true });
    const folder = await mkdtemp(join(tmpdir(), 'tandem-run-'));
    try {
      const file = join(folder, 'run.json');
      await writeFile(file, reply.text);
      const said = await new Promise<string>((resolve) => {
        execFile(process.execPath, ['--import', 'tsx', 'scripts/match.ts', '--replay', file], (_, stdout) => {
          resolve(stdout.trim());
        });
      });
      expect(said).to.match(/same bytes$/);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('are refused by name where a profile was erased since, and nothing of it is left', async () => {
    const id = await newRun();
    const gone = ids.at(-1) ?? '';
    await staff.agent.delete(`/api/v1/smes/${gone}`).expect(204);
    const inputs = runInputModel(app.storage.storage.connection);
    expect(await inputs.countDocuments({ smeId: gone }).exec()).to.equal(0);
    expect(await get<RunDetail>(`/runs/${id}`)).to.include({ erased: 1 });
    expect(await repeat(id, 409)).to.deep.include({
      code: 'inputs-erased',
      detail: 'This run cannot be repeated: 1 profile was erased since.',
    });
    await get(`/runs/${id}/log`, 409);
    ids = ids.slice(0, -1);
    await settled(app, ids);
  });

  it('say 404 where there is none, and are for staff only', async () => {
    await get('/runs/no-such-run', 404);
    await get('/runs/no-such-run/log', 404);
    await repeat('no-such-run', 404);
    const sme = await app.signInAs('sme', { smeId: ids[0] ?? '' });
    for (const path of ['', '/x', '/x/log']) await sme.agent.get(`/api/v1/runs${path}`).expect(403);
    await sme.agent.post('/api/v1/runs/x/replay').send({}).expect(403);
  });

  it('are forgotten after ninety days, with the inputs that no other run needs', async () => {
    const { runs } = app.tandem.services.matchmaking;
    app.clock.advance(91 * DAY_MS);
    const again = await app.signInAs('staff');
    await again.agent
      .post(`/api/v1/smes/${ids[2] ?? ''}/answers`)
      .send({ partnerId: ids[3], answer: 'not-for-me', reason: 'competitor' })
      .expect(201);
    await settled(app, ids);
    const reply = await again.agent.get('/api/v1/pairs/summary').expect(200);
    const kept = (reply.body as PairingSummary).runId;
    const forgotten = await runs.forgetOld();
    expect(forgotten.runs).to.be.at.least(4);
    expect(forgotten.inputs).to.be.at.least(1);
    expect((await runs.list({ sort: 'newest', limit: 10 })).items.map(({ id }) => id)).to.deep.equal([kept]);
    await again.agent.post(`/api/v1/runs/${kept}/replay`).send({}).expect(200);
    expect(await runs.forgetOld()).to.deep.equal({ runs: 0, inputs: 0 });
  });

  it('record what was there when they were asked for, not what came later', async () => {
    const person = await app.signInAs('staff');
    const clusters = await person.agent.get('/api/v1/clusters?limit=1').expect(200);
    const clusterId = (clusters.body as { items: { id: string }[] }).items[0]?.id;
    const running = person.agent.get('/api/v1/pairs/summary?aim=stable');
    const [summary] = await Promise.all([
      running.expect(200),
      person.agent
        .post('/api/v1/smes')
        .send({ clusterId, profile: profileInput(77) })
        .expect(201),
    ]);
    const id = (summary.body as PairingSummary).runId;
    const repeated = await person.agent.post(`/api/v1/runs/${id}/replay`).send({}).expect(200);
    expect(repeated.body).to.deep.include({ same: true, differences: [] });
  });
});
