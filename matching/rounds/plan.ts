import { SUM_MAX } from '../assignment/graph.ts';
import { SCALE } from '../types.ts';
import type { Progress } from '../steps.ts';
import { roundsAsked, type RoundsAsked } from './asked.ts';
import { balance } from './balance.ts';
import { Draft, NOBODY } from './draft.ts';
import { solveRound, type Mates } from './one-round.ts';
import { planOf } from './report.ts';
import { NOT_ALLOWED, type Room } from './room.ts';
import type { RoundsOptions, RoundsPlan } from './types.ts';
import { LIKED_MOST, seatMusts, worthOf } from './wishes.ts';

/*
 * Problem: k rounds of meetings in one room: nobody twice in a round, no pair twice, as many seats taken as can be, those first who sat
 * out most, and then the largest sum of scores. NP-hard in general (k = 3: Holyer 1981, colouring the edges of a graph).
 * Method: settle what is pinned and what must be; then solve one round after the other exactly (one-round.ts) while the others stand,
 * again and again until no round can be made better.
 * Each step raises one and the same sum, so it ends: for each SME that sat out b rounds it loses 1 + 3 + ... + (2b - 1) = b x b units,
 * a unit being more than all scores of a round together. SMEs that can be seated at once form a matroid (Edmonds and Fulkerson 1965): seating
 * the most deserving never costs a seat.
 */

/** How often all rounds are gone through at most between two evenings-out; two or three are enough as a rule. */
const PASSES = 20;
/** How often rounds are made better and evened out at most. */
const TURNS = 3;

/** What of a plan stays the same from round to round. */
interface Work {
  readonly draft: Draft;
  readonly asked: RoundsAsked;
  /** What seating an SME for the first time is worth: more than all scores of a round. */
  readonly unit: number;
  /** Units that a seat is worth at most, so that sums stay exact. */
  readonly unitsMost: number;
  /** By round: pairs that people were told of. */
  readonly told: readonly (readonly (readonly [number, number])[])[];
}

/**
 * Plans rounds of meetings. The same input in any order gives the same plan. A generator, so that the caller can pause it, report, or give
 * it up by not going on.
 *
 * What is guaranteed: nobody twice in a round, no pair twice or that may not meet, pins kept, no more meetings than tables; the number of
 * mutual, then of one-sided musts cannot be raised by solving any one round anew; nor can, beside these and the other rounds as they are,
 * any round seat more SMEs, seat such that sat out more, or have a larger sum of worth. Byes differ by at most one where
 * no single round stands in the way: two SMEs whose byes differ by two or more cannot change places in any one round.
 *
 * @throws RangeError for options that contradict each other or the room (see asked.ts)
 */
export function* planRounds(room: Room, options: RoundsOptions): Generator<Progress, RoundsPlan, void> {
  const asked = roundsAsked(room, options);
  const work = begin(room, asked);
  let passes = 0;
  for (let turn = 0; turn < TURNS; turn += 1) {
    const better = yield* improveAll(work, passes);
    passes += better.passes;
    // the sum can only be raised further where evening out opened a way
    if (!balance(room, work.draft, asked) || (turn > 0 && better.changes === 0)) break;
  }
  return planOf(room, asked, { draft: work.draft, passes });
}

/** Goes through all rounds until none can be made better. */
function* improveAll(
  work: Work,
  earlier: number,
): Generator<Progress, { passes: number; changes: number }, void> {
  const count = work.draft.rounds.length;
  const seenAt = new Int32Array(count).fill(-1);
  let [passes, changes] = [0, 0];
  for (let before = -1; before < changes && passes < PASSES; passes += 1) {
    before = changes;
    for (let round = 0; round < count; round += 1) {
      // nothing else has changed since it was solved last
      if (seenAt[round] === changes) continue;
      if (improve(work, round)) changes += 1;
      seenAt[round] = changes;
      const done = (earlier + passes) * count + round;
      yield { done, total: Math.max(TURNS * count, done + count) };
    }
  }
  return { passes, changes };
}

/** Seats what is settled: pins, musts, and what people were told, as far as it can stand. */
function begin(room: Room, asked: RoundsAsked): Work {
  const draft = new Draft(room, asked, worthOf(room, asked));
  for (const { round, u, v } of asked.pinned) {
    draft.seat(round - asked.first, u, v);
    draft.settle(round - asked.first, u, v);
  }
  seatMusts(draft, asked);
  const told = draft.rounds.map((): [number, number][] => []);
  for (const { round, u, v } of asked.standing) {
    const at = round - asked.first;
    told[at].push([u, v]);
    if (draft.counts[at] < asked.tables && draft.maySeat(at, u, v)) draft.seat(at, u, v);
  }
  const unit = Math.floor(draft.size / 2) * (SCALE + LIKED_MOST + asked.standingBonus) + 1;
  return { draft, asked, unit, unitsMost: Math.floor(SUM_MAX / (3 * Math.max(1, draft.size) * unit)), told };
}

/** Solves one round anew while the others stand. @returns whether it got better */
function improve({ draft, asked, unit, unitsMost, told }: Work, round: number): boolean {
  const { size, rounds, open } = draft;
  const before = [...draft.meetings(round, 'unsettled')];
  for (const [u, v] of before) draft.unseat(round, u, v);
  const free = Int32Array.from(rounds[round].mates.keys()).filter(
    (sme) => rounds[round].present[sme] === 1 && rounds[round].mates[sme] === NOBODY,
  );
  // in this round all that are free count as sitting out
  const seat = Float64Array.from(draft.byes, (byes) => unit * Math.min(unitsMost, 2 * byes - 1));
  const raised = told[round].filter(([u, v]) => open[u * size + v] !== NOT_ALLOWED);
  const raise = (by: number): void => {
    for (const [u, v] of raised) {
      open[u * size + v] += by;
      open[v * size + u] += by;
    }
  };
  raise(asked.standingBonus);
  const mates = solveRound({ size, free, weights: open, seat, tables: asked.tables - draft.counts[round] });
  const after = pairsOf(mates);
  const worth = (pairs: readonly (readonly [number, number])[]): number =>
    pairs.reduce((sum, [u, v]) => sum + open[u * size + v] + seat[u] + seat[v], 0);
  const better = worth(after) > worth(before);
  raise(-asked.standingBonus);
  for (const [u, v] of better ? after : before) draft.seat(round, u, v);
  return better;
}

const pairsOf = (mates: Mates): [number, number][] =>
  [...mates].flatMap((v, u): [number, number][] => (v > u ? [[u, v]] : []));
