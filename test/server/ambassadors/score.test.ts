import { expect } from 'chai';
import fc from 'fast-check';
import { loadCriteria } from '../../../server/ambassadors/criteria.ts';
import { scoreApplication, type ScoredFacts, type Situation } from '../../../server/ambassadors/score.ts';

const criteria = loadCriteria();
const situation: Situation = {
  partnerCountries: new Set(['FR', 'PL']),
  regions: new Map([
    ['FR', ['Île-de-France', null]],
    ['GR', ['Attica']],
  ]),
  countryName: (code) => ({ FR: 'France', GR: 'Greece', PL: 'Poland', PT: 'Portugal' })[code] ?? code,
};
const facts = (overrides: Partial<ScoredFacts> = {}): ScoredFacts => ({
  country: 'PT',
  region: 'Norte',
  members: 0,
  audience: 0,
  eventsPerYear: 0,
  involvement: 'none',
  ...overrides,
});
const anyFacts = fc.record({
  country: fc.constantFrom('FR', 'GR', 'PL', 'PT', 'XK'),
  region: fc.option(fc.constantFrom('Attica', 'ILE DE FRANCE', 'Norte')),
  members: fc.nat(100_000),
  audience: fc.nat(10_000_000),
  eventsPerYear: fc.nat(1_000),
  involvement: fc.constantFrom('innosup', 'fstp', 'european', 'none'),
});

describe('score of an application', () => {
  it('is the sum of its parts, each with a reason, out of a hundred', () => {
    fc.assert(
      fc.property(anyFacts, (any) => {
        const { points, max, parts } = scoreApplication(any, situation, criteria);
        expect(points).to.equal(parts.reduce((sum, part) => sum + part.points, 0));
        expect(max).to.equal(100);
        for (const part of parts) {
          expect(part.points).to.be.within(0, part.max);
          expect(part.reason).to.match(/^\p{Lu}.+\.$/u);
        }
      }),
    );
  });

  it('puts each cluster of a country without a consortium partner before all others', () => {
    fc.assert(
      fc.property(anyFacts, anyFacts, (one, other) => {
        const first = { ...one, country: 'PT' } as const;
        const last = { ...other, country: 'FR' } as const;
        expect(scoreApplication(first, situation, criteria).points).to.be.greaterThan(
          scoreApplication(last, situation, criteria).points,
        );
      }),
    );
  });

  it('grows with outreach and with closer experience of European projects, never falls', () => {
    fc.assert(
      fc.property(anyFacts, fc.nat(1_000), (any, more) => {
        const before = scoreApplication(any, situation, criteria).points;
        const after = scoreApplication(
          { ...any, members: any.members + more, audience: any.audience + more, involvement: 'innosup' },
          situation,
          criteria,
        ).points;
        expect(after).to.be.at.least(before);
      }),
    );
  });

  it('knows a region however it is written, and says what is covered', () => {
    const reasonOf = (given: Partial<ScoredFacts>) =>
      scoreApplication(facts(given), situation, criteria).parts.find(
        ({ criterion }) => criterion === 'coverage',
      );
    expect(reasonOf({})).to.include({ points: 9, reason: 'No cluster covers Portugal yet.' });
    expect(reasonOf({ country: 'FR', region: 'ile de france' })).to.include({
      points: 0,
      reason: 'ile de france is covered by a cluster already.',
    });
    expect(reasonOf({ country: 'GR', region: 'Crete' })).to.include({
      points: 5,
      reason: 'Greece has 1 cluster, none of them in Crete.',
    });
    expect(reasonOf({ country: 'GR', region: null })?.points).to.equal(0);
  });
});
