import { setImmediate as nextTurn } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect } from 'chai';
import { MatchingIndex } from '../../matching/index.ts';
import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import { refresh } from './support/oracle.ts';
import { buildCall, buildProfile, TAXONOMY } from './support/pool.ts';

setFlagsFromString('--expose-gc');
/** V8's own collector, which Node shows only where it is asked for. */
const collectGarbage = runInNewContext('gc') as () => void;

describe('a refresh', () => {
  it('keeps nothing of the lists before it, even where it changes nothing', async () => {
    const index = new MatchingIndex({ taxonomy: TAXONOMY, call: buildCall(), weights: DEFAULT_WEIGHTS });
    index.upsert([buildProfile({ id: 'one' }), buildProfile({ id: 'other', country: 'FI' })]);
    /** By itself, so that nothing here holds what is looked at. */
    const heldBy = (): WeakRef<object> | null => {
      refresh(index);
      const list = index.list('one');
      return list ? new WeakRef(list) : null;
    };
    const earlier = [heldBy(), heldBy(), heldBy()];
    refresh(index);
    await nextTurn();
    collectGarbage();
    expect(earlier.map((list) => list !== null && list.deref() === undefined)).to.deep.equal([
      true,
      true,
      true,
    ]);
    expect(index.size).to.equal(2);
  });
});
