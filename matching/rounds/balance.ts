import type { RoundsAsked } from './asked.ts';
import type { Draft } from './draft.ts';
import { components } from './one-round.ts';
import { NOT_ALLOWED, type Room } from './room.ts';

/*
 * Solved one after the other, the first rounds get the best meetings. Two rounds together fall into paths and rings of meetings, each of
 * which can change places between the two without changing who meets whom or who sits out how often. Each pair of rounds is evened out so.
 */

/** How often all pairs of rounds are gone through. */
const SWEEPS = 4;

/** Evens out the sums of scores of the rounds, by exchanging whole paths and rings of meetings between them. @returns whether it moved any */
export function balance(room: Room, draft: Draft, asked: RoundsAsked): boolean {
  const told = new Set(asked.standing.map(({ round, u, v }) => placeOf(draft, round - asked.first, u, v)));
  let anything = false;
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    let moved = false;
    for (let one = 0; one < draft.rounds.length; one += 1) {
      for (let other = one + 1; other < draft.rounds.length; other += 1) {
        if (evenOut({ room, draft, told }, one, other)) moved = true;
      }
    }
    if (!moved) return anything;
    anything = true;
  }
  return anything;
}

interface Sides {
  readonly room: Room;
  readonly draft: Draft;
  /** Meetings that people were told of. */
  readonly told: ReadonlySet<number>;
}

const placeOf = ({ size }: Draft, round: number, u: number, v: number): number =>
  (round * size + Math.min(u, v)) * size + Math.max(u, v);

/** @returns whether anything was exchanged */
function evenOut(sides: Sides, one: number, other: number): boolean {
  const { draft } = sides;
  const [x, y] = [draft.rounds[one], draft.rounds[other]];
  let ahead = 0;
  const movable: { vertices: readonly number[]; more: number }[] = [];
  for (const vertices of components(x.mates, y.mates)) {
    const { more, pairs } = difference(sides, [one, other], vertices);
    ahead += more;
    if (pairs === 0 && more !== 0 && mayExchange(sides, [one, other], vertices))
      movable.push({ vertices, more });
  }
  movable.sort((p, q) => Math.abs(q.more) - Math.abs(p.more) || p.vertices[0] - q.vertices[0]);
  let moved = false;
  for (const { vertices, more } of movable) {
    if (Math.abs(ahead - 2 * more) >= Math.abs(ahead)) continue;
    ahead -= 2 * more;
    moved = true;
    exchange(draft, [one, other], vertices);
  }
  return moved;
}

/** By how much, and by how many meetings, a part of the first of two rounds is ahead of the same SMEs in the second. */
function difference(
  { room, draft }: Sides,
  [one, other]: readonly [number, number],
  vertices: readonly number[],
) {
  let [more, pairs] = [0, 0];
  for (const u of vertices) {
    const [first, second] = [draft.rounds[one].mates[u], draft.rounds[other].mates[u]];
    if (first > u) {
      more += room.scores[u * draft.size + first];
      pairs += 1;
    }
    if (second > u) {
      more -= room.scores[u * draft.size + second];
      pairs -= 1;
    }
  }
  return { more, pairs };
}

/** Nothing settled, nothing that people were told, and everybody there in the round that it would move to. */
const mayExchange = (
  { draft, told }: Sides,
  rounds: readonly [number, number],
  vertices: readonly number[],
): boolean =>
  rounds.every((round, at) => {
    const { mates, settled } = draft.rounds[round];
    const { present } = draft.rounds[rounds[1 - at]];
    return vertices.every(
      (u) =>
        settled[u] === 0 &&
        (mates[u] < 0 || (present[u] === 1 && !told.has(placeOf(draft, round, u, mates[u])))),
    );
  });

function exchange(draft: Draft, [one, other]: readonly [number, number], vertices: readonly number[]): void {
  const meetings = [one, other].map((round) =>
    vertices.flatMap((u): [number, number][] => {
      const v = draft.rounds[round].mates[u];
      return v > u ? [[u, v]] : [];
    }),
  );
  const [first = [], second = []] = meetings;
  for (const [u, v] of first) draft.unseat(one, u, v);
  for (const [u, v] of second) draft.unseat(other, u, v);
  for (const [u, v] of first) draft.seat(other, u, v);
  for (const [u, v] of second) draft.seat(one, u, v);
}

/** Scores of a room without the pairs that are not to meet. */
export function allowedScores(room: Room, draft: Draft): Int32Array {
  const size = room.participants.length;
  return room.scores.map((score, at) =>
    draft.worthOf(Math.floor(at / size), at % size) === NOT_ALLOWED ? NOT_ALLOWED : score,
  );
}
