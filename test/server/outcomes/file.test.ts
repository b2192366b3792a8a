import { Readable } from 'node:stream';
import { expect } from 'chai';
import type { Viewer } from '../../../server/accounts/viewer.ts';
import { consortiumModel, type ConsortiumRecord } from '../../../server/consortia/model.ts';
import { HttpProblem } from '../../../server/http/errors.ts';
import type { Progress } from '../../../server/live/protocol.ts';
import { createOutcomeFiles, OUTCOME_COLUMNS } from '../../../server/outcomes/file.ts';
import type { OutcomeView } from '../../../server/outcomes/schema.ts';
import { startTestStorage, type TestStorage } from '../../support/storage.ts';

const STAFF: Viewer = { id: 'desk', name: 'Desk', role: 'staff', clusterId: null, smeId: null };
const COUNT = 5;
const at = new Date('2026-05-01T00:00:00Z');

const formed = (number: number): ConsortiumRecord => ({
  _id: `consortium-${number}`,
  callId: 'call',
  rulesVersion: 1,
  eventId: null,
  a: `a-${number}`,
  b: `b-${number}`,
  smeIds: [`a-${number}`, `b-${number}`],
  clusterIds: [],
  state: 'formed',
  openKey: `call a-${number} b-${number}`,
  details: {
    instrumentId: null,
    title: `Project ${number}`,
    summary: '',
    solutionA: null,
    solutionB: null,
    leadSmeId: null,
  },
  version: 1,
  confirmedA: 1,
  confirmedB: 1,
  reason: '',
  createdAt: at,
  updatedAt: at,
  formedAt: at,
  untold: false,
});

function fileOf(rows: number): Readable {
  const lines = Array.from(
    { length: rows },
    (_, number) => `consortium-${number},,,,submitted,2026-05-04,,,`,
  );
  return Readable.from([Buffer.from(`${[OUTCOME_COLUMNS.join(','), ...lines].join('\n')}\n`)]);
}

describe('a file of outcomes', () => {
  let storage: TestStorage;
  before(async () => {
    storage = await startTestStorage();
    const records = Array.from({ length: COUNT }, (_, number) => formed(number));
    await consortiumModel(storage.storage.connection).insertMany(records, { lean: true });
  });
  after(() => storage.stop());

  /** The files of a call whose outcomes are recorded by `record`, with what the viewer is told of progress. */
  function filesWith(record: (id: string) => void) {
    const told: Progress[] = [];
    const files = createOutcomeFiles({
      connection: storage.storage.connection,
      calls: { find: () => Promise.resolve({ id: 'call' } as never) },
      outcomes: {
        some: () => Promise.resolve(new Map()),
        record: (_, id) => {
          record(id);
          return Promise.resolve({} as OutcomeView);
        },
      },
      live: { progress: (_, progress) => void told.push(progress) },
    });
    return { files, told };
  }

  it('tells how far its recording is, and that it is over', async () => {
    const recorded: string[] = [];
    const { files, told } = filesWith((id) => recorded.push(id));
    const { signal } = new AbortController();
    const view = await files.take(STAFF, 'call', fileOf(COUNT), { commit: true, signal });
    expect(view.committed).to.equal(true);
    expect(recorded).to.have.length(COUNT);
    expect(told[0]).to.deep.include({ task: 'outcomes:call', done: 1, total: COUNT });
    expect(told.at(-1)).to.deep.include({ done: 1, total: 1 });
  });

  it('records no more once nobody waits for it, and says how far it got', async () => {
    const controller = new AbortController();
    const recorded: string[] = [];
    const { files } = filesWith((id) => {
      recorded.push(id);
      if (recorded.length === 2) controller.abort();
    });
    const failed: unknown = await files
      .take(STAFF, 'call', fileOf(COUNT), { commit: true, signal: controller.signal })
      .catch((error: unknown) => error);
    expect(failed).to.be.instanceOf(HttpProblem);
    expect(failed).to.have.property('message').that.includes('2 of 5');
    expect(recorded).to.have.length(2);
  });
});
