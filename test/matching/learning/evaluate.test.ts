import { expect } from 'chai';
import fc from 'fast-check';
import { DEFAULT_WEIGHTS } from '../../../matching/index.ts';
import { observationsOf } from '../../../matching/learning/decisions.ts';
import { areaUnderCurve, dealtOut, withoutHeld } from '../../../matching/learning/evaluate.ts';
import { decisionsBy } from './support.ts';

describe('holding decisions out', () => {
  it('leaves nobody and no pair on both sides', () => {
    const { all } = observationsOf(decisionsBy(DEFAULT_WEIGHTS, { count: 300, smes: 25 }));
    const folds = dealtOut(
      all.flatMap(({ deciders }) => deciders),
      5,
    );
    for (let fold = 0; fold < 5; fold += 1) {
      const held = all.filter(({ deciders }) => folds.get(deciders[0] ?? '') === fold);
      const rest = withoutHeld(all, held);
      const seen = new Set(held.flatMap(({ deciders, pair }) => [...deciders, pair]));
      expect(held).not.to.be.empty;
      expect(rest).not.to.be.empty;
      expect(
        rest.flatMap(({ deciders, pair }) => [...deciders, pair]).filter((one) => seen.has(one)),
      ).to.deep.equal([]);
    }
  });

  it('deals SMEs out evenly, the same way whatever their order', () => {
    const smes = Array.from({ length: 23 }, (_, i) => `S${i}`);
    const dealt = dealtOut(smes, 5);
    expect(dealtOut([...smes, ...smes].toReversed(), 5)).to.deep.equal(dealt);
    const sizes = [0, 1, 2, 3, 4].map((group) => [...dealt.values()].filter((one) => one === group).length);
    expect(sizes.toSorted()).to.deep.equal([4, 4, 5, 5, 5]);
  });
});

describe('the area under the curve', () => {
  const scored = fc.array(fc.record({ accepted: fc.boolean(), score: fc.integer({ min: 0, max: 6 }) }));

  it('is the share of accepted pairs that score above declined ones, ties half', () => {
    fc.assert(
      fc.property(scored, (all) => {
        const yes = all.filter((one) => one.accepted);
        const no = all.filter((one) => !one.accepted);
        const wins = yes.flatMap((x) =>
          no.map((y) => (x.score > y.score ? 1 : x.score === y.score ? 0.5 : 0)),
        );
        const share = wins.length === 0 ? 0.5 : wins.reduce<number>((sum, one) => sum + one, 0) / wins.length;
        expect(areaUnderCurve(all)).to.be.closeTo(share, 1e-12);
      }),
    );
  });
});
