import { expect } from 'chai';
import fc from 'fast-check';
import { exposureOf, gini } from '../../../matching/fairness/exposure.ts';
import { MatchingIndex } from '../../../matching/index.ts';
import { SCALE, type Profile } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { refresh } from '../support/oracle.ts';
import { arbitraryPool, buildCall, buildProfile, TAXONOMY } from '../support/pool.ts';

const GEOGRAPHY = { widening: new Set(['MT']) };

function reportOn(profiles: readonly Profile[], listLength: number, wishes: readonly { to: string }[] = []) {
  const call = buildCall();
  const index = new MatchingIndex({ taxonomy: TAXONOMY, call, weights: DEFAULT_WEIGHTS, listLength });
  index.upsert(profiles);
  refresh(index);
  const { pairs, alone } = index.pairs();
  const lists = [...index.lists()];
  const input = { profiles, call, lists, pairs, geography: GEOGRAPHY, wishes };
  return { input, lists, alone, exposure: exposureOf(input) };
}

describe('the exposure of a run', () => {
  it('adds up to the pool, the places on lists and the pairs, in each grouping', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const { exposure, lists, alone } = reportOn(pool, 2);
        const places = lists.reduce((sum, { suggestions }) => sum + suggestions.length, 0);
        for (const rows of Object.values(exposure.groups)) {
          const sum = (of: (row: (typeof rows)[number]) => number): number =>
            rows.reduce((total, row) => total + of(row), 0);
          expect(sum(({ smes }) => smes)).to.equal(pool.length);
          expect(sum(({ suggested }) => suggested)).to.equal(places);
          expect(sum((row) => row.alone)).to.equal(alone.length);
          expect(sum((row) => row.unseen)).to.equal(exposure.unseen.length);
          expect(sum(({ paired }) => paired)).to.equal(pool.length - alone.length);
          expect(sum(({ poolShare }) => poolShare)).to.be.within(
            pool.length === 0 ? 0 : SCALE - rows.length,
            SCALE,
          );
        }
        expect(exposure.inequality).to.be.within(0, SCALE);
      }),
      { numRuns: 50 },
    );
  });

  it('does not depend on the order of the input', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const { input, exposure } = reportOn(pool, 2);
        const turned = {
          ...input,
          profiles: pool.toReversed(),
          lists: input.lists.toReversed(),
          pairs: input.pairs.toReversed(),
        };
        expect(JSON.stringify(exposureOf(turned))).to.equal(JSON.stringify(exposure));
      }),
      { numRuns: 30 },
    );
  });

  it('says of everybody on nobody’s list why', () => {
    const pool = [
      buildProfile({ id: 'alike', country: 'FR', conflicts: ['other'] }),
      buildProfile({ id: 'other', country: 'IT' }),
      buildProfile({ id: 'away', country: 'FI', available: false }),
    ];
    expect(reportOn(pool, 2).exposure.unseen).to.deep.equal([
      { sme: 'alike', reason: 'nobody-eligible', rules: [] },
      { sme: 'away', reason: 'may-not-take-part', rules: ['unavailable'] },
      { sme: 'other', reason: 'nobody-eligible', rules: [] },
    ]);
    // of two who are equal the one with the lower id takes the only place
    const three = ['a', 'b', 'c'].map((id) => buildProfile({ id, country: id === 'c' ? 'IT' : 'FR' }));
    expect(reportOn(three, 1).exposure.unseen).to.deep.equal([
      { sme: 'b', reason: 'never-among-the-best', rules: [] },
    ]);
  });

  it('is what the index says of itself, lists and all', () => {
    fc.assert(
      fc.property(arbitraryPool, (profiles) => {
        const call = buildCall();
        const index = new MatchingIndex({
          taxonomy: TAXONOMY,
          call,
          weights: DEFAULT_WEIGHTS,
          listLength: 2,
        });
        index.upsert(profiles);
        refresh(index);
        const { pairs } = index.pairs();
        const input = { profiles, call, lists: index.lists(), pairs, geography: GEOGRAPHY };
        expect(index.exposure(pairs, GEOGRAPHY)).to.deep.equal(exposureOf(input));
      }),
      { numRuns: 30 },
    );
  });

  it('counts wishes and widening status', () => {
    const pool = [
      buildProfile({ id: 'a', country: 'MT' }),
      buildProfile({ id: 'b', country: 'IT', clusterId: 'c1' }),
    ];
    const { groups } = reportOn(pool, 1, [{ to: 'a' }, { to: 'a' }]).exposure;
    expect(groups.widening.map(({ key, wished, paired }) => [key, wished, paired])).to.deep.equal([
      ['not-widening', 0, 1],
      ['widening', 2, 1],
    ]);
    expect(groups.cluster.map(({ key }) => key)).to.deep.equal(['c1', 'none']);
  });

  it('measures inequality by the Gini coefficient', () => {
    expect(gini([])).to.equal(0);
    expect(gini([0, 0])).to.equal(0);
    expect(gini([5, 5, 5, 5])).to.equal(0);
    expect(gini([0, 0, 0, 12])).to.equal(750_000);
    expect(gini([1000, 0, 2000, 3000])).to.be.within(416_000, 416_667);
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1 }), (values) => {
        const sum = values.reduce((total, value) => total + value, 0);
        const pairs = values.flatMap((x) => values.map((y) => Math.abs(x - y)));
        const exact = sum === 0 ? 0 : pairs.reduce((total, d) => total + d, 0) / (2 * values.length * sum);
        expect(gini(values) / SCALE).to.be.within(exact - 1 / Math.max(1, sum) - 1e-6, exact + 1e-9);
      }),
    );
  });
});
