import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AIMS } from '../../../matching/index.ts';
import type { Forcing, PairingSummary, PairView } from '../../../server/pairs/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { Repetition, RunDetail } from '../../../server/runs/schema.ts';
import { startTestApp, type SignedIn, type TestApp } from '../../support/app.ts';
import { registerSmes } from '../../support/matchmaking.ts';

describe('a run that its time limit ends', function () {
  this.timeout(60_000);
  let app: TestApp;
  let staff: SignedIn;
  const get = async <T>(path: string): Promise<T> =>
    (await staff.agent.get(`/api/v1${path}`).expect(200)).body as T;

  before(async () => {
    app = await startTestApp({ env: { MATCHING_LIMIT_SECONDS: '0' } });
    staff = await app.signInAs('staff');
    await registerSmes(app, staff, 12);
  });
  after(() => app.stop());

  it('shows the best pairs found so far, for every aim, and says that it was stopped', async () => {
    for (const aim of AIMS) {
      const summary = await get<PairingSummary>(`/pairs/summary?aim=${aim}`);
      expect(summary, aim).to.include({ aim, stopped: true, ineligiblePairs: 0 });
      expect(summary.total, aim).to.be.within(0, summary.bound);
      const { items } = await get<Page<PairView>>(`/pairs?aim=${aim}`);
      expect(items, aim).to.have.length(summary.pairs);
      expect(summary.pairs, aim).to.be.above(0);
    }
  });

  it('says of what forcing a pair costs that it is not exact', async () => {
    const [pair] = (await get<Page<PairView>>('/pairs')).items;
    const forcing = await get<Forcing>(`/pairs/forcing?a=${pair?.a.id ?? ''}&b=${pair?.b.id ?? ''}`);
    expect(forcing).to.include({ isExact: false, isInSet: true });
  });

  it('is recorded as stopped; repeated, it goes to its end and its claims are checked', async () => {
    const { runId, total, bound } = await get<PairingSummary>('/pairs/summary');
    expect(await get<RunDetail>(`/runs/${runId}`)).to.include({ stopped: true, total, bound });
    const reply = await staff.agent.post(`/api/v1/runs/${runId}/replay`).send({}).expect(200);
    const { same, differences } = reply.body as Repetition;
    expect(same).to.equal(false);
    expect(differences).to.have.length(2);
    expect(differences[0]).to.match(/time limit ended the run, so it cannot come out the same to the byte/);
    expect(differences[1]).to.match(/what it said holds\.$/);
  });

  it('is told apart by the command, from its file', async () => {
    const { runId } = await get<PairingSummary>('/pairs/summary');
    const log = await staff.agent.get(`/api/v1/runs/${runId}/log`).expect(200);
    const folder = await mkdtemp(join(tmpdir(), 'tandem-run-'));
    try {
      const file = join(folder, 'run.json');
      const replay = () =>
        new Promise<{ code: number | string; said: string }>((resolve) => {
          const args = ['--import', 'tsx', 'scripts/match.ts', '--replay', file];
          execFile(process.execPath, args, (error, said) => {
            resolve({ code: error?.code ?? 0, said });
          });
        });
      await writeFile(file, log.text);
      const honest = await replay();
      expect(honest.said).to.match(
        /not to be compared:\nIts time limit ended the run.*\n.*what it said holds/,
      );
      expect(honest.code).to.equal(0);
      const text = log.text.replace(/"bound":\d+/, '"bound":1').replace(/"total":\d+/, '"total":1');
      await writeFile(file, text);
      const forged = await replay();
      expect(forged.said).to.include('what it said does not hold');
      expect(forged.code).to.equal(1);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
