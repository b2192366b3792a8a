import { expect } from 'chai';
import fc from 'fast-check';
import { MatchingIndex } from '../../matching/index.ts';
import { FACTORS, type Explanation, type Factor, type Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { refresh } from './support/oracle.ts';
import {
  arbitraryPool,
  buildCall,
  buildNeed,
  buildProfile,
  buildSolution,
  TAXONOMY,
} from './support/pool.ts';

const fill = (pool: readonly Profile[]): MatchingIndex => {
  const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
  index.upsert(pool);
  refresh(index);
  return index;
};

const said = ({ factors }: Explanation, factor: string) => factors.find((one) => one.factor === factor);

const me = buildProfile({
  id: 'me',
  marketRole: 'security-market',
  languages: ['en', 'fr'],
  solutions: [
    buildSolution({
      offer: 'We run a control room.',
      trl: 8,
      capabilities: ['biometrics'],
      fields: ['disasters'],
    }),
  ],
  needs: [buildNeed({ words: 'Someone who Detects floods early', capabilities: ['intrusion'] })],
});
const partner = buildProfile({
  id: 'you',
  country: 'FI',
  marketRole: 'deep-tech',
  languages: ['en'],
  solutions: [
    buildSolution({
      offer: 'Flood detection by sensors',
      trl: 6,
      capabilities: ['intrusion'],
      technologies: ['uav'],
      fields: ['disasters'],
    }),
  ],
});
const crowd = ['c1', 'c2', 'c3', 'c4'].map((id) =>
  buildProfile({ id, country: 'IT', solutions: [buildSolution({ offer: `unrelated words of ${id}` })] }),
);

function expectBriefs(index: MatchingIndex, pool: readonly Profile[]): void {
  for (const { id: a } of pool) {
    for (const { id: b } of pool) {
      const { eligible, refusals, factors, ...shown } = index.explain(a, b);
      const brief = index.brief(a, b);
      if (!eligible) expect(brief, refusals[0]?.code).to.equal(null);
      else {
        const shares = factors.map(({ sentence: _sentence, evidence: _evidence, ...share }) => share);
        expect(brief).to.deep.equal({ ...shown, factors: shares });
      }
    }
  }
}

describe('what a list shows of a pair', () => {
  it('is said in the same words and figures as in its explanation, and is there for every pair that may be proposed', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const index = fill(pool);
        expectBriefs(index, pool);
        // what was read of a pair is kept under other weights, and read anew where a side or the rules change
        const little = Object.fromEntries(FACTORS.map((factor) => [factor, 1])) as Record<Factor, number>;
        for (const factor of FACTORS) {
          index.setWeights({ ...little, [factor]: 100 });
          refresh(index);
          expectBriefs(index, pool);
        }
        const [first, second] = pool;
        if (first && second) index.upsert([{ ...first, solutions: second.solutions, needs: second.needs }]);
        refresh(index);
        expectBriefs(index, pool);
        // the second changes nothing that is read of one SME alone
        for (const rules of [
          { challenges: [] },
          { challenges: [], trlEntryMin: 1 as const, crossBorder: 'bonus' as const },
        ]) {
          index.setCall({ ...buildCall(), ...rules });
          refresh(index);
          expectBriefs(index, pool);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('says to one side that it brings what the other is told that it gets', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const index = fill(pool);
        for (const { id: a } of pool) {
          for (const { id: b } of pool.filter(({ id }) => id !== a)) {
            const [there, back] = [index.explain(a, b), index.explain(b, a)];
            expect([back.bBrings, back.aBrings]).to.deep.equal([there.aBrings, there.bBrings]);
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is nothing for somebody who is not in the pool', () => {
    expect(fill([me]).brief('me', 'nobody')).to.equal(null);
  });
});

describe('the explanation of a pair', () => {
  it('adds up to the score of the list exactly, factor by factor, for every suggestion', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const index = fill(pool);
        for (const { sme, suggestions } of index.lists()) {
          for (const { partner: other, score, terms } of suggestions) {
            const { score: explained, factors, eligible } = index.explain(sme, other);
            expect(eligible).to.equal(true);
            expect(explained).to.equal(score);
            expect(factors.map(({ factor }) => factor)).to.deep.equal([...FACTORS]);
            expect(factors.reduce((sum, { contribution }) => sum + contribution, 0)).to.equal(score);
            for (const { factor, contribution } of factors) expect(contribution).to.equal(terms[factor]);
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  it('names what one offers and the other asked for, in the words of the taxonomy', () => {
    const capability = said(fill([me, partner, ...crowd]).explain('me', 'you'), 'capability');
    expect(capability?.sentence).to.include('They offer intrusion detection, which you asked for.');
    expect(capability?.sentence).to.match(/The terms decide \d+ % of this, the words the rest\.$/);
    expect(capability?.evidence).to.deep.include({
      sme: 'me',
      field: 'needs.capabilities',
      matched: ['intrusion'],
    });
  });

  it('shows the words as they were written, not their stems', () => {
    const text = said(fill([me, partner, ...crowd]).explain('me', 'you'), 'text');
    const words = text?.evidence.find(({ sme, field }) => sme === 'me' && field === 'needs.words')?.matched;
    expect(words).to.include.members(['floods', 'detection']);
    expect(text?.evidence.find(({ sme }) => sme === 'you')?.matched).to.include('Flood');
  });

  it('says so where what a company works on stands in for a need that it has not posted', () => {
    const index = fill([me, partner, ...crowd]);
    expect(said(index.explain('me', 'you'), 'text')?.sentence).to.include('They have posted no need.');
    expect(said(index.explain('you', 'me'), 'text')?.sentence).to.include('You have posted no need.');
  });

  it('tells role, field, language, TRL and what each side brings', () => {
    const explanation = fill([me, partner, ...crowd]).explain('me', 'you');
    expect(said(explanation, 'domain')?.sentence).to.include(
      'You know the security market, they bring the technology.',
    );
    expect(said(explanation, 'domain')?.sentence).to.include('Both of you work for disaster resilience.');
    expect(said(explanation, 'practical')?.sentence).to.include('English');
    expect(said(explanation, 'trl')?.sentence).to.include('TRL 8');
    expect(explanation.aBrings).to.include.members([
      'access to the security market',
      'the more mature solution (TRL 8)',
    ]);
    expect(explanation.bBrings).to.include.members(['deep technology', 'intrusion detection']);
  });

  it('counts the parts of a challenge that the two cover together', () => {
    const challenge = said(fill([me, partner, ...crowd]).explain('me', 'you'), 'challenge');
    expect(challenge?.sentence).to.equal(
      "Of the challenge 'Detect intruders' you cover 3 of 3 parts together; alone the better of you covers 2.",
    );
  });

  it('marks as unknown what neither has declared, and says that it counts neither way', () => {
    const index = fill([buildProfile({ id: 'a' }), buildProfile({ id: 'b', country: 'IT' })]);
    const { factors, summary } = index.explain('a', 'b');
    expect(factors.filter(({ known }) => known).map(({ factor }) => factor)).to.deep.equal(['reach']);
    for (const factor of ['trl', 'domain', 'practical']) {
      expect(said(index.explain('a', 'b'), factor)?.sentence).to.include('neither for nor against');
    }
    expect(summary).to.include('Little is declared');
  });

  it('says the same whatever the order in which the profiles were read', () => {
    const alike = ['you', 'me'].map((id, i) =>
      buildProfile({
        id,
        country: i === 0 ? 'IT' : 'FI',
        solutions: [buildSolution({ offer: i === 0 ? 'sonar lidar radar' : 'radar sonar lidar' })],
      }),
    );
    const [one, other] = [fill([...crowd, ...alike]), fill([...crowd, ...alike].reverse())];
    expect(said(one.explain('me', 'you'), 'text')?.sentence).to.include("'lidar', 'radar' and 'sonar'");
    expect(one.explain('me', 'you')).to.deep.equal(other.explain('me', 'you'));
  });

  it('explains a refused pair with its reasons and no score', () => {
    const index = fill([me, { ...partner, country: 'FR' }]);
    const { eligible, score, refusals, summary } = index.explain('me', 'you');
    expect({ eligible, score }).to.deep.equal({ eligible: false, score: 0 });
    expect(refusals.map(({ code }) => code)).to.deep.equal(['same-country']);
    expect(summary).to.equal('Both are based in France; a consortium needs two countries.');
  });
});
