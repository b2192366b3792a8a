import { expect } from 'chai';
import fc from 'fast-check';
import { ownRefusals, refusals } from '../../../matching/rules.ts';
import { MatchingIndex, type NeedAnswers } from '../../../matching/index.ts';
import { SCALE, type Call, type Need, type Profile } from '../../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { finish } from '../support/oracle.ts';
import {
  arbitraryPool,
  buildCall,
  buildNeed,
  buildProfile,
  buildSolution,
  TAXONOMY,
} from '../support/pool.ts';

function indexOf(profiles: readonly Profile[], call: Call = buildCall()): MatchingIndex {
  const index = new MatchingIndex({ taxonomy: TAXONOMY, call, weights: DEFAULT_WEIGHTS });
  index.upsert(profiles);
  finish(index.refresh());
  return index;
}

const answers = (need: Need, profiles: readonly Profile[], call?: Call): NeedAnswers =>
  finish(indexOf(profiles, call).needAnswers(need, { smes: 100, pairs: 100 }));

const offering = (id: string, country: string, given: Parameters<typeof buildSolution>[0]): Profile =>
  buildProfile({ id, country, solutions: [buildSolution(given)] });

const NEED = buildNeed({
  words: 'watch the fence',
  capabilities: ['intrusion', 'biometrics'],
  technologies: ['uav'],
  fields: ['public-spaces'],
});

/** The taxonomy of these tests as a plain list of who is near whom: a term, its broader one, its narrower ones. */
function isNear(one: string, other: string): boolean {
  const broader = (id: string) => TAXONOMY.find((term) => term.id === id)?.broader;
  return one === other || broader(one) === other || broader(other) === one;
}

/** What a profile brings of each wanted term, worked out plainly. */
function levelsOf(profile: Profile, need: Need): number[] {
  return wantedTerms(need).map((term) => {
    const levels = profile.solutions
      .filter(({ capabilities, technologies, fields, sectors }) =>
        [...capabilities, ...technologies, ...fields, ...sectors].some((own) => isNear(own, term)),
      )
      .map(({ trl }) => {
        if (need.trlMin === null && need.trlMax === null) return 2;
        return trl !== null && trl >= (need.trlMin ?? 1) && trl <= (need.trlMax ?? 9) ? 2 : 1;
      });
    return Math.max(0, ...levels);
  });
}

const wantedTerms = ({ capabilities, technologies, fields, sectors }: Need): string[] =>
  [...new Set([...capabilities, ...technologies, ...fields, ...sectors])]
    .filter((id) => TAXONOMY.some((term) => term.id === id))
    .sort();

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** All pairs by brute force: covered, only together, ids. */
function bruteForce(need: Need, profiles: readonly Profile[], call: Call) {
  const sorted = profiles
    .filter((one) => ownRefusals(one, call).length === 0 && sum(levelsOf(one, need)) > 0)
    .sort((x, y) => (x.id < y.id ? -1 : 1));
  return sorted.flatMap((a, i) =>
    sorted.slice(i + 1).flatMap((b) => {
      if (refusals(a, b, call).length > 0) return [];
      const [one, other] = [levelsOf(a, need), levelsOf(b, need)];
      const covered = sum(one.map((level, part) => Math.max(level, other[part] ?? 0)));
      return [{ a: a.id, b: b.id, covered, onlyTogether: covered - Math.max(sum(one), sum(other)) }];
    }),
  );
}

const arbitraryNeed = fc
  .record({
    capabilities: fc.subarray(['network', 'intrusion', 'firewall', 'biometrics', 'unheard-of']),
    technologies: fc.subarray(['ai', 'uav']),
    fields: fc.subarray(['public-spaces', 'disasters']),
    trlMin: fc.constantFrom(null, 5 as const, 7 as const),
    trlMax: fc.constantFrom(null, 8 as const),
    words: fc.constantFrom('', 'drone camera', 'crowd alarm network'),
  })
  .map((given) => buildNeed(given));

