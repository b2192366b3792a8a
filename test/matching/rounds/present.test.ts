import { expect } from 'chai';
import fc from 'fast-check';
import { MatchingIndex } from '../../../matching/index.ts';
import { DEFAULT_WEIGHTS } from '../../../matching/weights.ts';
import { finish, naiveLists, refresh } from '../support/oracle.ts';
import { arbitraryPool, buildCall, TAXONOMY } from '../support/pool.ts';

describe('the room of those who are present', () => {
  it('has the scores of the whole pool, and only pairs that break no rule', () => {
    fc.assert(
      fc.property(arbitraryPool, fc.nat(), (pool, drop) => {
        const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
        index.upsert(pool);
        refresh(index);
        const ids = pool.map(({ id }) => id).filter((_, at) => at !== drop % (pool.length + 1));
        const { participants, scores } = finish(index.room(ids));
        expect(participants).to.deep.equal(ids.toSorted());
        for (const { sme, suggestions } of naiveLists(pool, pool.length)) {
          const own = participants.indexOf(sme);
          if (own < 0) continue;
          const known = new Map(suggestions.map(({ partner, score }) => [partner, score]));
          const row = participants.map((_, other) => scores[own * participants.length + other]);
          expect(row).to.deep.equal(participants.map((id) => known.get(id) ?? -1));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('is the same when it goes on from an earlier one, until the scores are others', () => {
    fc.assert(
      fc.property(arbitraryPool, fc.infiniteStream(fc.boolean()), (pool, stays) => {
        const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
        index.upsert(pool);
        refresh(index);
        const ids = pool.map(({ id }) => id);
        let last = finish(index.room(ids.filter(() => stays.next().value)));
        for (let step = 0; step < 4; step += 1) {
          if (step === 2) index.setWeights({ ...DEFAULT_WEIGHTS, reach: 100, text: 0 });
          if (step === 2) refresh(index);
          // mostly the same people, so that it is gone on from
          const before = new Set(last.participants);
          const present = ids.filter((id) => before.has(id) || stays.next().value);
          last = finish(index.room(present, last));
          expect(last).to.deep.equal(finish(index.room(present)));
        }
      }),
      { numRuns: 50 },
    );
  });

  it('refuses by name who is not in the pool or comes twice', () => {
    const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
    expect(() => finish(index.room(['nobody']))).to.throw(RangeError, "'nobody'");
    expect(() => finish(index.room(['x', 'x']))).to.throw(RangeError, 'x is in the room twice');
  });
});
