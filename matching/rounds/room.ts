import { byId } from '../pool.ts';
import { SCALE, type Pair, type SmeId } from '../types.ts';

/** Score of two who may not meet. */
export const NOT_ALLOWED = -1;

/** The SMEs of an event, sorted by id, and who may meet whom. */
export interface Room {
  readonly participants: readonly SmeId[];
  /** Score of `u` and `v` at `u x participants.length + v`, both ways round; NOT_ALLOWED where they may not meet. */
  readonly scores: Int32Array;
}

/** Most that a room holds: 36 MB of scores. */
export const ROOM_MOST = 3000;

/**
 * A room from plain data; the order does not matter.
 *
 * @throws RangeError for an id that comes twice, a pair of somebody who is not there or that comes twice, a score that is not a whole
 * number in [0, SCALE], and more than 3,000 participants
 */
export function roomOf(participants: readonly SmeId[], pairs: readonly Pair[]): Room {
  const room = emptyRoom(participants);
  const { scores } = room;
  const size = participants.length;
  const positions = new Map(room.participants.map((id, position) => [id, position]));
  for (const { a, b, score } of pairs) {
    const [u, v] = [positions.get(a), positions.get(b)];
    if (u === undefined || v === undefined) throw new RangeError(`${a} or ${b} is not in the room.`);
    if (u === v) throw new RangeError(`${a} cannot meet itself.`);
    if (!Number.isInteger(score) || score < 0 || score > SCALE) {
      throw new RangeError(
        `The score of ${a} and ${b} is ${score}; it must be a whole number from 0 to ${SCALE}.`,
      );
    }
    if (scores[u * size + v] !== NOT_ALLOWED) throw new RangeError(`The pair of ${a} and ${b} comes twice.`);
    scores[u * size + v] = score;
    scores[v * size + u] = score;
  }
  return room;
}

/** A room in which nobody may meet anybody yet. @throws RangeError as `roomOf` does */
export function emptyRoom(ids: readonly SmeId[]): Room {
  const participants = ids.toSorted(byId);
  if (participants.length > ROOM_MOST) {
    throw new RangeError(`There are ${participants.length} participants; a room holds ${ROOM_MOST} at most.`);
  }
  const twice = participants.find((id, at) => at > 0 && participants[at - 1] === id);
  if (twice !== undefined) throw new RangeError(`${twice} is in the room twice.`);
  return { participants, scores: new Int32Array(participants.length ** 2).fill(NOT_ALLOWED) };
}
