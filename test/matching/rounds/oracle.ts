import fc from 'fast-check';
import { roomOf, type Room } from '../../../matching/rounds/room.ts';
import type { RoundsOptions } from '../../../matching/rounds/types.ts';
import type { Pair } from '../../../matching/types.ts';

/** Ids that sort as they are numbered. */
export const sme = (number: number): string => `s${String(number).padStart(3, '0')}`;

/** Everybody may meet everybody; scores as given, or falling with the distance. */
export function fullRoom(
  size: number,
  score = (u: number, v: number): number => 1000 - Math.abs(u - v),
): Room {
  const ids = Array.from({ length: size }, (_, number) => sme(number));
  return roomOf(
    ids,
    ids.flatMap((a, u) => ids.slice(u + 1).map((b, at) => ({ a, b, score: score(u, u + 1 + at) }))),
  );
}

/** A room as plain data. */
export interface PlainRoom {
  readonly ids: readonly string[];
  readonly pairs: readonly Pair[];
}

/** A room of up to `most` SMEs in which some pairs may meet. */
export const arbitraryRoom = (most: number): fc.Arbitrary<PlainRoom> =>
  fc
    .record({ size: fc.integer({ min: 0, max: most }), tenths: fc.integer({ min: 3, max: 11 }) })
    .chain(({ size, tenths }) => {
      const ids = Array.from({ length: size }, (_, number) => sme(number));
      const all = ids.flatMap((a, u) => ids.slice(u + 1).map((b) => ({ a, b })));
      return fc
        .array(
          fc.tuple(fc.integer({ min: 1, max: 10 }), fc.constantFrom(0, 1, 5, 1000, 400_000, 1_000_000)),
          {
            minLength: all.length,
            maxLength: all.length,
          },
        )
        .map((draws) => ({
          ids,
          pairs: all.flatMap((two, at) => {
            const [die, score] = draws[at] ?? [11, 0];
            return die < tenths ? [{ ...two, score }] : [];
          }),
        }));
    });

/** What may be asked of a room of up to `most` SMEs, but for pins. */
export const arbitraryOptions = (most: number): fc.Arbitrary<RoundsOptions> => {
  const one = fc.nat(most).map(sme);
  const two = fc.tuple(one, one);
  return fc.record(
    {
      rounds: fc.integer({ min: 1, max: 4 }),
      tables: fc.nat(Math.ceil(most / 2)),
      wishes: fc.array(
        fc.record({ from: one, to: one, kind: fc.constantFrom('must' as const, 'would-like' as const) }),
        { maxLength: 6 },
      ),
      never: fc.array(two, { maxLength: 3 }),
      met: fc.array(two, { maxLength: 3 }),
      absences: fc.array(fc.record({ sme: one, round: fc.integer({ min: 1, max: 4 }) }), { maxLength: 4 }),
      byes: fc.uniqueArray(fc.record({ sme: one, count: fc.nat(3) }), {
        maxLength: 3,
        selector: (bye) => bye.sme,
      }),
      needed: fc.nat(4),
    },
    { requiredKeys: ['rounds'] },
  );
};

/** The largest total of any plan, by trying all: each pair in one of the rounds or in none. */
export function bestTotal(
  pairs: readonly Pair[],
  mayMeet: (pair: Pair, round: number) => boolean,
  limits: { rounds: number; tables: number },
): number {
  const busy = Array.from({ length: limits.rounds }, () => new Set<string>());
  const best = (at: number): number => {
    const pair = pairs[at];
    if (!pair) return 0;
    let most = best(at + 1);
    for (const [round, seated] of busy.entries()) {
      const free = !seated.has(pair.a) && !seated.has(pair.b) && seated.size < 2 * limits.tables;
      if (!free || !mayMeet(pair, round + 1)) continue;
      seated.add(pair.a).add(pair.b);
      most = Math.max(most, pair.score + best(at + 1));
      seated.delete(pair.a);
      seated.delete(pair.b);
    }
    return most;
  };
  return best(0);
}
