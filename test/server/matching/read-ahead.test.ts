import { expect } from 'chai';
import { ReadAhead } from '../../../server/matching/read-ahead.ts';
import { until } from '../../support/until.ts';

describe('work ahead', () => {
  function* pieces(count: number, done: number[]): Generator<undefined, void, void> {
    for (let piece = 0; piece < count; piece += 1) {
      done.push(piece);
      yield;
    }
  }

  it('is done piece by piece while nothing else is to be done', async () => {
    let isIdle = false;
    let asked = 0;
    const ahead = new ReadAhead(() => {
      asked += 1;
      return isIdle;
    });
    const done: number[] = [];
    ahead.begin(pieces(50, done));
    await until(() => asked > 2);
    expect(done).to.deep.equal([]);
    isIdle = true;
    await until(() => done.length === 50);
  });

  it('is given up for newer work, and lets others have their turn', async () => {
    const ahead = new ReadAhead(() => true);
    const old: number[] = [];
    const fresh: number[] = [];
    const endless = (function* (): Generator<undefined, never, void> {
      for (;;) {
        old.push(0);
        yield;
      }
    })();
    ahead.begin(endless);
    await until(() => old.length > 0);
    ahead.begin(pieces(3, fresh));
    const before = old.length;
    await until(() => fresh.length === 3);
    expect(old).to.have.length(before);
  });
});
