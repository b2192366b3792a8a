import { expect } from 'chai';
import fc from 'fast-check';
import { ahead, TopLists } from '../../matching/topk.ts';

const candidates = fc.uniqueArray(fc.record({ position: fc.nat(40), score: fc.nat(5) }), {
  selector: ({ position }) => position,
});

describe('lists of the best', () => {
  it('hold the K best in order, ties by position, and know what a candidate has to reach', () => {
    fc.assert(
      fc.property(candidates, fc.integer({ min: 1, max: 6 }), (offered, length) => {
        const lists = new TopLists(3, length);
        for (const { position, score } of offered) lists.offer(1, position, score);
        const best = offered
          .toSorted((x, y) => (ahead(x.score, x.position, y.score, y.position) ? -1 : 1))
          .slice(0, length);
        expect([...lists.of(1)]).to.deep.equal(best.map(({ position }) => position));
        expect(lists.floors[1]).to.equal(best.length === length ? best.at(-1)?.score : -1);
        expect([lists.counts[0], lists.counts[2]]).to.deep.equal([0, 0]);
      }),
    );
  });

  it('say whether they took a candidate in, and are empty once cleared', () => {
    const lists = new TopLists(1, 2);
    expect([
      lists.offer(0, 3, 5),
      lists.offer(0, 4, 5),
      lists.offer(0, 9, 5),
      lists.offer(0, 1, 5),
    ]).to.deep.equal([true, true, false, true]);
    expect([...lists.of(0)]).to.deep.equal([1, 3]);
    lists.clear(0);
    expect([...lists.of(0), lists.floors[0]]).to.deep.equal([-1]);
  });

  it('are copied without one changing the other, in whichever the next candidate comes', () => {
    const [one, length] = [new TopLists(300, 2), 2];
    for (let list = 0; list < 300; list += 1) one.offer(list, list, 10);
    const other = one.copy();
    const flat = () => ({
      positions: new Int32Array(300 * length),
      scores: new Int32Array(300 * length),
      counts: new Int32Array(300),
    });
    one.offer(7, 1_000, 20);
    other.offer(7, 2_000, 5);
    other.clear(290);
    expect([...one.of(7), ...one.scoresOf(7)]).to.deep.equal([1_000, 7, 20, 10]);
    expect([...other.of(7), ...other.scoresOf(7)]).to.deep.equal([7, 2_000, 10, 5]);
    expect([...one.of(290), ...other.of(290)]).to.deep.equal([290]);
    const [written, again] = [flat(), new TopLists(300, length)];
    other.writeTo(written);
    again.offerAll(written);
    for (const list of [0, 7, 130, 290, 299]) expect([...again.of(list)]).to.deep.equal([...other.of(list)]);
  });
});
