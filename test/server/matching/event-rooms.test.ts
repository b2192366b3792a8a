import { expect } from 'chai';
import fc from 'fast-check';
import type { MatchingIndex, Progress } from '../../../matching/index.ts';
import { EventRooms } from '../../../server/matching/event-rooms.ts';

const LENGTH = 10;

function finished<T>(work: Generator<Progress, T, void>): T {
  for (;;) {
    const step = work.next();
    if (step.done === true) return step.value;
  }
}

/** An index of which only the scores count. */
const indexOf = (participants: readonly string[], scores: Int32Array): MatchingIndex =>
  // A stand-in for a test: rooms ask for nothing else of it.
  ({
    list: () => [],
    *room() {
      yield { done: 0, total: 1 };
      return { participants, scores };
    },
  }) as unknown as MatchingIndex;

describe('lists at an event', () => {
  it('hold the best of those who are there, ties by id, in whichever order they came', () => {
    const size = fc.integer({ min: 2, max: 30 });
    const room = size.chain((n) =>
      fc.record({
        // Few different scores: many ties. Negative: may not meet.
        scores: fc.array(fc.integer({ min: -1, max: 4 }), { minLength: n * n, maxLength: n * n }),
        order: fc.shuffledSubarray(Array.from({ length: n }, (_, at) => at)),
        n: fc.constant(n),
      }),
    );
    fc.assert(
      fc.property(room, ({ scores, order, n }) => {
        const ids = Array.from({ length: n }, (_, at) => `S${String(at).padStart(3, '0')}`);
        const rooms = new EventRooms();
        const here = order.map((at) => ids[at] ?? '');
        const index = indexOf(ids, Int32Array.from(scores));
        finished(rooms.lists(index, 1, { event: 'e', invited: ids, here, expected: [] }));
        for (const own of order) {
          const score = (other: number): number => scores[own * n + other] ?? -1;
          const expected = order
            .filter((other) => other !== own && score(other) >= 0)
            .toSorted((one, other) => score(other) - score(one) || one - other)
            .slice(0, LENGTH);
          const list = rooms.list('e', ids[own] ?? '');
          expect(list?.here).to.deep.equal(expected.map((at) => ({ partner: ids[at], score: score(at) })));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('say whose list an arrival changes, and nobody else’s', () => {
    const ids = ['A', 'B', 'C'];
    // A and B may meet C; A and B may not meet each other.
    const index = indexOf(ids, Int32Array.from([-1, -1, 5, -1, -1, 6, 5, 6, -1]));
    const rooms = new EventRooms();
    const at = (here: string[]): string[] =>
      finished(rooms.lists(index, 1, { event: 'e', invited: ids, here, expected: [] }));
    expect(at(['A'])).to.deep.equal(['A']);
    expect(at(['A', 'B'])).to.deep.equal(['B']);
    expect(at(['A', 'B', 'C'])).to.deep.equal(['A', 'B', 'C']);
    expect(at(['A', 'B', 'C'])).to.deep.equal([]);
  });
});
