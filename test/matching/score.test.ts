import { expect } from 'chai';
import fc from 'fast-check';
import { capabilityValue } from '../../matching/factors/capability.ts';
import { scorePair } from '../../matching/score.ts';
import { FACTORS, SCALE, type Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { read, readPair } from './support/oracle.ts';
import {
  arbitraryPool,
  arbitraryProfile,
  buildCall,
  buildNeed,
  buildProfile,
  buildSolution,
} from './support/pool.ts';

const score = (a: Profile, b: Profile, others: readonly Profile[] = []) => {
  const { a: one, b: other, model } = readPair(a, b, others);
  return scorePair(one, other, model);
};

/** Others in the pool, so that words have different information. */
const CROWD = Array.from({ length: 12 }, (_, i) =>
  buildProfile({ id: `crowd-${i}`, solutions: [buildSolution({ offer: `crowd filler${i} words` })] }),
);

describe('the score of a pair', () => {
  it('is the same whichever way round, to the last term', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const { pool: everybody, model } = read(pool);
        for (const a of everybody.features) {
          for (const b of everybody.features) {
            const [there, back] = [scorePair(a, b, model), scorePair(b, a, model)];
            expect(there.score).to.equal(back.score);
            expect(there.terms).to.deep.equal(back.terms);
          }
        }
      }),
    );
  });

  it('is a whole number in [0, SCALE], the sum of its terms, each of which is at most its share', () => {
    const weights = fc
      .record(
        Object.fromEntries(FACTORS.map((factor) => [factor, fc.nat(100)])) as Record<
          (typeof FACTORS)[number],
          fc.Arbitrary<number>
        >,
      )
      .filter((drawn) => FACTORS.some((factor) => drawn[factor] > 0));
    fc.assert(
      fc.property(arbitraryProfile('a'), arbitraryProfile('b'), weights, (a, b, drawn) => {
        const { pool, model } = read([a, b], buildCall(), drawn);
        const [one, other] = pool.features;
        if (!one || !other) return;
        const { score: total, terms, shares, pair } = scorePair(one, other, model);
        expect(Number.isInteger(total) && total >= 0 && total <= SCALE).to.equal(true);
        expect(FACTORS.reduce((sum, factor) => sum + terms[factor], 0)).to.equal(total);
        expect(shares.reduce((sum, share) => sum + share, 0)).to.equal(SCALE);
        FACTORS.forEach((factor, i) => {
          expect(Number.isInteger(pair.values[factor])).to.equal(true);
          expect(pair.values[factor]).to.be.within(0, SCALE);
          expect(terms[factor]).to.be.within(0, shares[i] ?? 0);
        });
      }),
    );
  });

  it('is lower for a partner that helps one side alone than for one that helps both', () => {
    const asks = (words: string, capability: string) => [buildNeed({ words, capabilities: [capability] })];
    const offers = (offer: string, capability: string) => [
      buildSolution({ offer, capabilities: [capability] }),
    ];
    const me = buildProfile({
      id: 'me',
      solutions: offers('drone camera', 'biometrics'),
      needs: asks('flood alarm', 'firewall'),
    });
    const both = buildProfile({
      id: 'both',
      solutions: offers('flood alarm', 'firewall'),
      needs: asks('drone camera', 'biometrics'),
    });
    const oneSided = buildProfile({
      id: 'one',
      solutions: offers('flood alarm', 'firewall'),
      needs: asks('encryption', 'ai'),
    });
    const two = score(me, both, CROWD);
    const one = score(me, oneSided, CROWD);
    expect(two.terms.capability).to.be.above(one.terms.capability);
    expect(two.terms.text).to.be.above(one.terms.text);
    expect(one.pair.values.text).to.equal(0);
    expect(one.pair.values.capability).to.equal(0);
  });

  it('lets the words carry the whole question where no terms are declared, and the terms where no words are', () => {
    const wordy = (id: string) => buildProfile({ id, solutions: [buildSolution({ offer: 'drone camera' })] });
    const { shares, pair } = score(wordy('a'), wordy('b'));
    const total = FACTORS.reduce((sum, factor) => sum + DEFAULT_WEIGHTS[factor], 0);
    expect(pair.known.capability).to.equal(false);
    expect(shares[0]).to.equal(0);
    expect(shares[1]).to.be.closeTo(((DEFAULT_WEIGHTS.capability + DEFAULT_WEIGHTS.text) / total) * SCALE, 2);
  });

  it('puts an empty field between its best and its worst content: neither penalty nor bonus', () => {
    const me = buildProfile({
      id: 'me',
      marketRole: 'deep-tech',
      languages: ['en'],
      sizeClass: 'small',
      solutions: [buildSolution({ trl: 7, fields: ['disasters'], sectors: ['energy'] })],
    });
    const empty = buildProfile({ id: 'you', country: 'IT', solutions: [buildSolution()] });
    const levels = (trl: 5 | 8) => ({ ...empty, solutions: [buildSolution({ trl })] });
    const better: Record<string, Profile> = {
      trl: levels(8),
      domain: { ...empty, marketRole: 'security-market' },
      practical: { ...empty, languages: ['en'] },
    };
    const worse: Record<string, Profile> = {
      trl: {
        ...empty,
        solutions: [buildSolution({ trl: 5 })],
        needs: [buildNeed({ trlMin: 9, trlMax: 9, words: 'x' })],
      },
      domain: { ...empty, marketRole: 'deep-tech' },
      practical: { ...empty, languages: ['fr'] },
    };
    for (const factor of ['trl', 'domain', 'practical'] as const) {
      const value = (other: Profile | undefined) => score(me, other ?? empty).pair.values[factor];
      expect(value(better[factor]), factor).to.be.above(value(empty));
      expect(value(worse[factor]), factor).to.be.below(value(empty));
    }
  });

  it('marks a near-copy down below a related company', () => {
    const offer = 'drones with a thermal camera find people in floods at night over wide areas';
    const me = buildProfile({ id: 'me', solutions: [buildSolution({ offer })] });
    const copy = buildProfile({
      id: 'copy',
      country: 'IT',
      solutions: [buildSolution({ offer: `${offer} quickly` })],
    });
    const related = buildProfile({
      id: 'related',
      country: 'IT',
      solutions: [
        buildSolution({
          offer: 'a thermal camera and software that find people in crowds at railway stations',
        }),
      ],
    });
    const [near, far] = [score(me, copy, CROWD), score(me, related, CROWD)];
    expect(near.pair.values.domain).to.be.below(far.pair.values.domain);
    expect(near.score).to.be.below(far.score);
  });

  it('takes nobody for a copy of whom it is known that the two had a joint project, and gives nothing for that beyond', () => {
    const offer = 'drones with a thermal camera find people in floods at night over wide areas';
    const one = { id: 'one', solutions: [buildSolution({ offer })], projects: ['p1', 'p2'] };
    const of = (projects: string[], words = offer) =>
      score(
        buildProfile(one),
        buildProfile({ id: 'two', country: 'IT', solutions: [buildSolution({ offer: words })], projects }),
        CROWD,
      );
    expect(of(['p3']).pair.values.domain).to.equal(0);
    expect(of(['p3', 'p2']).pair.values.domain).to.be.above(0);
    expect(of(['p3', 'p2']).score).to.be.above(of(['p3']).score);
    const other = 'a camera at railway stations';
    expect(of(['p1'], other)).to.deep.equal(of([], other));
  });

  it('does not favour whoever ticks every box over whoever offers what is needed', () => {
    const me = buildProfile({
      id: 'me',
      needs: [buildNeed({ capabilities: ['intrusion'] })],
      solutions: [buildSolution({ capabilities: ['biometrics'] })],
    });
    const needs = [buildNeed({ capabilities: ['biometrics'] })];
    const exact = buildProfile({
      id: 'exact',
      needs,
      solutions: [buildSolution({ capabilities: ['intrusion'] })],
    });
    const all = ['network', 'intrusion', 'firewall', 'identity', 'biometrics'];
    const everything = buildProfile({
      id: 'all',
      needs,
      solutions: [buildSolution({ capabilities: all, technologies: ['ai', 'uav'] })],
    });
    expect(score(me, exact).terms.capability).to.be.above(score(me, everything).terms.capability);
  });

  /** What a company that asks for one term and offers another makes of a partner with the same words and other terms. */
  const inTermsOf = (offered: readonly string[], sought: readonly string[]) => {
    const me = buildProfile({
      id: 'me',
      solutions: [buildSolution({ offer: 'drone camera', capabilities: ['biometrics'] })],
      needs: [buildNeed({ words: 'flood alarm', capabilities: ['intrusion'] })],
    });
    const partner = buildProfile({
      id: 'you',
      country: 'IT',
      solutions: [buildSolution({ offer: 'flood alarm', capabilities: offered })],
      needs: [buildNeed({ words: 'drone camera', capabilities: sought })],
    });
    const { terms } = score(me, partner, CROWD);
    return terms.capability + terms.text;
  };

  it('puts who names other terms than those sought behind who names none by little, and by more the more is named', () => {
    const none = inTermsOf([], []);
    const one = inTermsOf(['ai'], []);
    const more = inTermsOf(['ai', 'uav'], []);
    const all = inTermsOf(['ai', 'uav'], ['ai', 'uav']);
    expect(one).to.be.within(0.8 * none, none - 1);
    expect(more).to.be.below(one);
    expect(all).to.be.below(more);
    expect(all).to.be.above(none / 2);
  });

  it('puts the same terms both ways before near ones, and what helps one side alone behind all of them and behind naming none', () => {
    const same = inTermsOf(['intrusion'], ['biometrics']);
    const near = inTermsOf(['network'], ['identity']);
    const cousin = inTermsOf(['firewall'], ['identity']);
    const oneWay = inTermsOf(['intrusion'], ['ai']);
    const falling = [same, near, cousin, oneWay];
    expect(falling).to.deep.equal([...falling].sort((x, y) => y - x));
    expect(new Set(falling).size).to.equal(4);
    expect(inTermsOf([], [])).to.be.within(oneWay, same);
  });

  it('rises with every nearer term and with better words, whatever else is declared', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: SCALE }),
        fc.integer({ min: 0, max: SCALE }),
        fc.integer({ min: 0, max: SCALE }),
        fc.integer({ min: 0, max: SCALE }),
        fc.integer({ min: 1, max: 800 }),
        (terms, moreTerms, words, moreWords, told) => {
          const value = capabilityValue(terms, told, words);
          expect(value).to.be.within(Math.min(terms, words), Math.max(terms, words));
          expect(capabilityValue(Math.max(terms, moreTerms), told, words)).to.be.at.least(value);
          expect(capabilityValue(terms, told, Math.max(words, moreWords))).to.be.at.least(value);
        },
      ),
    );
  });

  it('gives part of the credit for a near term by its place in the tree', () => {
    const asking = (capability: string) =>
      buildProfile({
        id: 'me',
        needs: [buildNeed({ capabilities: [capability] })],
        solutions: [buildSolution({ capabilities: ['ai'] })],
      });
    const offering = buildProfile({
      id: 'you',
      needs: [buildNeed({ technologies: ['ai'] })],
      solutions: [buildSolution({ capabilities: ['intrusion'] })],
    });
    const value = (capability: string) => score(asking(capability), offering).pair.values.capability;
    expect(value('network')).to.be.below(value('intrusion'));
    expect(value('firewall')).to.be.below(value('network'));
    expect(value('biometrics')).to.be.below(value('firewall'));
  });
});
