import { expect } from 'chai';
import fc from 'fast-check';
import { FACTORS, SCALE, type Factor } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS, parseWeights, weightShares } from '../../matching/weights.ts';

const problems = (input: unknown) => {
  const parsed = parseWeights(input);
  return parsed.ok ? [] : parsed.errors.map(({ code, field }) => `${field}: ${code}`);
};

describe('weights', () => {
  it('are taken as they are where each factor has a whole number from 0 to 100', () => {
    expect(parseWeights(DEFAULT_WEIGHTS)).to.deep.equal({ ok: true, weights: DEFAULT_WEIGHTS });
  });

  it('are refused by field with a named reason', () => {
    expect(problems({ ...DEFAULT_WEIGHTS, reach: -1 })).to.deep.equal(['reach: out-of-range']);
    expect(problems({ ...DEFAULT_WEIGHTS, reach: 101 })).to.deep.equal(['reach: out-of-range']);
    expect(problems({ ...DEFAULT_WEIGHTS, reach: Number.NaN })).to.deep.equal(['reach: not-a-whole-number']);
    expect(problems({ ...DEFAULT_WEIGHTS, trl: '5' })).to.deep.equal(['trl: not-a-whole-number']);
    expect(problems({ ...DEFAULT_WEIGHTS, luck: 5 })).to.deep.equal(['luck: unknown-factor']);
    expect(problems({ ...DEFAULT_WEIGHTS, text: undefined })).to.deep.equal(['text: not-a-whole-number']);
    expect(problems({})).to.deep.equal(FACTORS.map((factor) => `${factor}: missing-factor`));
    expect(problems(Object.fromEntries(FACTORS.map((factor) => [factor, 0])))).to.deep.equal([
      'weights: all-zero',
    ]);
    for (const input of [null, undefined, 7, 'x', []])
      expect(problems(input)).to.deep.equal(['weights: not-an-object']);
  });

  it('never throw, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.anything({ withNullPrototype: true }),
        (input) => typeof parseWeights(input).ok === 'boolean',
      ),
    );
  });

  it('become shares that add up to SCALE exactly and keep their order', () => {
    const drawn = fc
      .tuple(...FACTORS.map(() => fc.nat(100)))
      .filter((list) => list.some((weight) => weight > 0));
    fc.assert(
      fc.property(drawn, (list) => {
        const weights: Record<Factor, number> = { ...DEFAULT_WEIGHTS };
        FACTORS.forEach((factor, i) => (weights[factor] = list[i] ?? 0));
        const shares = weightShares(weights);
        expect(FACTORS.reduce((sum, factor) => sum + shares[factor], 0)).to.equal(SCALE);
        for (const one of FACTORS) {
          for (const other of FACTORS) {
            if (weights[one] > weights[other]) expect(shares[one]).to.be.at.least(shares[other]);
          }
          if (weights[one] === 0) expect(shares[one]).to.equal(0);
        }
      }),
    );
  });
});
