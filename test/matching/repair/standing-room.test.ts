import { expect } from 'chai';
import fc from 'fast-check';
import type { Two } from '../../../matching/assignment/asked.ts';
import { StandingRoom, standingRoomOf } from '../../../matching/repair/standing-room.ts';
import { roomOf } from '../../../matching/rounds/room.ts';
import type { RoomChange } from '../../../matching/repair/room-types.ts';
import { verifyRoom } from '../../../matching/repair/verify.ts';
import { asTwo, keyOf } from '../../../matching/repair/two-set.ts';
import type { RoomOptions } from '../../../matching/repair/worth.ts';
import { SCALE, type Pair } from '../../../matching/types.ts';
import { bruteForce } from '../assignment/oracle.ts';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const;
const name = fc.constantFrom(...NAMES);
const score = fc.oneof(fc.nat(SCALE), fc.constantFrom(0, 500_000, 500_001, SCALE));

const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('arrive'), a: name, b: name, score }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave'), a: name, b: name, score }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('forbid', 'allow', 'pin', 'unpin', 'told'),
      a: name,
      b: name,
      score,
    }),
  },
);

const options = fc.record({
  aim: fc.constantFrom('everybody', 'total'),
  outside: fc.constantFrom(0, 500_000),
  bonus: fc.constantFrom(0, 1, 200_000),
});

/** A room beside a plain record of what it was told. */
class Model {
  readonly room: StandingRoom;
  readonly here = new Set<string>();
  readonly scores = new Map<string, Pair>();
  readonly pins: Two[] = [];
  told: Two[] = [];
  readonly #options: Required<RoomOptions>;

  constructor(scores: readonly number[], given: Required<RoomOptions>) {
    this.#options = given;
    const first = NAMES.slice(0, 5);
    for (const id of first) this.here.add(id);
    let at = 0;
    for (const a of NAMES)
      for (const b of NAMES) if (a < b) this.scores.set(keyOf(a, b), { a, b, score: scores[at++] ?? 0 });
    this.room = new StandingRoom(first, [...this.scores.values()], given);
  }

  isPinned = (id: string): boolean => this.pins.some((two) => two.includes(id));

  play({
    kind,
    a,
    b,
    score: given,
  }: {
    kind: string;
    a: string;
    b: string;
    score: number;
  }): RoomChange | null {
    const { room, here } = this;
    if (kind === 'arrive' && !here.has(a)) {
      here.add(a);
      const candidates = [...this.scores.values()].filter((two) => two.a === a || two.b === a);
      return room.arrive(
        a,
        candidates.map((two) => ({ partner: two.a === a ? two.b : two.a, score: two.score })),
      );
    }
    if (kind === 'told') {
      this.told = room.pairs().filter((_, at) => (at + a.charCodeAt(0)) % 3 > 0);
      return room.told(this.told);
    }
    if (!here.has(a) || (!here.has(b) && kind !== 'leave') || (a === b && kind !== 'leave')) return null;
    if (kind === 'leave') {
      for (const id of [a, b]) here.delete(id);
      this.#unpin((two) => two.includes(a) || two.includes(b));
      return room.leave(...new Set([a, b].filter((id) => room.ids.includes(id))));
    }
    const together = room.partner(a) === b && this.isPinned(a);
    if (kind === 'unpin' && together) {
      this.#unpin((two) => two.includes(a));
      return room.unpin(a, b);
    }
    if (kind === 'pin' && !this.isPinned(a) && !this.isPinned(b) && this.scores.has(keyOf(a, b))) {
      this.pins.push(asTwo(a, b));
      return room.pin(a, b);
    }
    if (kind === 'forbid' && !together) {
      this.scores.delete(keyOf(a, b));
      return room.forbid(a, b);
    }
    if (kind !== 'allow') return null;
    this.scores.set(keyOf(a, b), { a: asTwo(a, b)[0], b: asTwo(a, b)[1], score: given });
    return room.allow(a, b, given);
  }

  #unpin(which: (two: Two) => boolean): void {
    for (let at = this.pins.length - 1; at >= 0; at -= 1)
      if (which(this.pins[at] ?? ['', ''])) this.pins.splice(at, 1);
  }

  /** Who is to be paired, and the pairs that the engine chose. */
  get free(): { ids: string[]; pairs: Two[] } {
    return {
      ids: [...this.here].filter((id) => !this.isPinned(id)),
      pairs: this.room.pairs().filter(([a]) => !this.isPinned(a)),
    };
  }

  faults(): string[] {
    const { room, told } = this;
    const candidates = [...this.scores.values()];
    return verifyRoom(
      { ...this.free, candidates, options: this.#options, told, summary: room.summary },
      room.proof(),
    );
  }

  /** The most that pairs can be worth, with a bonus for some of them; `perPair` above all where as many as can be are wanted. */
  most(bonus: (a: string, b: string) => number, perPair = 0): number {
    const { ids } = this.free;
    const edges = [...this.scores.values()].flatMap(({ a, b, score: given }) => {
      const [u, v] = [ids.indexOf(a), ids.indexOf(b)];
      return u < 0 || v < 0 || given < this.#options.outside
        ? []
        : [{ u, v, w: given - this.#options.outside + bonus(a, b) + perPair }];
    });
    return bruteForce(edges);
  }
}

const scores = fc.array(score, { minLength: 36, maxLength: 36 });
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
          if (change === null) continue;
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
