import { askedOf } from '../assignment/asked.ts';
import { allRows } from '../assignment/candidates.ts';
import { featuresById, type Pool } from '../pool.ts';
import { emptySnapshot, type Snapshot } from '../refresh.ts';
import type { Progress } from '../steps.ts';
import type { SmeId } from '../types.ts';
import { mayPair } from '../rules.ts';
import { scorePair } from '../score.ts';
import { emptyRoom, NOT_ALLOWED, type Room } from './room.ts';

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

/** A row of the whole pool is worth its while for at least this share of it. */
const WHOLE_ROW = 1 / 8;

/** Scores of one SME with each of the others, in their order; NOT_ALLOWED where a rule forbids the pair or one of the two is not there. */
export function scoresWith(
  { pool, model, scorer }: Snapshot,
  own: SmeId,
  others: readonly SmeId[],
): Int32Array {
  const scores = new Int32Array(others.length).fill(NOT_ALLOWED);
  const position = pool.positions.get(own);
  const me = position === undefined ? undefined : pool.features[position];
  if (position === undefined || me?.mayTakePart !== true) return scores;
  if (scorer !== null && others.length >= pool.features.length * WHOLE_ROW) {
    const row = scorer.row(position);
    others.forEach((id, at) => {
      const other = pool.positions.get(id);
      if (other !== undefined && other !== position) scores[at] = row[other];
    });
    return scores;
  }
  others.forEach((id, at) => {
    const other = featuresById(pool, id);
    if (other && mayPair(me, other, model.call)) scores[at] = scorePair(me, other, model).score;
  });
  return scores;
}
