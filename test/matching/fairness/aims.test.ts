import { expect } from 'chai';
import fc from 'fast-check';
import { FAIRNESS_DIAL, MatchingIndex, type PairingResult } from '../../../matching/index.ts';
import { welfareOf } from '../../../matching/fairness/welfare.ts';
import { SCALE, type Profile } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { naiveLists, refresh } from '../support/oracle.ts';
import { arbitraryPool, buildCall, buildProfile, TAXONOMY } from '../support/pool.ts';

const fill = (pool: readonly Profile[], listLength = 3): MatchingIndex => {
  const call = buildCall();
  const index = new MatchingIndex({ taxonomy: TAXONOMY, call, weights: DEFAULT_WEIGHTS, listLength });
  index.upsert(pool);
  refresh(index);
  return index;
};

interface Choice {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

const choices = (pool: readonly Profile[]): Choice[] =>
  naiveLists(pool, pool.length).flatMap(({ sme, suggestions }) =>
    suggestions
      .filter(({ partner }) => sme < partner)
      .map(({ partner, score }) => ({ a: sme, b: partner, score })),
  );

/** Every set of pairs. */
function sets(open: readonly Choice[]): Choice[][] {
  const [first, ...rest] = open;
  if (!first) return [[]];
  const apart = rest.filter(({ a, b }) => ![a, b].includes(first.a) && ![a, b].includes(first.b));
  return [...sets(rest), ...sets(apart).map((set) => [first, ...set])];
}

const lowest = (set: readonly Choice[]): number => Math.min(SCALE, ...set.map(({ score }) => score));
const sumOf = (set: readonly Choice[], value: (score: number) => number): number =>
  set.reduce((sum, { score }) => sum + value(score), 0);
const totalOf = (set: readonly Choice[]): number => sumOf(set, (score) => score);

/** The sets with the largest value. */
function best(among: readonly Choice[][], value: (set: readonly Choice[]) => number): Choice[][] {
  const most = Math.max(...among.map(value));
  return among.filter((set) => value(set) === most);
}

const small = arbitraryPool.map((pool) => pool.slice(0, 7));

describe('the fairness dial', () => {
  it('makes the weakest pair as strong as can be, among sets with as many pairs as can be, and proves it', () => {
    fc.assert(
      fc.property(small, fc.constantFrom(0, 0, 200_000, 400_000), (pool, minScore) => {
        const index = fill(pool);
        const result = index.pairs({ aim: 'minimum', minScore });
        expect(index.verify(result)).to.deep.equal([]);
        const open = choices(pool).filter(({ score }) => score >= minScore);
        const most = best(sets(open), (set) => set.length);
        const strongest = best(most, lowest);
        const [winner = []] = best(strongest, totalOf);
        expect(result.pairs).to.have.length(winner.length);
        expect(result.total).to.equal(totalOf(winner));
        expect(result.floor?.score).to.equal(winner.length === 0 ? undefined : lowest(winner));
        expect(result.status).to.equal('optimal');
        expect(result.price).to.equal(index.pairs({ minScore }).total - result.total);
      }),
    );
  });

  it('gives fair shares: as many pairs as can be, then the largest product of scores, and proves it', () => {
    fc.assert(
      fc.property(small, (pool) => {
        const index = fill(pool);
        const result = index.pairs({ aim: 'proportional' });
        expect(index.verify(result)).to.deep.equal([]);
        const most = best(sets(choices(pool)), (set) => set.length);
        const [winner = []] = best(most, (set) => sumOf(set, welfareOf));
        expect(result.pairs).to.have.length(winner.length);
        expect(sumOf(result.pairs, welfareOf)).to.equal(sumOf(winner, welfareOf));
        expect(result).to.include({ status: 'optimal', floor: null });
        expect(result.price).to.equal(index.pairs().total - result.total);
      }),
    );
  });

  it('holds over the lists alone, with pins, and whatever the order of the SMEs', () => {
    fc.assert(
      fc.property(
        arbitraryPool,
        fc.constantFrom('minimum' as const, 'proportional' as const),
        (pool, aim) => {
          const index = fill(pool);
          const pin = index.pairs().pairs[0];
          const pinned = pin ? [[pin.a, pin.b] as const] : [];
          for (const over of ['lists', 'all-pairs'] as const) {
            const result = index.pairs({ aim, over, pinned });
            expect(index.verify(result)).to.deep.equal([]);
            expect(fill(pool.toReversed()).pairs({ aim, over, pinned })).to.deep.equal(result);
          }
        },
      ),
      { numRuns: 30 },
    );
  });

  it('has a label for staff at each step, and costs more, or as much, from the first on', () => {
    expect(FAIRNESS_DIAL.map(({ aim }) => aim)).to.deep.equal([
      'total',
      'everybody',
      'proportional',
      'minimum',
    ]);
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const index = fill(pool);
        const [total = 0, everybody = 0, ...rest] = FAIRNESS_DIAL.map(
          ({ aim }) => index.pairs({ aim }).price,
        );
        expect(total).to.equal(0);
        for (const price of rest) expect(price).to.be.at.least(everybody);
      }),
      { numRuns: 30 },
    );
  });

  it('is seen through by verify when a minimum or a product is not what it is called', () => {
    const pool = ['a', 'b', 'c', 'd'].map((id, at) =>
      buildProfile({ id, country: at < 2 ? 'FR' : 'IT', languages: at === 0 ? ['en'] : ['fr'] }),
    );
    const index = fill(pool);
    const result = index.pairs({ aim: 'minimum' });
    const { floor } = result;
    if (!floor) throw new Error('there is no minimum');
    const faults = (given: Partial<PairingResult>): string => index.verify({ ...result, ...given }).join();
    expect(faults({})).to.equal('');
    expect(faults({ floor: null })).to.include('is missing');
    expect(faults({ floor: { ...floor, score: floor.score - 1 } })).not.to.equal('');
    expect(faults({ floor: { ...floor, score: floor.score + 1 } })).not.to.equal('');
    expect(faults({ floor: { ...floor, above: floor.most } })).to.include('the minimum may be higher');
    expect(faults({ floor: { ...floor, most: { ...floor.most, bonus: 1 } } })).to.include('proves nothing');
    const fair = index.pairs({ aim: 'proportional' });
    const prices = fair.proof.prices.map((price) => price + 4);
    expect(index.verify({ ...fair, proof: { ...fair.proof, prices } }).join()).to.include(
      'prove the welfare',
    );
    expect(index.verify({ ...fair, floor }).join()).to.include('for another aim');
  });
});

describe('the logarithm of a score', () => {
  it('is a whole number within one unit of log2(score + 1) x 65,536, and rises with the score', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: SCALE - 1 }), (score) => {
        const exact = Math.log2(score + 1) * 65_536;
        expect(welfareOf(score)).to.be.within(Math.floor(exact) - 1, Math.ceil(exact));
        expect(welfareOf(score + 1)).to.be.at.least(welfareOf(score));
      }),
    );
    expect([welfareOf(0), welfareOf(1), welfareOf(3)]).to.deep.equal([0, 65_536, 131_072]);
  });
});
