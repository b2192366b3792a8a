import { expect } from 'chai';
import { createPreviewRunner, type PreviewState } from '../../../client/src/weights/preview.ts';
import type { WeightsPreview, WeightValues } from '../../../server/weights/schema.ts';

function valuesWith(capability: number): WeightValues {
  return { capability, text: 1, trl: 1, domain: 1, challenge: 1, reach: 1, practical: 1 };
}
function previewOf(values: WeightValues): WeightsPreview {
  return {
    values,
    listsTotal: 1,
    listsChanged: 0,
    listsReordered: 0,
    suggestionsEntering: 0,
    byCountry: [],
    examples: [],
    tookMs: 1,
  };
}

/** A runner whose requests the test answers. */
function setUp() {
  const states: PreviewState<WeightsPreview>[] = [];
  const requests: { values: WeightValues; signal: AbortSignal; answer: () => void; fail: () => void }[] = [];
  let asked: () => void = () => undefined;
  const runner = createPreviewRunner<WeightsPreview>({
    pauseMs: 0,
    show: (state) => states.push(state),
    request: (values, signal) =>
      new Promise((resolve, reject) => {
        const answer = (): void => {
          resolve(previewOf(values));
        };
        const fail = (): void => {
          reject(new Error('no'));
        };
        requests.push({ values, signal, answer, fail });
        asked();
      }),
  });
  const nextRequest = (): Promise<void> =>
    new Promise((resolve) => {
      asked = resolve;
    });
  return { runner, states, requests, nextRequest };
}
const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('client: preview of weights', () => {
  it('asks once for a quick row of moves, with the last values', async () => {
    const { runner, states, requests, nextRequest } = setUp();
    for (const value of [1, 2, 3]) runner.ask(valuesWith(value));
    await nextRequest();
    requests[0]?.answer();
    await settle();
    expect(requests.map((request) => request.values.capability)).to.deep.equal([3]);
    expect(states.at(-1)?.kind).to.equal('done');
  });

  it('aborts a running request when a newer one starts, and shows only the newer answer', async () => {
    const { runner, states, requests, nextRequest } = setUp();
    runner.ask(valuesWith(1));
    await nextRequest();
    runner.ask(valuesWith(2));
    await nextRequest();
    expect(requests[0]?.signal.aborted).to.equal(true);
    requests[0]?.answer();
    requests[1]?.answer();
    await settle();
    const done = states.filter((state) => state.kind === 'done');
    expect(done.map((state) => state.preview.values.capability)).to.deep.equal([2]);
  });

  it('keeps the last preview in sight while the next one runs, is stopped or fails', async () => {
    const { runner, states, requests, nextRequest } = setUp();
    runner.ask(valuesWith(1));
    await nextRequest();
    requests[0]?.answer();
    await settle();
    runner.ask(valuesWith(2));
    await nextRequest();
    requests[1]?.fail();
    await settle();
    runner.stop();
    const lasts = states.map((state) => ('last' in state ? state.last?.values.capability : state.kind));
    expect(lasts).to.deep.equal([undefined, 'done', 1, 1, 1]);
    runner.clear();
    expect(states.at(-1)).to.deep.equal({ kind: 'none' });
  });
});
