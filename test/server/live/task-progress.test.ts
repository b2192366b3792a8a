import { expect } from 'chai';
import type { Progress } from '../../../server/live/protocol.ts';
import { taskProgress } from '../../../server/live/task-progress.ts';

describe('progress of a task', () => {
  function setUp() {
    const sent: Progress[] = [];
    const live = { progress: (_account: string, progress: Progress) => void sent.push(progress) };
    return { sent, ...taskProgress(live, 'anna', { task: 'pairs:anna', label: 'Looking' }) };
  }

  it('is told at once, but not at every step', () => {
    const { sent, onProgress } = setUp();
    for (let done = 0; done < 1_000; done += 1) onProgress(done, 1_000_000);
    expect(sent[0]).to.deep.equal({ task: 'pairs:anna', label: 'Looking', done: 0, total: 1_000_000 });
    expect(sent.length).to.be.below(1_000);
  });

  it('ends as done, so that no screen goes on showing it', () => {
    const { sent, onProgress, end } = setUp();
    onProgress(5, 10);
    end();
    expect(sent.map(({ done, total }) => [done, total])).to.deep.equal([
      [5, 10],
      [1, 1],
    ]);
  });

  it('is not told at all where the task was over before it could be', () => {
    const { sent, onProgress, end } = setUp();
    onProgress(10, 10);
    end();
    expect(sent).to.deep.equal([]);
  });
});
