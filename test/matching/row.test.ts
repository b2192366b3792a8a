import { expect } from 'chai';
import fc from 'fast-check';
import { MatchingIndex } from '../../matching/index.ts';
import type { Features } from '../../matching/features.ts';
import { buildPool } from '../../matching/pool.ts';
import { prepare } from '../../matching/prepare.ts';
import { REFUSED, RowScorer } from '../../matching/row.ts';
import { refusals } from '../../matching/rules.ts';
import { scorePair } from '../../matching/score.ts';
import { Vocabulary } from '../../matching/text/vocabulary.ts';
import type { Profile } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { finish, naiveLists, read, refresh } from './support/oracle.ts';
import { arbitraryPool, buildCall, buildProfile, buildSolution, TAXONOMY } from './support/pool.ts';

describe('a row of scores', () => {
  it('has the score of every pair, and refuses where a rule does', () => {
    fc.assert(
      fc.property(arbitraryPool, (profiles) => {
        const { pool, model } = read(profiles);
        const scorer = finish(RowScorer.build(pool, model));
        const exact = (one: Features, other: Features): number =>
          refusals(one.prepared.profile, other.prepared.profile, model.call).length > 0
            ? REFUSED
            : scorePair(one, other, model).score;
        pool.features.forEach((one, own) => {
          expect([...scorer.row(own)]).to.deep.equal(pool.features.map((other) => exact(one, other)));
        });
      }),
    );
  });

  it('leaves out only pairs that neither side wants', () => {
    fc.assert(
      fc.property(arbitraryPool, fc.nat(1_000_000), fc.nat(1_000_000), (profiles, mine, theirs) => {
        const { pool, model } = read(profiles);
        const scorer = finish(RowScorer.build(pool, model));
        pool.features.forEach((_, own) => {
          const floors = new Int32Array(pool.features.length).fill(theirs);
          floors[own] = mine;
          const wanted = (score: number): number => (score >= Math.min(mine, theirs) ? score : REFUSED);
          expect([...scorer.row(own, { floors })].map(wanted)).to.deep.equal(
            [...scorer.row(own)].map(wanted),
          );
        });
      }),
    );
  });
});

describe('the pairs that reach what their floors come to', () => {
  const floor = fc.integer({ min: -400_000, max: 600_000 });
  const floorsOf = fc.array(floor, { minLength: 1, maxLength: 7 });

  /** `one other score` of each pair, in order; each once. */
  const named = (pairs: readonly (readonly number[])[]): string[] =>
    [
      ...new Set(pairs.map(([a = 0, b = 0, score]) => [Math.min(a, b), Math.max(a, b), score].join(' '))),
    ].sort();

  it('are those of all rows, and of the asked ones, also while some have changed since the tables were made', () => {
    fc.assert(
      fc.property(arbitraryPool, floorsOf, fc.nat(), fc.nat(), (profiles, some, whom, changed) => {
        const { pool: before, model } = read(profiles);
        const first = finish(RowScorer.build(before, model));
        const copied = profiles[changed % profiles.length];
        fc.pre(copied !== undefined);
        const { pool } = read([...profiles, { ...copied, id: 'changed' }]);
        for (const scorer of [first, finish(RowScorer.build(pool, model, first, false))]) {
          const size = scorer === first ? before.features.length : pool.features.length;
          const floors = Int32Array.from({ length: size }, (_, at) => some[at % some.length] ?? 0);
          const all: number[][] = [];
          for (let own = 0; own < size; own += 1) {
            scorer.row(own).forEach((score, other) => {
              const least = (floors[own] ?? 0) + (floors[other] ?? 0);
              if (score >= 0 && score >= least) all.push([own, other, score]);
            });
          }
          const found: number[][] = [];
          for (const _ of scorer.reaching(floors, (...pair) => found.push(pair)));
          expect(named(found)).to.deep.equal(named(all));
          expect(found.length, 'each once').to.equal(named(all).length);
          const asked = [...new Set([whom % size, changed % size, size - 1])];
          const theirs: number[][] = [];
          for (const _ of scorer.reaching(floors, (...pair) => theirs.push(pair), asked));
          expect(named(theirs)).to.deep.equal(
            named(all.filter((pair) => pair.slice(0, 2).some((end) => asked.includes(end)))),
          );
          expect(theirs.length, 'each once').to.equal(named(theirs).length);
          for (const [one = 0, other = 0, score] of all) expect(scorer.score(one, other)).to.equal(score);
        }
      }),
    );
  });
});

describe('a larger pool', () => {
  const offer = (number: number): string => `sensor radar${number % 7} drone${number % 11} word${number}`;
  const profiles = Array.from({ length: 150 }, (_, number) =>
    buildProfile({
      id: `p${number}`,
      country: ['FR', 'IT', 'FI'][number % 3] ?? 'FR',
      solutions: [buildSolution({ offer: offer(number), capabilities: number % 2 ? ['intrusion'] : ['ai'] })],
    }),
  );
  const edited = (one: Profile, round: number): Profile => ({
    ...one,
    solutions: [buildSolution({ offer: `${offer(round)} radar${round % 5} new${round}` })],
  });

  it('stays exact while texts change one by one, beyond the point where the inverted lists are made anew', () => {
    const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
    const standing = new Map(profiles.map((one) => [one.id, one]));
    index.upsert(profiles);
    refresh(index);
    for (let round = 0; round < 60; round += 1) {
      const one = edited(profiles[(round * 7) % 150] ?? buildProfile({ id: 'none' }), round);
      standing.set(one.id, one);
      index.upsert([one]);
      if (round % 9 === 0) {
        standing.delete(`p${round + 1}`);
        index.remove([`p${round + 1}`]);
      }
      refresh(index);
      if (round % 10 === 9) {
        expect([...index.lists()]).to.deep.equal(naiveLists([...standing.values()], 10));
      }
    }
  });
});

describe('what is carried on from one pool to the next', () => {
  it('reads no text again for an answer or a coming and going, and keeps the features of everybody else', () => {
    const { pool, model } = read([
      buildProfile({ id: 'a', solutions: [buildSolution({ offer: 'radar' })] }),
      buildProfile({ id: 'b', solutions: [buildSolution({ offer: 'sonar' })] }),
    ]);
    const [a, b] = pool.features;
    if (!a || !b) throw new RangeError('two were given');
    const changed = { ...a.prepared.profile, available: false, declined: ['b'] };
    const again = prepare(changed, model.taxonomy, new Vocabulary(), a.prepared);
    expect(again.offer).to.equal(a.prepared.offer);
    const next = finish(buildPool([again, b.prepared], model, 0, { pool, model }));
    expect(next.features[1]).to.equal(b);
    expect(next.features[0]?.answer).to.equal(a.answer);
    expect(next.features[0]?.mayTakePart).to.equal(false);
    expect(next.positions).to.equal(pool.positions);
  });
});
