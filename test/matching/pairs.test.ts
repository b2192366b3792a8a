import { expect } from 'chai';
import fc from 'fast-check';
import { AIMS, MatchingIndex, type PairingOptions, type PairingResult } from '../../matching/index.ts';
import { SCALE, type Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { finish, naiveLists, refresh } from './support/oracle.ts';
import { arbitraryPool, buildCall, buildProfile, buildSolution, TAXONOMY } from './support/pool.ts';

const fill = (pool: readonly Profile[], listLength = 20): MatchingIndex => {
  const index = new MatchingIndex({
    taxonomy: TAXONOMY,
    call: buildCall(),
    weights: DEFAULT_WEIGHTS,
    listLength,
  });
  index.upsert(pool);
  refresh(index);
  return index;
};

/** A pair that may be taken. */
interface Choice {
  readonly a: string;
  readonly b: string;
  readonly score: number;
}

/** All pairs of a pool that break no rule, scored plainly. */
function choices(pool: readonly Profile[]): Choice[] {
  const lists = naiveLists(pool, pool.length);
  return lists.flatMap(({ sme, suggestions }) =>
    suggestions
      .filter(({ partner }) => sme < partner)
      .map(({ partner, score }) => ({ a: sme, b: partner, score })),
  );
}

/** Those of the lists. */
const listed = (index: MatchingIndex): Choice[] => {
  const seen = new Map<string, Choice>();
  for (const { sme, suggestions } of index.lists()) {
    for (const { partner, score } of suggestions) {
      const [a, b] = sme < partner ? [sme, partner] : [partner, sme];
      seen.set(`${a} ${b}`, { a, b, score });
    }
  }
  return [...seen.values()];
};

/** The best set by trying every one: by most pairs first where each is worth a bonus, else by the largest total. */
function best(open: readonly Choice[], bonus = 0): number {
  const [first, ...rest] = open;
  if (!first) return 0;
  const apart = rest.filter(({ a, b }) => ![a, b].includes(first.a) && ![a, b].includes(first.b));
  return Math.max(best(rest, bonus), first.score + bonus + best(apart, bonus));
}

const small = arbitraryPool.map((pool) => pool.slice(0, 7));

describe('the best set of consortia', () => {
  it('is the optimum over all pairs that break no rule, or over the lists alone, and its proof holds', () => {
    fc.assert(
      fc.property(small, fc.integer({ min: 1, max: 3 }), (pool, listLength) => {
        const index = fill(pool, listLength);
        const optima = { 'all-pairs': best(choices(pool)), lists: best(listed(index)) };
        for (const over of ['all-pairs', 'lists'] as const) {
          const result = index.pairs({ over });
          expect(index.verify(result)).to.deep.equal([]);
          expect(result).to.include({
            total: optima[over],
            bound: optima[over],
            status: 'optimal',
            over,
            gap: 0,
          });
          expect(result.price).to.equal(0);
        }
      }),
    );
  });

  it('leaves as few alone as can be where everybody is the aim, and says what that costs', () => {
    fc.assert(
      fc.property(small, (pool) => {
        const index = fill(pool);
        const result = index.pairs({ aim: 'everybody' });
        expect(index.verify(result)).to.deep.equal([]);
        const bonus = (pool.length + 1) * SCALE;
        const optimum = best(choices(pool), bonus);
        expect(result.pairs.length).to.equal(Math.floor(optimum / bonus));
        expect(result.total).to.equal(optimum % bonus);
        expect(result.price).to.equal(index.pairs().total - result.total);
        expect(result.status).to.equal('optimal');
      }),
    );
  });

  it('is stable where asked, with its price against the optimum', () => {
    fc.assert(
      fc.property(small, (pool) => {
        const index = fill(pool, 2);
        const result = index.pairs({ aim: 'stable' });
        expect(index.verify(result)).to.deep.equal([]);
        expect(result.bound).to.equal(best(choices(pool)));
        expect(result.price).to.equal(result.bound - result.total);
        expect(result.total).to.be.at.least(result.bound / 2);
      }),
    );
  });

  it('keeps what is pinned, forbidden and below the minimum, and is the optimum of what is left', () => {
    fc.assert(
      fc.property(
        small,
        fc.nat(),
        fc.nat(),
        fc.integer({ min: 0, max: SCALE }),
        (pool, one, other, minScore) => {
          const open = choices(pool);
          const pin = open[one % Math.max(1, open.length)];
          const ban = open[other % Math.max(1, open.length)];
          if (!pin || !ban || pin === ban) return;
          const index = fill(pool, 2);
          const result = index.pairs({ pinned: [[pin.b, pin.a]], forbidden: [[ban.a, ban.b]], minScore });
          expect(index.verify(result)).to.deep.equal([]);
          const left = open.filter(
            (pair) =>
              pair !== ban &&
              pair.score >= minScore &&
              ![pair.a, pair.b].some((id) => id === pin.a || id === pin.b),
          );
          expect(result.total).to.equal(pin.score + best(left));
          expect(result.bound).to.equal(result.total);
        },
      ),
    );
  });

  it('leaves no two SMEs who would rather have each other, where stability is the aim', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const index = fill(pool);
        const { pairs } = index.pairs({ aim: 'stable' });
        const has = new Map(pairs.flatMap(({ a, b, score }) => [[a, score] as const, [b, score] as const]));
        for (const { sme, suggestions } of index.lists()) {
          for (const { partner, score } of suggestions) {
            const content = score <= (has.get(sme) ?? -1) || score <= (has.get(partner) ?? -1);
            expect(content, `${sme} and ${partner}`).to.equal(true);
          }
        }
      }),
    );
  });

  it('proposes nobody below the minimum score', () => {
    const index = fill([buildProfile({ id: 'a' }), buildProfile({ id: 'b', country: 'IT' })]);
    expect(index.pairs().pairs).to.have.length(1);
    const none = index.pairs({ minScore: SCALE });
    expect(none.pairs).to.deep.equal([]);
    expect(none.alone).to.deep.equal(['a', 'b']);
  });

  it('refuses pins that contradict each other, a rule, or what is forbidden, and scores out of range, naming them', () => {
    const index = fill(['a', 'b', 'c'].map((id) => buildProfile({ id, country: id === 'a' ? 'FR' : 'IT' })));
    const ask = (options: PairingOptions) => () => index.pairs(options);
    const twice: PairingOptions = {
      pinned: [
        ['a', 'b'],
        ['c', 'a'],
      ],
    };
    expect(ask(twice)).to.throw(RangeError, 'a is pinned to two partners');
    expect(ask({ pinned: [['b', 'c']] })).to.throw(RangeError, 'b and c may not be pinned');
    expect(ask({ pinned: [['a', 'nobody']] })).to.throw(
      RangeError,
      'a or nobody, who are pinned, is not in the pool',
    );
    expect(ask({ pinned: [['b', 'a']], forbidden: [['a', 'b']] })).to.throw(
      RangeError,
      'pinned and forbidden',
    );
    for (const minScore of [-1, 0.5, SCALE + 1, NaN])
      expect(ask({ minScore })).to.throw(RangeError, `is ${minScore}`);
    expect(ask({ forbidden: [['a', 'nobody']] })().pairs).to.have.length(1);
  });

  it('can be stopped at any moment: what is found by then keeps every rule, and its bound is proven', () => {
    fc.assert(
      fc.property(
        arbitraryPool,
        fc.nat(40),
        fc.constantFrom('all-pairs' as const, 'lists' as const),
        fc.constantFrom(...AIMS),
        (pool, questions, over, aim) => {
          const index = fill(pool, 3);
          const [best, heaviest] = [index.pairs({ over, aim }), index.pairs({ over })];
          let left = questions;
          const result = finish(index.pairing({ over, aim }, () => (left -= 1) < 0));
          expect(index.verify(result)).to.deep.equal([]);
          if (!result.stopped) {
            expect(result).to.deep.equal(best);
            return;
          }
          expect(left).to.be.below(0);
          expect(result.bound).to.be.at.least(heaviest.total);
          expect(result.total).to.be.at.most(heaviest.total);
          expect(result.price).to.be.at.least(aim === 'total' ? 0 : heaviest.total - result.total);
          if (aim === 'stable') expect(result.pairs).to.deep.equal(best.pairs);
          if (result.status === 'optimal') expect(result.total).to.equal(heaviest.total);
        },
      ),
    );
  });

  it('tells how far it may be from the optimum where it is stopped at once', () => {
    const pool = Array.from({ length: 60 }, (_, number) =>
      buildProfile({
        id: `p${number}`,
        country: ['FR', 'IT', 'FI'][number % 3] ?? 'FR',
        solutions: [buildSolution({ offer: `sensor radar${number % 7} drone${number % 11}` })],
      }),
    );
    const index = fill(pool, 3);
    const stopped = finish(index.pairing({}, () => true));
    const best = index.pairs();
    expect(index.verify(stopped)).to.deep.equal([]);
    expect(stopped).to.include({ status: 'feasible', stopped: true });
    expect(best.stopped).to.equal(false);
    const missing = (best.total - stopped.total) / best.total;
    expect(stopped.gap / SCALE).to.be.at.least(missing);
    expect(stopped.gap).to.be.below(SCALE);
  });

  it('says that it was stopped, and verify refuses one that claims more than its prices prove', () => {
    const ids = ['a', 'b', 'c', 'd', 'e'];
    const index = fill(ids.map((id, at) => buildProfile({ id, country: ['FR', 'IT'][at % 2] ?? 'FR' })));
    const stopped = finish(index.pairing({ aim: 'everybody' }, () => true));
    expect(stopped).to.include({ status: 'feasible', stopped: true });
    expect(index.verify(stopped)).to.deep.equal([]);
    const faults = (change: Partial<PairingResult>) => index.verify({ ...stopped, ...change });
    expect(faults({ status: 'optimal' })).not.to.be.empty;
    expect(faults({ stopped: false })).to.include('the status feasible does not hold');
    expect(faults({ bound: stopped.bound - 1 })).not.to.be.empty;
    const whole = index.pairs();
    expect(index.verify({ ...whole, status: 'feasible', stopped: true })).to.include(
      'the status feasible does not hold',
    );
  });

  it('is seen through by verify when somebody tampers with it', () => {
    const index = fill([
      buildProfile({ id: 'a' }),
      buildProfile({ id: 'b', country: 'IT' }),
      buildProfile({ id: 'c', country: 'IT' }),
    ]);
    const result = index.pairs();
    const [pair] = result.pairs;
    if (!pair) throw new Error('no pair was proposed');
    const faults = (given: Partial<typeof result>) => index.verify({ ...result, ...given }).join();
    expect(faults({ pairs: [pair, pair] })).to.include('in two pairs');
    expect(faults({ pairs: [{ ...pair, score: pair.score + 1 }] })).to.include('the score of');
    expect(faults({ pairs: [{ a: 'b', b: 'c', score: 1 }] })).to.include('same-country');
    expect(faults({ pairs: [{ a: 'b', b: 'nobody', score: 1 }] })).to.include('not in the pool');
    expect(faults({ total: 1 })).to.include('the total is');
    expect(faults({ bound: 0 })).to.include('below the total');
    expect(faults({ alone: [] })).to.include('left alone');
    expect(faults({ bound: result.bound + 1 })).to.include('prices prove the bound');
    expect(faults({ status: 'feasible' })).to.include('the status feasible');
    expect(faults({ over: 'lists' })).to.include('it is over all-pairs, not lists');
    const proof = (given: Partial<typeof result.proof>) => faults({ proof: { ...result.proof, ...given } });
    expect(proof({ prices: result.proof.prices.map(() => 0) })).to.include('the proof does not hold');
    for (const bonus of [5, -5, NaN]) expect(proof({ bonus })).to.include('proves nothing');
    const everybody = index.pairs({ aim: 'everybody' });
    for (const bonus of [0, -1, NaN, 1e18]) {
      const given = { ...everybody, proof: { ...everybody.proof, bonus } };
      expect(index.verify(given).join()).to.include('proves nothing');
    }
    expect(proof({ sets: [{ around: -1, own: ['a', 'nobody'], price: 4 }] })).to.include(
      'the proof does not hold',
    );
    const asked = (given: Partial<typeof result.asked>) => faults({ asked: { ...result.asked, ...given } });
    expect(asked({ forbidden: [[pair.a, pair.b]] })).to.include('were forbidden');
    expect(asked({ minScore: pair.score + 1 })).to.include('below the minimum');
    expect(asked({ minScore: -1 })).to.include('what was asked does not hold');
  });

  it('is seen through by verify when a set that is called stable is not', () => {
    const pool = ['a', 'b', 'c', 'd'].map((id) =>
      buildProfile({ id, country: id < 'c' ? 'FR' : 'IT', languages: ['en'] }),
    );
    const index = fill(pool);
    const stable = index.pairs({ aim: 'stable' });
    expect(
      index
        .verify({ ...stable, pairs: [], total: 0, status: 'feasible', alone: pool.map(({ id }) => id) })
        .join(),
    ).to.include('would rather have each other');
  });

  it('does not depend on the order in which SMEs come', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        expect(fill(pool.toReversed(), 3).pairs()).to.deep.equal(fill(pool, 3).pairs());
      }),
      { numRuns: 30 },
    );
  });
});
