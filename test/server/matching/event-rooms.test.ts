import { expect } from 'chai';
import fc from 'fast-check';
import type { MatchingIndex, Progress } from '../../../matching/index.ts';
import { SCALE } from '../../../matching/types.ts';
import type { EventList } from '../../../server/matching/event-lists.ts';
import { EventRooms } from '../../../server/matching/event-rooms.ts';
import { TextRow } from '../../../server/text/block.ts';

const LENGTH = 10;
const PARTS = ['here', 'expected'] as const;

function finished<T>(work: Generator<Progress, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** A pool of which only the scores count; below 0: may not meet. Each list of the pool holds its best ten, ties by id. */
class Pool {
  readonly ids: readonly string[];
  readonly #scores: readonly number[];

  constructor(ids: readonly string[], scores: readonly number[]) {
    this.ids = ids;
    this.#scores = scores;
  }

  score(one: string, other: string): number {
    const [u, v] = [this.ids.indexOf(one), this.ids.indexOf(other)].sort((x, y) => x - y);
    return u === v ? -1 : (this.#scores[(u ?? 0) * this.ids.length + (v ?? 0)] ?? -1);
  }

  best(own: string, among: readonly string[]): { partner: string; score: number }[] {
    return among
      .map((partner) => ({ partner, score: this.score(own, partner) }))
      .filter(({ score }) => score >= 0)
      .toSorted((one, other) => other.score - one.score || (one.partner < other.partner ? -1 : 1))
      .slice(0, LENGTH);
  }

  /** How often a row was scored. */
  rows = 0;
  /** How often a pair was put into words. */
  briefs = 0;

  get index(): MatchingIndex {
    const stand = {
      has: (own: string) => this.ids.includes(own),
      list: (own: string) =>
        this.ids.includes(own) ? { sme: own, suggestions: this.best(own, this.ids) } : undefined,
      scores: (own: string, others: readonly string[]) => {
        this.rows += 1;
        return Int32Array.from(others, (other) => this.score(own, other));
      },
      brief: (own: string, partner: string) => {
        this.briefs += 1;
        const score = this.score(own, partner);
        return score < 0 ? null : { score, summary: `${own} and ${partner}` };
      },
    };
    // A stand-in for a test: rooms ask for nothing else of it.
    return stand as unknown as MatchingIndex;
  }
}

const idsOf = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `S${String(at).padStart(3, '0')}`);

const arbitraryPool = fc.integer({ min: 2, max: 26 }).chain((n) =>
  // Few different scores: many ties.
  fc
    .array(fc.integer({ min: -1, max: 4 }), { minLength: n * n, maxLength: n * n })
    .map((scores) => new Pool(idsOf(n), scores)),
);

/** Who is where after each of a few steps. */
const arbitraryDay = arbitraryPool.chain((pool) => {
  const where = fc.constantFrom('away', 'here', 'here', 'expected');
  const moves = fc.array(fc.tuple(fc.constantFrom(...pool.ids), where), { maxLength: 6 });
  // What was foreseen before a step may be something else than what comes, or come of it.
  const step = fc.record({ moves, foreseen: fc.constantFrom('right', 'wrong', 'nothing') });
  const first = fc.array(where, { minLength: pool.ids.length, maxLength: pool.ids.length });
  return fc.tuple(fc.constant(pool), first, fc.array(step, { maxLength: 6 }));
});

describe('lists at an event', () => {
  it('hold the best of those who are there after any arrivals and departures, and say exactly whose list is another one', () => {
    fc.assert(
      fc.property(arbitraryDay, ([pool, first, steps]) => {
        const rooms = new EventRooms();
        const places = new Map(pool.ids.map((id, at) => [id, first[at]]));
        const before = new Map<string, EventList | null>();
        for (const { moves, foreseen: which } of [{ moves: [], foreseen: 'nothing' }, ...steps]) {
          for (const [id, where] of moves) places.set(id, where);
          const inPlace = (where: string): string[] => pool.ids.filter((id) => places.get(id) === where);
          const room = { event: 'e', here: inPlace('here'), expected: inPlace('expected') };
          const other = { event: 'e', here: inPlace('expected'), expected: inPlace('here') };
          const foreseen =
            which === 'nothing' ? null : rooms.foresee(pool.index, 1, which === 'right' ? room : other);
          for (const own of pool.ids) expect(rooms.list('e', own)).to.deep.equal(before.get(own) ?? null);
          const briefs = pool.briefs;
          const quick = rooms.asForeseen(pool.index, room);
          const isOther = which === 'wrong' && room.here.join() !== other.here.join();
          if (which === 'nothing' || isOther) expect(quick, 'that was not foreseen').to.equal(null);
          if (quick) {
            expect(quick.changed).to.deep.equal(foreseen?.changed);
            const shown = quick.texts?.lists.flatMap((list) => PARTS.flatMap((part) => list?.[part] ?? []));
            expect(new Set(foreseen?.partners)).to.deep.equal(new Set(shown));
            expect(pool.briefs, 'all was made ready').to.equal(briefs);
          }
          const news = quick ?? finished(rooms.lists(pool.index, 1, room));
          const asked = news.changed.map((sme) => ({ event: 'e', sme }));
          expect(news.texts).to.deep.equal(rooms.texts(pool.index, asked));
          const changed = new Set(news.changed);
          for (const own of pool.ids) {
            const isThere = room.here.includes(own) || room.expected.includes(own);
            const list = isThere
              ? { here: pool.best(own, room.here), expected: pool.best(own, room.expected) }
              : null;
            expect(rooms.list('e', own)).to.deep.equal(list);
            const isSame = JSON.stringify(before.get(own) ?? null) === JSON.stringify(list);
            if (isThere) expect(changed.has(own), own).to.equal(!isSame);
            before.set(own, list);
          }
        }
      }),
      { numRuns: 150 },
    );
  });

  it('cost one row for an arrival, and none where the pool\u2019s own lists tell', () => {
    const ids = idsOf(40);
    const pool = new Pool(
      ids,
      Array.from({ length: 1600 }, (_, at) => (at * 7919) % 101),
    );
    const rooms = new EventRooms();
    finished(rooms.lists(pool.index, 1, { event: 'e', here: ids, expected: [] }));
    expect(pool.rows).to.equal(0);
    finished(rooms.lists(pool.index, 2, { event: 'e', here: ids.slice(0, 30), expected: [] }));
    const before = pool.rows;
    finished(rooms.lists(pool.index, 2, { event: 'e', here: ids.slice(0, 31), expected: [] }));
    expect(pool.rows).to.equal(before + 1);
  });

  it('are shown of pairs that are put into words once until the next recompute', () => {
    const ids = idsOf(20);
    const pool = new Pool(
      ids,
      Array.from({ length: 400 }, (_, at) => (at * 7919) % 101),
    );
    const rooms = new EventRooms();
    finished(rooms.lists(pool.index, 1, { event: 'e', here: ids.slice(0, 19), expected: [] }));
    const [own = ''] = ids;
    const shown = rooms.briefs(pool.index, 'e', own);
    const nobody = { event: 'e', sme: 'nobody' };
    const { block, lists } = rooms.texts(pool.index, [nobody, { event: 'e', sme: own }]);
    const here = shown?.here.map(({ partner }) => partner);
    expect(lists).to.deep.equal([null, { here, expected: [], first: 0 }]);
    const texts = new TextRow(block, 0);
    expect(shown?.here.map((_, place) => Buffer.from(texts.at(place) ?? []).toString())).to.deep.equal(
      shown?.here.map(({ score, summary }) => `"score":${score / SCALE},"summary":"${summary}"`),
    );
    // Few lists that changed are put into words with that.
    expect(pool.briefs).to.equal(19 * LENGTH);
    rooms.recomputed();
    rooms.briefs(pool.index, 'e', own);
    expect(pool.briefs).to.equal(20 * LENGTH);
    // What was put into words for a list of the pool is taken over where both are there.
    rooms.recomputed();
    for (const { partner, score, summary } of shown?.here ?? [])
      rooms.note({ a: own, b: partner, score, summary });
    rooms.note({ a: own, b: 'nobody', score: 1, summary: 'not there' });
    expect(rooms.briefs(pool.index, 'e', own)).to.deep.equal(shown);
    expect(pool.briefs).to.equal(20 * LENGTH);
    // The last one comes: what its arrival changes is foreseen, until the next recompute.
    const all = { event: 'e', here: ids, expected: [] };
    expect(rooms.foresee(pool.index, 1, all).changed).to.include(ids[19]);
    expect(rooms.list('e', ids[19] ?? '')).to.equal(null);
    rooms.recomputed();
    expect(rooms.asForeseen(pool.index, all)).to.equal(null);
    rooms.foresee(pool.index, 1, all);
    expect(rooms.asForeseen(pool.index, all)?.changed).to.include(ids[19]);
    expect(rooms.asForeseen(pool.index, all), 'it came once').to.equal(null);
  });
});
