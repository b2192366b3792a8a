import fc from 'fast-check';
import type { Two } from '../../../matching/assignment/asked.ts';
import type { RoomChange } from '../../../matching/repair/room-types.ts';
import { StandingRoom } from '../../../matching/repair/standing-room.ts';
import { asTwo, keyOf } from '../../../matching/repair/two-set.ts';
import { verifyRoom } from '../../../matching/repair/verify.ts';
import type { RoomOptions } from '../../../matching/repair/worth.ts';
import { SCALE, type Pair } from '../../../matching/types.ts';
import { bruteForce } from '../assignment/oracle.ts';

const NAMES = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I'] as const;
const name = fc.constantFrom(...NAMES);
const score = fc.oneof(fc.nat(SCALE), fc.constantFrom(0, 500_000, 500_001, SCALE));

export const action = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('arrive'), a: name, b: name, score }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave'), a: name, b: name, score }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('prepare'), a: name, b: name, score }) },
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

export const options = fc.record({
  aim: fc.constantFrom('everybody', 'total'),
  outside: fc.constantFrom(0, 500_000),
  bonus: fc.constantFrom(0, 1, 200_000),
});

/** A room beside a plain record of what it was told. */
export class Model {
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
    if (kind === 'prepare') {
      room.prepare();
      return null;
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

/** Scores of all pairs of the names. */
export const scores = fc.array(score, { minLength: 36, maxLength: 36 });
