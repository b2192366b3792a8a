import { expect } from 'chai';
import { Prospects } from '../../../matching/search/prospects.ts';

describe('where lists are thought to end', () => {
  /** Slots whose bounds with three searched rows are their height, and ends that follow these. */
  const prospectsOf = (heights: readonly number[], ends: readonly number[]): Prospects => {
    const prospects = new Prospects(heights.length);
    for (const [slot, height] of heights.entries()) {
      for (const row of [0, 1, 2]) prospects.note(slot, row, height + row);
    }
    for (const [slot, end] of ends.entries()) prospects.noteEnd(slot, end);
    return prospects;
  };

  it('follows the ends of the searched rows along the height of their bounds', () => {
    const prospects = prospectsOf([100, 200, 300, 400], [1_000, 1_200, 1_400]);
    expect([...prospects.guesses(new Uint8Array(4), 2)]).to.deep.equal([1_000, 1_200, 1_400, 1_600]);
  });

  it('stays as far below as guesses are off at the searched rows', () => {
    const prospects = prospectsOf([100, 200, 300, 400], [1_030, 1_140, 1_430]);
    const [low = 0, middle = 0] = prospects.guesses(new Uint8Array(4), 0);
    expect([low, middle]).to.deep.equal([1_000, 1_200]);
    // off by 30, 60 and 30
    expect(prospects.guesses(new Uint8Array(4), 2)[3]).to.equal(1_600 - 80);
  });

  it('takes the spread of a kind where enough of it was searched', () => {
    const heights = Array.from({ length: 20 }, (_, slot) => 100 * (slot % 10));
    const kinds = Uint8Array.from(heights, (_, slot) => (slot < 10 ? 1 : 2));
    const ends = heights.map((height, slot) => height + (slot < 10 ? 0 : slot % 2 === 0 ? 50 : -50));
    const guesses = prospectsOf(heights, ends).guesses(kinds, 1);
    expect(guesses[4]).to.be.above(380);
    expect(guesses[14]).to.be.below(380);
  });

  it('is nowhere where no searched row had a full list', () => {
    expect([...prospectsOf([100, 200], [-1]).guesses(new Uint8Array(2), 1)]).to.deep.equal([-1, -1]);
  });
});
