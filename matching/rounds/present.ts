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
/** Share of newcomers up to which an earlier room is gone on from. */
const FEW = 1 / 4;

/**
 * The room of those who are present: who of them may meet whom by the rules of the call, with the scores that they have in the whole pool.
 *
 * @param before a room of the same snapshot: who was in it is not scored with each other again
 * @throws RangeError for an id that is not in the pool or comes twice, or more of them than a room holds
 */
export function* roomOfPresent(
  snapshot: Snapshot,
  ids: readonly SmeId[],
  before: Room | null = null,
): Generator<Progress, Room, void> {
  const { pool, model, tops } = snapshot;
  const room = emptyRoom(ids);
  const total = room.participants.length;
  const features = room.participants.map((id) => {
    const own = featuresById(pool, id);
    if (!own) throw new RangeError(`No SME with the id '${id}' in the last finished refresh.`);
    return own;
  });
  if (before) {
    const came = takeOver(room, before);
    if (came.length <= total * FEW) {
      yield { done: 0, total: came.length };
      yield* scoreThese(snapshot, room, came);
      return room;
    }
  }
  const positions = new Map(room.participants.map((id, position) => [id, position]));
  const present: Pool = { ...pool, features, positions };
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

/** Copies what an earlier room knows. @returns positions of those who were not in it */
function takeOver(room: Room, before: Room): number[] {
  const old = new Map(before.participants.map((id, position) => [id, position]));
  const was = room.participants.map((id) => old.get(id) ?? -1);
  const [total, oldTotal] = [was.length, before.participants.length];
  was.forEach((from, u) => {
    if (from < 0) return;
    for (let v = 0; v < total; v += 1) {
      if (was[v] >= 0) room.scores[u * total + v] = before.scores[from * oldTotal + was[v]];
    }
  });
  return [...was.keys()].filter((position) => was[position] < 0);
}

/** Fills in the scores of these with everybody, both ways round. */
function* scoreThese(
  snapshot: Snapshot,
  { participants, scores }: Room,
  positions: readonly number[],
): Generator<Progress, void, void> {
  const total = participants.length;
  for (const [done, u] of positions.entries()) {
    const row = scoresWith(snapshot, participants[u], participants);
    for (let v = 0; v < total; v += 1) {
      scores[u * total + v] = row[v];
      scores[v * total + u] = row[v];
    }
    yield { done: done + 1, total: positions.length };
  }
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
