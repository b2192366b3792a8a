import { expect } from 'chai';
import { consortiumBlockers, type BlockerFacts } from '../../../server/smes/blockers.ts';

const rules = { countries: ['FR', 'DE'], trlEntryMin: 5, countryName: (code: string) => code };
const ready: BlockerFacts = { sizeClass: 'small', available: true, country: 'FR', solutions: [{ trl: 7 }] };

describe('what stands before a consortium', () => {
  it('is nothing for a ready SME', () => {
    expect(consortiumBlockers(ready, rules)).to.deep.equal([]);
  });

  const cases: readonly [string, Partial<BlockerFacts>, RegExp][] = [
    ['an undeclared size', { sizeClass: 'not-yet-declared' }, /not yet declared/],
    ['a company that is not an SME', { sizeClass: 'not-an-sme' }, /not an SME/],
    ['a country outside the call', { country: 'US' }, /US is not among the countries/],
    ['absence', { available: false }, /not available/],
    ['no solution', { solutions: [] }, /No solution/],
    ['an undeclared TRL', { solutions: [{ trl: null }] }, /TRL/],
    ['a TRL below the entry', { solutions: [{ trl: 4 }, { trl: null }] }, /TRL 5/],
  ];
  for (const [what, change, sentence] of cases) {
    it(`says so for ${what}`, () => {
      const blockers = consortiumBlockers({ ...ready, ...change }, rules);
      expect(blockers).to.have.length(1);
      expect(blockers[0]).to.match(sentence);
    });
  }
});
