import { expect } from 'chai';
import fc from 'fast-check';
import { challengeCover, challengeValue, prepareChallenges } from '../../../matching/factors/challenge.ts';
import { DOMAIN_PARTS } from '../../../matching/factors/domain.ts';
import { reachTable, reachValue } from '../../../matching/factors/reach.ts';
import { trlValue } from '../../../matching/factors/trl.ts';
import { prepare } from '../../../matching/prepare.ts';
import { buildTaxonomy } from '../../../matching/taxonomy.ts';
import { Vocabulary } from '../../../matching/text/vocabulary.ts';
import { SCALE, type Profile, type Trl } from '../../../matching/types.ts';
import { buildCall, buildNeed, buildProfile, buildSolution, TAXONOMY } from '../support/pool.ts';

const taxonomy = buildTaxonomy(TAXONOMY);
const read = (profile: Profile) => prepare(profile, taxonomy, new Vocabulary());
const at = (...levels: (Trl | null)[]) =>
  read(buildProfile({ id: 'a', solutions: levels.map((trl) => buildSolution({ trl })) }));
const call = buildCall();

describe('the factor trl', () => {
  const value = (one: Trl, other: Trl) => trlValue(at(one), at(other), call).value;

  it('is highest where one leads and both reach the target', () => {
    expect(value(8, 7)).to.equal(SCALE);
    expect(value(7, 7)).to.be.below(value(8, 7));
  });

  it('falls with each level that is left to climb and with a gap that cannot be closed', () => {
    expect(value(7, 6)).to.be.below(value(8, 7));
    expect(value(6, 5)).to.be.below(value(7, 6));
    expect(value(9, 5)).to.be.below(value(7, 5));
  });

  it('takes the best of several solutions', () => {
    expect(trlValue(at(5, 8), at(7), call).value).to.equal(value(8, 7));
  });

  it('is neutral where a level is unknown, and does not count levels outside the window', () => {
    expect(trlValue(at(null), at(7), call)).to.deep.equal({ value: SCALE / 2, known: false });
    expect(trlValue(at(3, null), at(7), call).known).to.equal(false);
  });

  it('falls with the distance from the TRL that was asked for', () => {
    const asking = read(
      buildProfile({
        id: 'a',
        solutions: [buildSolution({ trl: 7 })],
        needs: [buildNeed({ words: 'x', trlMin: 8 })],
      }),
    );
    expect(trlValue(asking, at(8), call).value).to.equal(SCALE);
    expect(trlValue(asking, at(6), call).value).to.be.below(value(7, 6));
  });
});

describe('the factor challenge', () => {
  const challenges = prepareChallenges(call, taxonomy);
  const cover = (capabilities: string[], technologies: string[] = []) =>
    challengeCover(
      read(buildProfile({ id: 'a', solutions: [buildSolution({ capabilities, technologies })] })),
      challenges,
      taxonomy,
    );
  const value = (one: Int32Array, other: Int32Array) => challengeValue(one, other, challenges).value;

  it('is higher where two halves make the whole than where one covers all alone', () => {
    const halves = value(cover(['intrusion']), cover(['biometrics'], ['uav']));
    const alone = value(cover(['intrusion', 'biometrics'], ['uav']), cover(['firewall']));
    expect(halves).to.be.above(alone);
    expect(alone).to.equal(SCALE / 2);
  });

  it('is nothing where neither covers anything, and unknown where one declares no term', () => {
    expect(value(cover(['firewall']), cover(['firewall']))).to.equal(0);
    expect(challengeValue(cover([]), cover(['intrusion']), challenges).known).to.equal(false);
  });

  it('counts challenges of more than 32 terms whole', () => {
    const many = Array.from({ length: 40 }, (_, i) => ({
      id: `t${i}`,
      label: `T${i}`,
      facet: 'technology' as const,
      broader: null,
    }));
    const wide = buildTaxonomy(many);
    const ids = many.map(({ id }) => id);
    const wideCall = prepareChallenges(buildCall({ challenges: [buildNeed({ technologies: ids })] }), wide);
    const covering = (technologies: string[]) =>
      challengeCover(
        prepare(
          buildProfile({ id: 'a', solutions: [buildSolution({ technologies })] }),
          wide,
          new Vocabulary(),
        ),
        wideCall,
        wide,
      );
    expect(challengeValue(covering(ids.slice(0, 20)), covering(ids.slice(20)), wideCall).value).to.equal(
      SCALE,
    );
  });
});

describe('the factor domain', () => {
  const working = (...fields: string[]) =>
    read(buildProfile({ id: 'a', solutions: [buildSolution({ fields })] }));
  const field = (one: string[], other: string[]): number =>
    DOMAIN_PARTS.field.fit(working(...one), working(...other)).value;

  it('puts a field that is not declared between one that is shared and one that is not', () => {
    expect(field([], ['disaster'])).to.equal(SCALE / 4);
    expect(field(['disaster'], ['disaster'])).to.be.above(SCALE / 4);
    expect(field(['disaster'], ['borders'])).to.be.below(SCALE / 4);
  });

  it('is surer the more is declared', () => {
    const [all, none] = [
      ['a', 'b', 'c', 'd'],
      ['e', 'f', 'g', 'h'],
    ];
    expect(field(all, all)).to.be.above(field(['a'], ['a']));
    expect(field(all, none)).to.be.below(field(['a'], ['e']));
    // (4 + 6 / 4) / (4 + 6)
    expect(field(all, all)).to.equal((SCALE * 55) / 100);
  });
});

describe('the factor reach', () => {
  it('counts half for two of one country, in a call that allows them', () => {
    const side = (country: string) => ({ reach: 800_001, prepared: { profile: { country } } });
    expect(reachValue(side('FR'), side('DE'), { crossBorder: 'bonus' })).to.equal(800_001);
    expect(reachValue(side('FR'), side('FR'), { crossBorder: 'bonus' })).to.equal(400_000);
    expect(reachValue(side('FR'), side('FR'), {})).to.equal(800_001);
  });

  const pool = ['FR', 'FR', 'FR', 'FR', 'FR', 'FR', 'MT', 'FI'].map((country, i) =>
    buildProfile({ id: `${i}`, country }),
  );

  it('counts a rare country more than a frequent one', () => {
    const table = reachTable(pool, []);
    expect(table.of(buildProfile({ id: 'x', country: 'MT' }))).to.be.above(
      table.of(buildProfile({ id: 'x', country: 'FR' })),
    );
  });

  it('counts a country less once it has a consortium', () => {
    const malta = buildProfile({ id: 'x', country: 'MT' });
    expect(reachTable(pool, ['6']).of(malta)).to.be.below(reachTable(pool, []).of(malta));
  });

  it('does not depend on the order of the pool', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(pool, { minLength: pool.length }), (shuffled) => {
        for (const one of pool)
          expect(reachTable(shuffled, ['0']).of(one)).to.equal(reachTable(pool, ['0']).of(one));
      }),
    );
  });
});
