import { expect } from 'chai';
import fc from 'fast-check';
import { MatchingIndex, type Settings } from '../../../matching/index.ts';
import type { Call, Profile, Weights } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { finish, refresh } from '../support/oracle.ts';
import { arbitraryPool, buildCall, buildProfile, buildSolution, idOf, TAXONOMY } from '../support/pool.ts';

const GEOGRAPHY = { widening: new Set(['MT']) };

const fill = (pool: readonly Profile[], listLength = 3): MatchingIndex => {
  const call = buildCall();
  const index = new MatchingIndex({ taxonomy: TAXONOMY, call, weights: DEFAULT_WEIGHTS, listLength });
  index.upsert(pool);
  refresh(index);
  return index;
};

const weight = fc.integer({ min: 0, max: 100 });
const someWeights: fc.Arbitrary<Weights> = fc.record({
  capability: weight,
  text: weight,
  trl: weight,
  domain: weight,
  challenge: weight,
  reach: weight,
  practical: fc.integer({ min: 1, max: 100 }),
});
const someCall: fc.Arbitrary<Call> = fc
  .record({
    countries: fc.subarray(['FR', 'IT', 'FI', 'MT', 'XX']),
    taken: fc.subarray([idOf(1), idOf(2), idOf(3)]),
    trlEntryMin: fc.constantFrom(5, 7),
    challenges: fc.constantFrom(buildCall().challenges, []),
  })
  .map(buildCall);
const someSettings: fc.Arbitrary<Settings> = fc.oneof(
  someWeights.map((weights) => ({ weights })),
  someCall.map((call) => ({ call })),
  fc.record({ weights: someWeights, call: someCall }),
);

describe('what other weights or rules would change', () => {
  it('is to the byte what publishing them then gives', () => {
    fc.assert(
      fc.property(arbitraryPool, someSettings, fc.boolean(), (pool, settings, everybody) => {
        const index = fill(pool);
        const options = { aim: everybody ? 'everybody' : 'total' } as const;
        const seen = JSON.stringify(finish(index.trial(settings, options)));
        if (settings.weights) index.setWeights(settings.weights);
        if (settings.call) index.setCall(settings.call);
        refresh(index);
        const published = { lists: [...index.lists()], pairing: index.pairs(options) };
        expect(seen).to.equal(JSON.stringify(published));
      }),
    );
  });

  it('changes nothing by being looked at, whole or given up half way', () => {
    fc.assert(
      fc.property(arbitraryPool, someSettings, (pool, settings) => {
        const index = fill(pool);
        const state = (): string => JSON.stringify([[...index.lists()], index.pairs()]);
        const before = state();
        finish(index.whatIf(settings, GEOGRAPHY));
        const work = index.trial(settings);
        work.next();
        work.next();
        expect(state()).to.equal(before);
        expect(refresh(index).changed).to.deep.equal([]);
      }),
      { numRuns: 30 },
    );
  });

  it('adds up: pairs, SMEs alone, totals under both settings, and each grouping', () => {
    fc.assert(
      fc.property(arbitraryPool, someSettings, (pool, settings) => {
        const index = fill(pool);
        const before = index.pairs();
        const { pairing: after } = finish(index.trial(settings));
        const { pairs, alone, totals, groups, instruments } = finish(index.whatIf(settings, GEOGRAPHY));
        expect(pairs.kept + pairs.lost.length).to.equal(before.pairs.length);
        expect(pairs.kept + pairs.gained.length).to.equal(after.pairs.length);
        expect(alone.before + alone.newly.length - alone.noLonger.length).to.equal(alone.after);
        expect(alone).to.include({ before: before.alone.length, after: after.alone.length });
        expect(totals.underBefore.before).to.deep.equal({ total: before.total, refused: 0 });
        expect(totals.underAfter.after).to.deep.equal({ total: after.total, refused: 0 });
        // each set is the best under its own setting, among those that this setting allows
        expect(totals.underBefore.after.total).to.be.at.most(before.total);
        expect(totals.underAfter.before.total).to.be.at.most(after.total);
        const refused = pairs.lost.filter((pair) => pair.refused.length > 0);
        expect(refused.length).to.equal(totals.underAfter.before.refused);
        for (const rows of Object.values(groups)) {
          const sum = (of: (row: (typeof rows)[number]) => number) =>
            rows.reduce((total, row) => total + of(row), 0);
          expect(sum(({ smes }) => smes)).to.equal(pool.length);
          expect(sum(({ pairedBefore }) => pairedBefore)).to.equal(2 * before.pairs.length);
          expect(sum(({ pairedAfter }) => pairedAfter)).to.equal(2 * after.pairs.length);
        }
        expect(instruments.reduce((total, row) => total + row.pairsAfter, 0)).to.equal(after.pairs.length);
      }),
    );
  });

  it('names the rule where a pair is lost to it, and counts by instrument', () => {
    const ready = (id: string, country: string) =>
      buildProfile({ id, country, solutions: [buildSolution({ trl: 7 })] });
    const index = fill([ready('a', 'FR'), ready('b', 'IT'), ready('c', 'MT')]);
    const call = buildCall({ taken: ['a'], instruments: [{ id: 'new', name: 'New', trlMin: 7, trlMax: 8 }] });
    const seen = finish(index.whatIf({ call }, GEOGRAPHY, { forbidden: [['b', 'c']] }));
    expect(seen.pairs.gained).to.deep.equal([]);
    expect(seen.pairs.lost.map(({ a, refused }) => [a, refused])).to.deep.equal([
      ['a', ['already-in-consortium']],
    ]);
    expect(seen.instruments.map(({ instrument }) => instrument)).to.deep.equal([
      'new',
      'prototyping',
      'pilot',
      null,
    ]);
    expect(seen.groups.widening.map(({ key, smes }) => [key, smes])).to.deep.equal([
      ['not-widening', 2],
      ['widening', 1],
    ]);
  });

  it('refuses weights that are none, by name, and changes nothing then', () => {
    const index = fill([buildProfile({ id: 'a' })]);
    for (const reach of [NaN, -1, 101, 0.5]) {
      const weights = { ...DEFAULT_WEIGHTS, reach };
      expect(() => finish(index.trial({ weights }))).to.throw(RangeError, 'reach');
      expect(() => {
        index.setWeights(weights);
      }).to.throw(RangeError, 'reach');
    }
    expect(refresh(index).changed).to.deep.equal([]);
  });
});
