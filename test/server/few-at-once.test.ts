import { expect } from 'chai';
import { fewAtOnce } from '../../server/few-at-once.ts';

describe('a few at once', () => {
  it('begins tasks in the order of asking, never more than allowed, also after one failed', async () => {
    const few = fewAtOnce(2);
    const begun: number[] = [];
    let running = 0;
    let most = 0;
    const outcomes = await Promise.allSettled(
      [1, 2, 3, 4, 5].map((number) =>
        few(async () => {
          begun.push(number);
          running += 1;
          most = Math.max(most, running);
          await new Promise((resolve) => setImmediate(resolve));
          running -= 1;
          if (number === 2) throw new Error('failed');
          return number;
        }),
      ),
    );
    expect(begun).to.deep.equal([1, 2, 3, 4, 5]);
    expect(most).to.equal(2);
    expect(outcomes.map(({ status }) => status === 'fulfilled')).to.deep.equal([
      true,
      false,
      true,
      true,
      true,
    ]);
  });
});
