import { ratio } from '../fixed.ts';
import { SCALE } from '../types.ts';
import type { RoundsAsked } from './asked.ts';
import { allowedScores } from './balance.ts';
import { totalBound } from './bound.ts';
import { demandOf } from './demand.ts';
import { NOBODY, type Draft } from './draft.ts';
import type { Room } from './room.ts';
import { tablesOf } from './tables.ts';
import type { Meeting, PlannedRound, RoundsPlan, SmeRounds } from './types.ts';
import { wishesOf } from './wishes.ts';

/** A finished draft in words and figures. */
export function planOf(
  room: Room,
  asked: RoundsAsked,
  { draft, passes }: { draft: Draft; passes: number },
): RoundsPlan {
  const rounds = roundsOf(room, asked, draft);
  const smes = smesOf(room, draft);
  const total = rounds.reduce((sum, round) => sum + round.total, 0);
  const scores = allowedScores(room, draft);
  const present = room.participants.map(
    (_, sme) => draft.rounds.filter((round) => round.present[sme] === 1).length,
  );
  const seats = draft.rounds.map((round) => seatsIn(asked, round.present));
  const task = { size: draft.size, scores, rounds: Int32Array.from(present) };
  const bound = totalBound({ ...task, seats: seats.reduce((sum, count) => sum + count, 0) });
  return {
    rounds,
    wishes: wishesOf(room, asked, draft),
    smes,
    demand: demandOf(asked, { ...task, seats, smes }),
    total,
    bound,
    gap: bound === 0 ? 0 : SCALE - ratio(total, bound),
    status: total === bound ? 'optimal' : 'feasible',
    passes,
  };
}

/** Meetings that a round has room for. */
const seatsIn = ({ tables }: RoundsAsked, present: Uint8Array): number =>
  Math.min(tables, Math.floor(present.reduce((sum, here) => sum + here, 0) / 2));

function roundsOf({ participants, scores }: Room, asked: RoundsAsked, draft: Draft): PlannedRound[] {
  const tables = tablesOf(draft, asked);
  return draft.rounds.map(({ mates, present }, at) => {
    const round = at + asked.first;
    const meetings = [...draft.meetings(at)]
      .map(([u, v]): Meeting => {
        const [a, b] = [participants[u], participants[v]];
        return { round, table: tables[at][u], a, b, score: scores[u * draft.size + v] };
      })
      .sort((x, y) => x.table - y.table);
    return {
      round,
      meetings,
      byes: participants.filter((_, sme) => present[sme] === 1 && mates[sme] === NOBODY),
      absent: participants.filter((_, sme) => present[sme] === 0),
      total: meetings.reduce((sum, { score }) => sum + score, 0),
    };
  });
}

const smesOf = ({ participants, scores }: Room, draft: Draft): SmeRounds[] =>
  participants.map((sme, position) => {
    const mates = draft.rounds.flatMap((round) =>
      round.mates[position] >= 0 ? [round.mates[position]] : [],
    );
    return {
      sme,
      meetings: mates.length,
      byes: draft.byes[position],
      total: mates.reduce((sum, mate) => sum + scores[position * draft.size + mate], 0),
    };
  });
