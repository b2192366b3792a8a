import { expect } from 'chai';
import fc from 'fast-check';
import { PairMap } from '../../matching/index.ts';

describe('something of each of many pairs', () => {
  it('is found by the pair it is of until there is no more room', () => {
    const id = fc.constantFrom('a', 'b', 'ab', '');
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.array(fc.tuple(id, id)), (most, pairs) => {
        const map = new PairMap<number>(most);
        let model = new Map<string, number>();
        pairs.forEach(([a, b], value) => {
          const key = JSON.stringify([a, b]);
          if (model.size >= most && !model.has(key)) model = new Map();
          model.set(key, value);
          map.set(a, b, value);
          for (const one of ['a', 'b', 'ab', ''])
            for (const other of ['a', 'b', 'ab', ''])
              expect(map.get(one, other)).to.equal(model.get(JSON.stringify([one, other])));
        });
        map.clear();
        for (const [a, b] of pairs) expect(map.get(a, b)).to.equal(undefined);
      }),
    );
  });
});