describe('answers to a need', () => {
  it('ranks two that cover it only together above two look-alikes that each cover all or part of it', () => {
    const half = { capabilities: ['intrusion'], technologies: ['uav'] };
    const rest = { capabilities: ['biometrics'], fields: ['public-spaces'] };
    const all = {
      capabilities: ['intrusion', 'biometrics'],
      technologies: ['uav'],
      fields: ['public-spaces'],
      offer: 'we watch the fence, the fence we watch',
    };
    const { pairs } = answers(NEED, [
      offering('half-fr', 'FR', half),
      offering('half-it', 'IT', half),
      offering('rest-mt', 'MT', rest),
      offering('all-fr', 'FR', all),
      offering('all-it', 'IT', all),
    ]);
    const order = pairs.map(({ a, b }) => `${a} ${b}`);
    expect(order.slice(0, 2)).to.have.members(['half-fr rest-mt', 'half-it rest-mt']);
    expect(order.indexOf('all-fr all-it')).to.be.above(1);
    expect(order.at(-1)).to.equal('half-fr half-it');
    expect(pairs[0]).to.include({ covered: 8, onlyTogether: 4, score: SCALE });
  });

  it('says which part stays uncovered, and by whom the others are brought', () => {
    const { pairs } = answers(NEED, [
      offering('a', 'FR', { capabilities: ['intrusion'] }),
      offering('b', 'IT', { technologies: ['uav'] }),
    ]);
    expect(pairs[0]?.parts.map(({ term, level, by }) => [term, level, ...by])).to.deep.equal([
      ['biometrics', 0],
      ['intrusion', 2, 'a'],
      ['public-spaces', 0],
      ['uav', 2, 'b'],
    ]);
    expect(pairs[0]?.sentence).to.equal(
      'Together they cover 2 of 4 wanted parts. Only Company a brings intrusion detection. Only Company b brings UAV. ' +
        'Uncovered: biometrics and protection of public spaces.',
    );
  });

  it('counts a part below the wanted readiness, or of unknown readiness, as half', () => {
    const need = { ...NEED, trlMin: 7 as const };
    const { smes, supply } = answers(need, [
      offering('ready', 'FR', { capabilities: ['intrusion'], trl: 8 }),
      offering('early', 'FR', { capabilities: ['intrusion'], trl: 5 }),
      offering('unknown', 'FR', { capabilities: ['intrusion'] }),
    ]);
    expect(smes.map(({ sme, covered }) => [sme, covered])).to.deep.equal([
      ['ready', 2],
      ['early', 1],
      ['unknown', 1],
    ]);
    expect(smes[1]?.sentence).to.include('Not shown at TRL 7 or above: intrusion detection.');
    expect(supply.find(({ term }) => term === 'intrusion')).to.deep.equal({
      term: 'intrusion',
      offered: 3,
      ready: 1,
    });
  });

  it('takes a broader or narrower term for the wanted one, and shows the solution behind it', () => {
    const { smes } = answers(buildNeed({ capabilities: ['network'] }), [
      offering('narrow', 'FR', { id: 'wall', title: 'Wall', capabilities: ['firewall'], trl: 7 }),
    ]);
    expect(smes[0]?.parts[0]?.solution).to.deep.equal({
      id: 'wall',
      title: 'Wall',
      trl: 7,
      term: 'firewall',
    });
  });

  it('lets words decide between equals, and answers a need without terms by words alone', () => {
    const pool = [
      offering('a', 'FR', { offer: 'catering', capabilities: ['intrusion'] }),
      offering('b', 'FR', { offer: 'we watch every fence', capabilities: ['intrusion'] }),
      offering('c', 'FR', { offer: 'a fence' }),
    ];
    const ranked = answers(NEED, pool).smes;
    expect(ranked.map(({ sme }) => sme)).to.deep.equal(['b', 'a']);
    expect(ranked[0]?.matchedWords).to.include('fence');
    const inWords = answers(buildNeed({ words: 'fence' }), pool);
    expect(inWords.smes.map(({ sme }) => sme)).to.have.members(['b', 'c']);
    expect(inWords.pairs).to.deep.equal([]);
  });

  it('leaves out who may not take part, and pairs that may not be', () => {
    const pool = [
      offering('a', 'FR', { capabilities: ['intrusion'] }),
      offering('b', 'FR', { technologies: ['uav'] }),
      offering('outside', 'XX', { technologies: ['uav'] }),
      offering('taken', 'IT', { technologies: ['uav'] }),
    ];
    const { smes, pairs, looked } = answers(NEED, pool, buildCall({ taken: ['taken'] }));
    expect(smes.map(({ sme }) => sme)).to.have.members(['a', 'b']);
    expect(pairs).to.deep.equal([]);
    expect(looked).to.equal(2);
  });

  it('refuses a need of more parts than there are bits', () => {
    const terms = Array.from({ length: 31 }, (_, i) => ({
      id: `t${i}`,
      label: `T ${i}`,
      facet: 'technology' as const,
      broader: null,
    }));
    const index = new MatchingIndex({ taxonomy: terms, call: buildCall(), weights: DEFAULT_WEIGHTS });
    const need = buildNeed({ technologies: terms.map(({ id }) => id) });
    expect(() => finish(index.needAnswers(need))).to.throw(RangeError, '30 terms at most');
  });

  it('finds exactly the best pairs of brute force, in order, whatever the pool and however many are asked for', () => {
    fc.assert(
      fc.property(arbitraryPool, arbitraryNeed, fc.integer({ min: 0, max: 12 }), (profiles, need, size) => {
        const call = buildCall();
        const all = bruteForce(need, profiles, call);
        const index = indexOf(profiles, call);
        const every = finish(index.needAnswers(need, { pairs: 1_000 })).pairs;
        const summary = (pairs: typeof all) =>
          pairs.map(({ a, b, covered, onlyTogether }) => ({ a, b, covered, onlyTogether }));
        expect(summary([...every])).to.have.deep.members(all);
        const keys = every.map((pair) => [-pair.covered, -pair.onlyTogether, -pair.words, pair.a, pair.b]);
        expect(keys).to.deep.equal(keys.toSorted(byKey));
        expect(finish(index.needAnswers(need, { pairs: size })).pairs).to.deep.equal(every.slice(0, size));
      }),
      { numRuns: 60 },
    );
  });

  it('gives scores that are the sum of their parts, and counts that hold over the pool', () => {
    fc.assert(
      fc.property(arbitraryPool, arbitraryNeed, (profiles, need) => {
        const index = indexOf(profiles);
        const { smes, pairs, supply } = finish(index.needAnswers(need, { smes: 100 }));
        for (const { score, parts } of [...smes, ...pairs]) {
          expect(sum(parts.map(({ contribution }) => contribution))).to.equal(score);
        }
        for (const { covered, sme } of smes) {
          const profile = profiles.find(({ id }) => id === sme);
          expect(profile && sum(levelsOf(profile, need))).to.equal(covered);
        }
        const wanted = supply.map(({ term }) => ({ term, trlMin: need.trlMin, trlMax: need.trlMax }));
        expect(finish(index.supply(wanted))).to.deep.equal(supply);
      }),
      { numRuns: 40 },
    );
  });
});

function byKey(x: readonly (string | number)[], y: readonly (string | number)[]): number {
  for (const [i, one] of x.entries()) {
    const other = y[i] ?? '';
    if (one !== other) return one < other ? -1 : 1;
  }
  return 0;
}
