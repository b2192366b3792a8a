import { expect } from 'chai';
import fc from 'fast-check';
import { MatchingIndex } from '../../matching/index.ts';
import { SCALE, type Profile, type SuggestionList } from '../../matching/types.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { refresh } from './support/oracle.ts';
import { arbitraryPool, buildCall, buildProfile, TAXONOMY } from './support/pool.ts';

const fill = (pool: readonly Profile[], listLength = 20): MatchingIndex => {
  const index = new MatchingIndex({
    taxonomy: TAXONOMY,
    call: buildCall(),
    weights: DEFAULT_WEIGHTS,
    listLength,
  });
  index.upsert(pool);
  refresh(index);
  return index;
};

/** The largest total by trying every set of pairs. */
function bestTotal(lists: readonly SuggestionList[], used: ReadonlySet<string> = new Set()): number {
  const next = lists.findIndex(({ sme }) => !used.has(sme));
  const own = lists[next];
  if (!own) return 0;
  const rest = lists.slice(next + 1);
  let best = bestTotal(rest, new Set([...used, own.sme]));
  for (const { partner, score } of own.suggestions) {
    if (used.has(partner) || !rest.some(({ sme }) => sme === partner)) continue;
    best = Math.max(best, score + bestTotal(rest, new Set([...used, own.sme, partner])));
  }
  return best;
}

describe('the best set of consortia', () => {
  it('is feasible, checked by verify, never above the optimum, and its bound never below', () => {
    fc.assert(
      fc.property(
        arbitraryPool.map((pool) => pool.slice(0, 8)),
        (pool) => {
          const index = fill(pool);
          const optimum = bestTotal([...index.lists()]);
          for (const aim of ['total', 'stable'] as const) {
            const result = index.pairs({ aim });
            expect(index.verify(result)).to.deep.equal([]);
            expect(result.total).to.be.at.most(optimum);
            expect(result.total).to.be.at.least(optimum / 2);
            expect(result.bound).to.be.at.least(optimum);
            if (result.status === 'optimal') expect(result.total).to.equal(optimum);
          }
          expect(index.pairs().total).to.be.at.least(index.pairs({ aim: 'stable' }).total);
        },
      ),
    );
  });

  it('leaves no two SMEs who would rather have each other, where stability is the aim', () => {
    fc.assert(
      fc.property(arbitraryPool, (pool) => {
        const index = fill(pool);
        const { pairs } = index.pairs({ aim: 'stable' });
        const has = new Map(pairs.flatMap(({ a, b, score }) => [[a, score] as const, [b, score] as const]));
        for (const { sme, suggestions } of index.lists()) {
          for (const { partner, score } of suggestions) {
            const content = score <= (has.get(sme) ?? -1) || score <= (has.get(partner) ?? -1);
            expect(content, `${sme} and ${partner}`).to.equal(true);
          }
        }
      }),
    );
  });

  it('proposes nobody below the minimum score', () => {
    const index = fill([buildProfile({ id: 'a' }), buildProfile({ id: 'b', country: 'IT' })]);
    expect(index.pairs().pairs).to.have.length(1);
    const none = index.pairs({ minScore: SCALE });
    expect(none.pairs).to.deep.equal([]);
    expect(none.alone).to.deep.equal(['a', 'b']);
  });

  it('is seen through by verify when somebody tampers with it', () => {
    const index = fill([
      buildProfile({ id: 'a' }),
      buildProfile({ id: 'b', country: 'IT' }),
      buildProfile({ id: 'c', country: 'IT' }),
    ]);
    const result = index.pairs();
    const [pair] = result.pairs;
    if (!pair) throw new Error('no pair was proposed');
    const faults = (given: Partial<typeof result>) => index.verify({ ...result, ...given }).join();
    expect(faults({ pairs: [pair, pair] })).to.include('in two pairs');
    expect(faults({ pairs: [{ ...pair, score: pair.score + 1 }] })).to.include('the score of');
    expect(faults({ pairs: [{ a: 'b', b: 'c', score: 1 }] })).to.include('same-country');
    expect(faults({ pairs: [{ a: 'b', b: 'nobody', score: 1 }] })).to.include('not in the pool');
    expect(faults({ total: 1 })).to.include('the total is');
    expect(faults({ bound: 0 })).to.include('below the total');
    expect(faults({ alone: [] })).to.include('left alone');
  });
});
