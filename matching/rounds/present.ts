import { askedOf } from '../assignment/asked.ts';
import { allRows } from '../assignment/candidates.ts';
import { featuresById, type Pool } from '../pool.ts';
import { emptySnapshot, type Snapshot } from '../refresh.ts';
import type { Progress } from '../steps.ts';
import type { SmeId } from '../types.ts';
import { emptyRoom, type Room } from './room.ts';

/** Rows between two reports. */
const BLOCK = 32;

/**
 * The room of those who are present: who of them may meet whom by the rules of the call, with the scores that they have in the whole pool.
 *
 * @throws RangeError for an id that is not in the pool or comes twice, or more of them than a room holds
 */
export function* roomOfPresent(
  { pool, model, tops }: Snapshot,
  ids: readonly SmeId[],
): Generator<Progress, Room, void> {
  const room = emptyRoom(ids);
  const total = room.participants.length;
  const features = room.participants.map((id) => {
    const own = featuresById(pool, id);
    if (!own) throw new RangeError(`No SME with the id '${id}' in the last finished refresh.`);
    return own;
  });
  const positions = new Map(room.participants.map((id, position) => [id, position]));
  const present: Pool = { features, positions, statistics: pool.statistics };
  const build = allRows(emptySnapshot(present, model, tops.length), askedOf({}, present, model.call));
  let step = build.next();
  while (step.done !== true) {
    yield { done: 0, total };
    step = build.next();
  }
  const floors = new Int32Array(total);
  for (let u = 0; u < total; u += 1) {
    const row = step.value.row(u, floors);
    for (let v = u + 1; v < total; v += 1) {
      if (row[v] < 0) continue;
      room.scores[u * total + v] = row[v];
      room.scores[v * total + u] = row[v];
    }
    if (u % BLOCK === 0) yield { done: u, total };
  }
  return room;
}
