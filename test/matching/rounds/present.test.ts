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

  it('refuses by name who is not in the pool or comes twice', () => {
    const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
    expect(() => finish(index.room(['nobody']))).to.throw(RangeError, "'nobody'");
    expect(() => finish(index.room(['x', 'x']))).to.throw(RangeError, 'x is in the room twice');
  });
});
