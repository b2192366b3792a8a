import { expect } from 'chai';
import fc from 'fast-check';
import { StandingRoom, standingRoomOf } from '../../../matching/repair/standing-room.ts';
import { roomOf } from '../../../matching/rounds/room.ts';
import type { Candidate, RoomChange } from '../../../matching/repair/room-types.ts';
import { keyOf } from '../../../matching/repair/two-set.ts';
import { verifyRoom } from '../../../matching/repair/verify.ts';
import { SCALE, type Pair } from '../../../matching/types.ts';
import { FAMILIES } from '../../../scripts/bench/graphs.ts';
import { pick, seededRandom } from '../../../scripts/demo/random.ts';
import { action, Model, options, scores } from './room-model.ts';

const ABOVE_ALL = 1e9;

describe('a room', () => {
  it('has the best set of pairs after each change, proven, and tells exactly which pairs changed', () => {
    fc.assert(
      fc.property(scores, options, fc.array(action, { maxLength: 25 }), (given, asked, actions) => {
        const model = new Model(given, asked);
        for (const one of actions) {
          const before = new Set(model.room.pairs().map(([a, b]) => keyOf(a, b)));
          const change = model.play(one);
          const pairs = model.room.pairs();
          const after = new Set(pairs.map(([a, b]) => keyOf(a, b)));
          expect(model.faults()).to.deep.equal([]);
          if (change === null) {
            expect(after).to.deep.equal(before);
            continue;
          }
          const { gained, lost, broken, ...summary } = change;
          expect(summary).to.deep.equal(model.room.summary);
          expect(gained.map(([a, b]) => keyOf(a, b))).to.deep.equal(
            [...after].filter((key) => !before.has(key)),
          );
          expect(lost.map(([a, b]) => keyOf(a, b)).sort()).to.deep.equal(
            [...before].filter((key) => !after.has(key)).sort(),
          );
          const told = new Set(model.told.map(([a, b]) => keyOf(a, b)));
          expect(broken).to.deep.equal(lost.filter(([a, b]) => told.has(keyOf(a, b))));
          for (const [a, b] of model.pins) expect(model.room.partner(a)).to.equal(b);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is worth the same whether or not it was made ready, where some have no partner and scores tempt to leave two alone', () => {
    for (let seed = 1; seed <= 4; seed += 1) {
      const random = seededRandom(seed);
      const ids = Array.from({ length: 150 }, (_, at) => `P${at}`);
      const { ends, weights } = FAMILIES.random(ids.length, 3 + seed, random);
      const pairs = Array.from(weights, (score, edge): Pair => ({
        a: `P${ends[2 * edge] ?? 0}`,
        b: `P${ends[2 * edge + 1] ?? 0}`,
        score,
      }));
      const candidates = (id: string): Candidate[] =>
        pairs.flatMap(({ a, b, score }) =>
          a === id || b === id ? [{ partner: a === id ? b : a, score }] : [],
        );
      const [ready, other] = [new StandingRoom(ids, pairs), new StandingRoom(ids, pairs)];
      for (let step = 0; step < 60; step += 1) {
        ready.prepare();
        expect(ready.summary, `${seed}, ${step}`).to.deep.equal(other.summary);
        const id = pick(ids, random);
        for (const room of [ready, other]) {
          if (room.ids.includes(id)) room.leave(id);
          else room.arrive(id, candidates(id));
        }
        const { summary } = ready;
        const claim = {
          ids: ready.ids,
          candidates: pairs,
          options: {},
          told: [],
          pairs: ready.pairs(),
          summary,
        };
        expect(verifyRoom(claim, ready.proof()), `${seed}, ${step}`).to.deep.equal([]);
      }
    }
  });

  it('leaves everything as it was where getting ready would come to another set that is as good', () => {
    const ids = ['A', 'B', 'C', 'D', 'E'];
    const known = new Map([
      ['AE', 981_365],
      ['BC', 1_000_000],
      ['BD', 1_000_000],
      ['CD', 981_366],
    ]);
    const pairs = ids.flatMap((a, at) =>
      ids.slice(at + 1).map((b): Pair => ({ a, b, score: known.get(a + b) ?? 0 })),
    );
    const room = new StandingRoom(ids, pairs);
    const [before, proof] = [room.pairs(), room.proof()];
    room.prepare();
    expect(room.pairs()).to.deep.equal(before);
    expect(room.proof()).to.deep.equal(proof);
  });

  it('answers an arrival it is ready for from what it knows: nobody else has another price', () => {
    const random = seededRandom(6);
    const ids = Array.from({ length: 200 }, (_, at) => `P${at}`);
    const { ends, weights } = FAMILIES.smes(ids.length, 10, random);
    const pairs = Array.from(weights, (score, edge): Pair => ({
      a: `P${ends[2 * edge] ?? 0}`,
      b: `P${ends[2 * edge + 1] ?? 0}`,
      score,
    }));
    const late = ids.slice(-10);
    const room = new StandingRoom(ids.slice(0, -10), pairs);
    for (const id of late) {
      room.prepare();
      const before = room.proof();
      room.arrive(
        id,
        pairs.flatMap(({ a, b, score }) =>
          a === id || b === id ? [{ partner: a === id ? b : a, score }] : [],
        ),
      );
      const { ids: named, certificate } = room.proof();
      before.ids.forEach((known, vertex) => {
        if (known !== null) expect(named[vertex]).to.equal(known);
        if (known !== null) expect(certificate.prices[vertex]).to.equal(before.certificate.prices[vertex]);
      });
    }
  });

  it('loses at most the bonus for each told pair that could be kept', () => {
    fc.assert(
      fc.property(scores, options, fc.array(action, { maxLength: 15 }), (given, asked, actions) => {
        const model = new Model(given, asked);
        model.told = model.room.pairs();
        model.room.told(model.told);
        for (const one of actions) model.play(one);
        const perPair = asked.aim === 'everybody' ? ABOVE_ALL : 0;
        const told = new Set(model.told.map(([a, b]) => keyOf(a, b)));
        const isTold = (a: string, b: string): number => (told.has(keyOf(a, b)) ? 1 : 0);
        const { worth, bound, bonus, kept, pairs } = model.room.summary;
        const optimum = model.most(() => 0, perPair) - perPair * pairs;
        const keepable = model.free.ids.filter((a) =>
          model.free.ids.some((b) => a < b && isTold(a, b) && model.scores.has(keyOf(a, b))),
        ).length;
        expect(bound).to.equal(worth + bonus * kept);
        expect(optimum).to.be.within(worth, bound);
        expect(worth).to.be.at.least(optimum - bonus * keepable);
        expect(worth + bonus * kept + perPair * pairs).to.equal(
          model.most((a, b) => bonus * isTold(a, b), perPair),
        );
      }),
      { numRuns: 400 },
    );
  });

  it('says exactly what forcing a pair costs, and changes nothing by saying it', () => {
    fc.assert(
      fc.property(scores, options, fc.array(action, { maxLength: 8 }), (given, asked, actions) => {
        const model = new Model(given, asked);
        for (const one of actions) model.play(one);
        const { room } = model;
        const [pairs, proof] = [room.pairs(), room.proof()];
        for (const { a, b, score: own } of model.scores.values()) {
          if (
            !model.here.has(a) ||
            !model.here.has(b) ||
            model.isPinned(a) ||
            model.isPinned(b) ||
            own < asked.outside
          )
            continue;
          const { loss, bound, fewer, gained, lost } = room.forcing(a, b);
          const before = room.summary;
          const bonus = model.told.some(([x, y]) => keyOf(x, y) === keyOf(a, b)) ? asked.bonus : 0;
          room.pin(a, b);
          const { bound: rest, pairs: others } = room.summary;
          expect(loss).to.equal(before.bound - rest - (own - asked.outside) - bonus);
          // of sets that are worth the same, with this aim, some may have more pairs
          if (asked.aim === 'everybody') expect(fewer).to.equal(before.pairs - others - 1);
          expect(bound).to.be.at.most(loss);
          if (fewer === 0) expect(bound).to.be.at.least(0);
          if (!pairs.some((two) => keyOf(...two) === keyOf(a, b)))
            expect(lost.length - gained.length).to.equal(1 + fewer);
          break;
        }
        const again = new Model(given, asked);
        for (const one of actions) again.play(one);
        expect(again.room.proof()).to.deep.equal(proof);
        expect(again.room.pairs()).to.deep.equal(pairs);
      }),
      { numRuns: 300 },
    );
  });

  it('keeps what people were told where that costs less than the bonus, and not where it costs more', () => {
    const pairs = [
      { a: 'A', b: 'B', score: 500_000 },
      { a: 'C', b: 'D', score: 500_000 },
    ];
    const better = (by: number): Pair[] => [
      { a: 'A', b: 'C', score: 500_000 + by },
      { a: 'B', b: 'D', score: 500_000 },
    ];
    const after = (by: number): RoomChange => {
      const room = new StandingRoom(['A', 'B', 'C', 'D'], pairs, { bonus: 10_000 });
      room.told(room.pairs());
      for (const { a, b, score: worth } of better(by).slice(0, 1)) room.allow(a, b, worth);
      return room.allow('B', 'D', 500_000);
    };
    expect(after(20_000)).to.deep.include({
      lost: [],
      gained: [],
      kept: 2,
      total: 1_000_000,
      bound: 1_020_000,
      status: 'feasible',
    });
    expect(after(20_001)).to.deep.include({ kept: 0, total: 1_020_001, bound: 1_020_001, status: 'optimal' });
    expect(after(20_001).broken).to.deep.equal([
      ['A', 'B'],
      ['C', 'D'],
    ]);
  });

  it('takes pins and running meetings out, and lets them in again', () => {
    const room = new StandingRoom(
      ['A', 'B', 'C'],
      [
        { a: 'A', b: 'B', score: 900_000 },
        { a: 'B', b: 'C', score: 100_000 },
      ],
    );
    expect(room.pairs()).to.deep.equal([['A', 'B']]);
    expect(room.pin('C', 'B')).to.deep.include({
      gained: [['B', 'C']],
      lost: [['A', 'B']],
      pairs: 0,
      total: 0,
    });
    expect(room.partner('B')).to.equal('C');
    expect(room.leave('C')).to.deep.include({ gained: [['A', 'B']], lost: [['B', 'C']], total: 900_000 });
    expect(room.pin('A', 'B')).to.deep.include({ gained: [], lost: [] });
    expect(room.unpin('A', 'B')).to.deep.include({ gained: [], lost: [], total: 900_000 });
  });

  it('refuses what makes no sense, naming who and why, and changes nothing', () => {
    const room = new StandingRoom(['A', 'B', 'C'], [{ a: 'A', b: 'B', score: 9 }]);
    room.pin('A', 'B');
    room.forbid('A', 'C');
    const before = room.proof();
    const refused: [() => unknown, string][] = [
      [() => room.arrive('A', []), 'A is in the room already'],
      [
        () =>
          room.arrive('D', [
            { partner: 'A', score: 1 },
            { partner: 'A', score: 2 },
          ]),
        'A is named twice',
      ],
      [() => room.arrive('D', [{ partner: 'A', score: -1 }]), 'The score of D and A is -1'],
      [() => room.arrive('D', [{ partner: 'D', score: 1 }]), 'D cannot be paired with itself'],
      [() => room.leave('X'), 'X is not in the room'],
      [() => room.leave('A', 'A'), 'A is named twice'],
      [() => room.forbid('A', 'B'), 'A and B are pinned'],
      [() => room.allow('A', 'X', 1), 'X is not in the room'],
      [() => room.allow('B', 'C', NaN), 'The score of B and C is NaN'],
      [() => room.pin('A', 'C'), 'A is pinned to B'],
      [() => room.pin('C', 'C'), 'C cannot be paired with itself'],
      [() => room.unpin('A', 'C'), 'A and C are not pinned to each other'],
      [() => room.forcing('A', 'C'), 'A is pinned to B'],
      [() => room.partner('X'), 'X is not in the room'],
      [() => new StandingRoom(['A', 'A'], []), 'A is named twice'],
      [
        () =>
          new StandingRoom(
            ['A', 'B'],
            [
              { a: 'A', b: 'B', score: 1 },
              { a: 'B', b: 'A', score: 2 },
            ],
          ),
        'B and A are named twice',
      ],
      [() => new StandingRoom([], [], { bonus: 0.5 }), 'The option bonus is 0.5'],
      [() => new StandingRoom([], [], { outside: SCALE + 1 }), `The option outside is ${SCALE + 1}`],
      [
        () =>
          new StandingRoom(
            Array.from({ length: 20_001 }, (_, at) => `P${at}`),
            [],
          ),
        'at most 20000 SMEs, not 20001',
      ],
    ];
    for (const [act, message] of refused) expect(act, message).to.throw(RangeError, message);
    expect(room.proof()).to.deep.equal(before);
    expect(room.pairs()).to.deep.equal([['A', 'B']]);
    room.unpin('A', 'B');
    expect(() => room.pin('A', 'C')).to.throw(RangeError, 'A and C are not to be paired');
    expect(() => room.forcing('B', 'C')).to.throw(RangeError, 'B and C may not be paired');
  });
});

describe('a standing room of a room', () => {
  it('has the same SMEs, and pairs only those who may meet there', () => {
    const pairs = [
      { a: 'B', b: 'A', score: 300_000 },
      { a: 'C', b: 'D', score: 0 },
    ];
    const room = standingRoomOf(roomOf(['D', 'C', 'B', 'A'], pairs));
    expect(room.ids).to.deep.equal(['A', 'B', 'C', 'D']);
    expect(room.pairs()).to.deep.equal([
      ['A', 'B'],
      ['C', 'D'],
    ]);
    expect(room.summary).to.deep.include({ total: 300_000, status: 'optimal' });
    expect(() => room.forcing('A', 'C')).to.throw(RangeError, 'may not be paired');
  });
});
