import { expect } from 'chai';
import { estimate } from '../../../scripts/evaluate/bootstrap.ts';

describe('an interval by the bootstrap', () => {
  const values = Array.from({ length: 60 }, (_, i) => i % 2);
  const apart = values.map((_, i) => String(i));

  it('holds the mean, and is the same each time', () => {
    const one = estimate(values, apart);
    expect(one.mean).to.equal(0.5);
    expect(one.low).to.be.within(0.3, 0.45);
    expect(one.high).to.be.within(0.55, 0.7);
    expect(estimate(values, apart)).to.deep.equal(one);
  });

  it('is wider where questions hang together', () => {
    const sorted = values.toSorted((a, b) => a - b);
    const inGroups = sorted.map((_, i) => String(Math.floor(i / 10)));
    const { low, high } = estimate(values, apart);
    const wide = estimate(sorted, inGroups);
    expect(wide.high - wide.low).to.be.above(high - low);
  });

  it('leaves out what cannot be told', () => {
    expect(estimate([1, NaN, 0], ['a', 'b', 'c']).mean).to.equal(0.5);
    expect(estimate([NaN], ['a']).mean).to.be.NaN;
  });
});
