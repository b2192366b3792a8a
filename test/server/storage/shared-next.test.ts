import { expect } from 'chai';
import fc from 'fast-check';
import { sharedNext } from '../../../server/storage/shared-next.ts';

/** A read that ends when it is told to, and says when it began and how many were under way with it. */
function slowRead() {
  const ends: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const state = { began: 0, underWay: 0, most: 0 };
  const read = async (): Promise<number> => {
    const number = (state.began += 1);
    state.underWay += 1;
    state.most = Math.max(state.most, state.underWay);
    try {
      await new Promise<void>((resolve, reject) => ends.push({ resolve, reject }));
    } finally {
      state.underWay -= 1;
    }
    return number;
  };
  return { read, ends, state };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('a read that is shared', () => {
  it('is one for all who ask within one task', async () => {
    const { read, ends, state } = slowRead();
    const ask = sharedNext(read);
    const answers = Promise.all([ask(), ask(), Promise.resolve().then(ask)]);
    await turn();
    ends.shift()?.resolve();
    expect(await answers).to.deep.equal([1, 1, 1]);
    expect(state.began).to.equal(1);
  });

  it('tells those of a read that failed, and goes on', async () => {
    const { read, ends } = slowRead();
    const ask = sharedNext(read);
    const outcome = (answer: Promise<number>): Promise<number | string> =>
      answer.catch((error: unknown) => (error as Error).message);
    const first = outcome(ask());
    await turn();
    const second = outcome(ask());
    ends.shift()?.reject(new Error('away'));
    expect(await first).to.equal('away');
    await turn();
    ends.shift()?.resolve();
    expect(await second).to.equal(2);
  });

  it('never answers from a read that began before the question, and is one at a time', async () => {
    const deeds = fc.array(fc.constantFrom('ask', 'end'), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(deeds, async (list) => {
        const { read, ends, state } = slowRead();
        const ask = sharedNext(read);
        const asked: { before: number; answer: Promise<number> }[] = [];
        for (const deed of list) {
          if (deed === 'ask') asked.push({ before: state.began, answer: ask() });
          else ends.shift()?.resolve();
          await turn();
        }
        while (state.underWay > 0) {
          ends.shift()?.resolve();
          await turn();
        }
        for (const { before, answer } of asked) expect(await answer).to.be.greaterThan(before);
        expect(state.most).to.be.at.most(1);
        expect(state.began).to.be.at.most(asked.length);
      }),
      { numRuns: 200 },
    );
  });
});
