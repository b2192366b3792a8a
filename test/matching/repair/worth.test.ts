import { expect } from 'chai';
import { STANDING_MOST, Worths } from '../../../matching/repair/worth.ts';
import { SCALE } from '../../../matching/types.ts';

describe('what a pair is worth', () => {
  it('is its score less the outside option, and nothing is proposed below that', () => {
    const worths = new Worths({ aim: 'total', outside: 400_000 });
    expect(worths.of('A', 'B', 400_000)).to.equal(0);
    expect(worths.of('A', 'B', SCALE)).to.equal(600_000);
    expect(worths.of('A', 'B', 399_999)).to.equal(null);
  });

  it('is the bonus more where it was told, and telling others says whose worth changes', () => {
    const worths = new Worths({ aim: 'total', bonus: 7 });
    worths.tell([
      ['B', 'A'],
      ['C', 'D'],
    ]);
    expect(worths.of('A', 'B', 10)).to.equal(17);
    expect(
      worths.tell([
        ['C', 'D'],
        ['E', 'F'],
      ]),
    ).to.deep.equal([
      { two: ['A', 'B'], by: -7 },
      { two: ['E', 'F'], by: 7 },
    ]);
    expect(worths.of('B', 'A', 10)).to.equal(10);
    expect(worths.told).to.deep.equal([
      ['C', 'D'],
      ['E', 'F'],
    ]);
  });

  it('is more for one pair than all scores and bonuses of a full room where everybody is to be matched, and sums stay exact', () => {
    const { perPair } = new Worths({});
    expect(perPair).to.be.greaterThan((STANDING_MOST / 2) * 2 * SCALE);
    expect(4 * (STANDING_MOST / 2) * (perPair + 2 * SCALE)).to.be.lessThan(Number.MAX_SAFE_INTEGER);
  });
});
