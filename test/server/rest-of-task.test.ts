import { expect } from 'chai';
import { restOfTask } from '../../server/rest-of-task.ts';

describe('the rest of a task', () => {
  it('is over when nothing is left that waits for nothing, and before the next turn of the event loop', async () => {
    const order: string[] = [];
    const next = new Promise<void>((resolve) => {
      setImmediate(() => {
        order.push('next turn');
        resolve();
      });
    });
    const over = restOfTask().then(() => order.push('over'));
    let chain = Promise.resolve();
    for (let step = 1; step <= 3; step += 1) chain = chain.then(() => void order.push(`step ${step}`));
    await Promise.all([over, next]);
    expect(order).to.deep.equal(['step 1', 'step 2', 'step 3', 'over', 'next turn']);
  });
});
