import { expect } from 'chai';
import { batched } from '../../../server/storage/batched.ts';

describe('batched reads', () => {
  const reader = () => {
    const reads: (readonly string[])[] = [];
    const ask = batched((keys) => {
      reads.push(keys);
      return Promise.resolve(new Map(keys.filter((key) => key !== 'gone').map((key) => [key, `the ${key}`])));
    });
    return { reads, ask };
  };

  it('join what is asked for at the same time, and give everybody their part', async () => {
    const { reads, ask } = reader();
    const answers = await Promise.all([ask(['a', 'b']), ask(['b', 'c', 'gone']), ask([])]);
    expect(reads).to.deep.equal([['a', 'b', 'c', 'gone']]);
    expect(answers.map((found) => [...found.keys()])).to.deep.equal([['a', 'b'], ['b', 'c'], []]);
    expect(answers[0].get('a')).to.equal('the a');
  });

  it('read anew for whoever asks once a read has begun', async () => {
    const reads: string[] = [];
    let second: Promise<unknown> = Promise.resolve();
    const ask = batched((keys) => {
      reads.push(keys.join());
      if (reads.length === 1) second = ask(['a']);
      return Promise.resolve(new Map([['a', reads.length]]));
    });
    expect((await ask(['a'])).get('a')).to.equal(1);
    expect(await second).to.deep.equal(new Map([['a', 2]]));
  });

  it('tell everybody who waits of a failure, and go on afterwards', async () => {
    let fails = true;
    const ask = batched(() =>
      fails ? Promise.reject(new Error('away')) : Promise.resolve(new Map([['a', 1]])),
    );
    const outcomes = await Promise.allSettled([ask(['a']), ask(['b'])]);
    expect(outcomes.map(({ status }) => status)).to.deep.equal(['rejected', 'rejected']);
    fails = false;
    expect((await ask(['a'])).get('a')).to.equal(1);
  });
});
