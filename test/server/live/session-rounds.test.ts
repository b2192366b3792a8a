import { expect } from 'chai';
import { SessionRounds } from '../../../server/live/session-rounds.ts';

const named = (from: number, to: number): string[] =>
  Array.from({ length: to - from }, (_, at) => `session ${from + at}`);

describe('the turns of open sessions', () => {
  it('give each of them once in a round, a few at a time', () => {
    const rounds = new SessionRounds();
    const open = new Set(named(0, 103));
    const turns = Array.from({ length: 20 }, () => rounds.next(open, 20));
    expect(Math.max(...turns.map(({ length }) => length))).to.equal(6);
    expect(new Set(turns.flat())).to.deep.equal(open);
  });

  it('never leave out one that is open all the while, whoever comes and goes', () => {
    const rounds = new SessionRounds();
    const lastTurn = new Map<string, number>();
    for (let call = 0; call < 200; call += 1) {
      // Those before 50 stay; of the others some come and some go with each call.
      const open = new Set([...named(0, 50), ...named(50 + call, 50 + call + (call % 40))]);
      const turn = rounds.next(open, 20);
      for (const session of turn) {
        expect(open).to.include(session);
        lastTurn.set(session, call);
      }
      if (call < 20) continue;
      for (const session of named(0, 50)) expect(call - (lastTurn.get(session) ?? -1)).to.be.below(20);
    }
  });

  it('are over where nobody is there', () => {
    const rounds = new SessionRounds();
    rounds.next(new Set(named(0, 3)), 2);
    expect(rounds.next(new Set(), 2)).to.deep.equal([]);
  });
});
