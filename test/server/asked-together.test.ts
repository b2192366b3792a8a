import { expect } from 'chai';
import { askedTogether } from '../../server/asked-together.ts';

describe('questions that are asked together', () => {
  it('are joined within one turn, and each gets its own answer', async () => {
    const asked: (readonly number[])[] = [];
    const ask = askedTogether((questions: readonly number[]) => {
      asked.push(questions);
      return Promise.resolve(questions.map((question) => question * 10));
    });
    expect(await Promise.all([ask(1), ask(2), ask(1)])).to.deep.equal([10, 20, 10]);
    expect(await ask(4)).to.equal(40);
    expect(asked).to.deep.equal([[1, 2, 1], [4]]);
  });

  it('fail together, and the next ones are asked anew', async () => {
    let fails = true;
    const ask = askedTogether((questions: readonly string[]) => {
      if (fails) return Promise.reject(new Error('no answer'));
      return Promise.resolve(questions);
    });
    const outcomes = await Promise.allSettled([ask('a'), ask('b')]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    fails = false;
    expect(await ask('a')).to.equal('a');
  });
});
