import { buildGraph, type Edge } from '../assignment/graph.ts';
import { heaviestMatching } from '../assignment/solve.ts';
import { SCALE, type SmeId } from '../types.ts';
import { keyOf } from './asked.ts';
import type { ReplanInput } from './replan.ts';
import { NOT_ALLOWED } from './room.ts';
import type { Meeting, PlannedRound, Wish } from './types.ts';
import { LIKED } from './wishes.ts';

/*
 * Problem: somebody comes, goes or makes room for others; the rounds to come are to be put right within milliseconds.
 * Method: what people were told stands. Those who are left without a meeting are matched with each other, heaviest first, those who sat out
 * most before; where two of them may not meet, the one meeting is opened whose two fit them best. Where that leaves more than one of them
 * alone, a must unmet, or somebody alone who sat out more often than somebody seated, this gives up, and `replan` looks at everything.
 * Complexity: rows of scores for those who are alone, O(meetings) for each two of them.
 */

/** More than so many alone in one round are not a matter of a patch. */
const ALONE_MOST = 24;
/** Sitting out once is worth more than any score, a seat more than any number of these. */
const BYE = 2 * SCALE;
const SEAT = 1000 * BYE;

/** What is asked of the pool. */
export interface PatchInput extends Pick<ReplanInput, 'options' | 'told'> {
  readonly participants: readonly SmeId[];
  /** Scores of one SME with the others, in their order; below 0 where they may not meet. */
  readonly scoresOf: (own: SmeId, others: readonly SmeId[]) => Int32Array;
  readonly mayMeet: (a: SmeId, b: SmeId) => boolean;
}

/** What holds while the rounds are gone through. */
interface Standing {
  readonly input: PatchInput;
  readonly places: ReadonlyMap<SmeId, number>;
  /** Pairs that may not be seated (again), and those that must meet. */
  readonly spent: Set<string>;
  readonly musts: ReadonlySet<string>;
  /** What wishes add to the scores of pairs. */
  readonly liked: ReadonlyMap<string, number>;
  readonly fixed: ReadonlySet<string>;
  /** Rounds sat out so far. */
  readonly byes: Map<SmeId, number>;
  readonly rows: Map<SmeId, Int32Array>;
}

/** The rounds to come, put right; null where a patch is not enough. What is there already stays. */
export function patchRounds(input: PatchInput): PlannedRound[] | null {
  const { options, told } = input;
  const held = told.filter(({ round }) => round < options.first);
  const standing = standingOf(input, held);
  const coming = told.filter(({ round }) => round >= options.first && round <= options.rounds);
  const kept = coming.filter((meeting) => stays(standing, meeting));
  for (const { a, b } of kept) standing.spent.add(keyOf(a, b));
  const rounds: PlannedRound[] = [];
  for (let round = options.first; round <= options.rounds; round += 1) {
    const patched = patchRound(standing, round, kept);
    if (!patched) return null;
    rounds.push(patched);
  }
  // A must that stands nowhere yet may have a place now.
  const open = [...standing.musts].some((pair) => !standing.spent.has(pair));
  return open ? null : rounds;
}

function standingOf(input: PatchInput, held: readonly Meeting[]): Standing {
  const { participants, options, mayMeet } = input;
  const places = new Map(participants.map((id, place) => [id, place]));
  const musts = (options.wishes ?? [])
    .filter(
      ({ from, to, kind }) => kind === 'must' && places.has(from) && places.has(to) && mayMeet(from, to),
    )
    .map(({ from, to }) => keyOf(from, to));
  const byes = new Map(participants.map((id) => [id, options.first - 1]));
  for (const { a, b } of held) for (const id of [a, b]) byes.set(id, (byes.get(id) ?? 0) - 1);
  for (const { sme, count } of options.byes ?? []) byes.set(sme, (byes.get(sme) ?? 0) + count);
  const spent = [
    ...(options.never ?? []),
    ...(options.met ?? []),
    ...held.map(({ a, b }) => [a, b] as const),
  ];
  return {
    input,
    places,
    spent: new Set(spent.map(([a, b]) => keyOf(a, b))),
    musts: new Set(musts),
    liked: likedPairs(options.wishes ?? []),
    fixed: new Set((options.pinned ?? []).map(({ round, a, b }) => `${round} ${keyOf(a, b)}`)),
    byes,
    rows: new Map(),
  };
}

function likedPairs(wishes: readonly Wish[]): Map<string, number> {
  const liked = new Map<string, number>();
  for (const { from, to } of wishes) {
    const key = keyOf(from, to);
    liked.set(key, liked.has(key) ? LIKED.mutually : LIKED.once);
  }
  return liked;
}

/** Whether a meeting can still take place. */
function stays({ input, places, spent }: Standing, { a, b, round }: Meeting): boolean {
  const isAway = (id: SmeId): boolean =>
    !places.has(id) || (input.options.absences ?? []).some((one) => one.sme === id && one.round === round);
  return !isAway(a) && !isAway(b) && !spent.has(keyOf(a, b)) && input.mayMeet(a, b);
}

/** One round on its way. */
interface Patch {
  readonly round: number;
  readonly meetings: Meeting[];
  alone: SmeId[];
  readonly added: { a: SmeId; b: SmeId; score: number }[];
}

function patchRound(standing: Standing, round: number, kept: readonly Meeting[]): PlannedRound | null {
  const { participants, options } = standing.input;
  const meetings = kept.filter((meeting) => meeting.round === round);
  const busy = new Set(meetings.flatMap(({ a, b }) => [a, b]));
  const absent = new Set(
    (options.absences ?? []).flatMap((absence) => (absence.round === round ? absence.sme : [])),
  );
  const alone = participants.filter((id) => !busy.has(id) && !absent.has(id));
  const tables = options.tables ?? Math.floor(participants.length / 2);
  if (alone.length > ALONE_MOST || meetings.length > tables) return null;
  const patch: Patch = { round, meetings, alone, added: [] };
  matchAlone(standing, patch);
  while (patch.alone.length > 1 && openMeeting(standing, patch));
  const isFull = patch.meetings.length + patch.added.length >= tables;
  if (patch.meetings.length + patch.added.length > tables || (patch.alone.length > 1 && !isFull)) return null;
  if (isUnfair(standing, patch)) return null;
  for (const id of patch.alone) standing.byes.set(id, (standing.byes.get(id) ?? 0) + 1);
  return finished(patch, participants.filter((id) => absent.has(id)).toSorted());
}

/** Score of a pair that may be seated; NOT_ALLOWED otherwise. `own` is one of those who are alone. */
function scoreOf({ input, places, spent, rows }: Standing, own: SmeId, other: SmeId): number {
  if (own === other || spent.has(keyOf(own, other))) return NOT_ALLOWED;
  const row = rows.get(own) ?? input.scoresOf(own, input.participants);
  rows.set(own, row);
  return row[places.get(other) ?? -1] ?? NOT_ALLOWED;
}

/** Seats those who are alone with each other. */
function matchAlone(standing: Standing, patch: Patch): void {
  const { alone } = patch;
  const edges: Edge[] = [];
  const byesOf = (id: SmeId): number => standing.byes.get(id) ?? 0;
  alone.forEach((own, u) => {
    for (let v = u + 1; v < alone.length; v += 1) {
      const score = scoreOf(standing, own, alone[v]);
      if (score < 0) continue;
      const liked = standing.liked.get(keyOf(own, alone[v])) ?? 0;
      edges.push({ u, v, w: SEAT + BYE * (byesOf(own) + byesOf(alone[v])) + score + liked });
    }
  });
  const { mates } = heaviestMatching(buildGraph(alone.length, edges));
  mates.forEach((v, u) => {
    if (v > u) add(standing, patch, alone[u], alone[v]);
  });
  patch.alone = alone.filter((_, u) => mates[u] < 0);
}

function add(standing: Standing, patch: Patch, own: SmeId, other: SmeId): void {
  const score = scoreOf(standing, own, other);
  standing.spent.add(keyOf(own, other));
  const [a, b] = own < other ? [own, other] : [other, own];
  patch.added.push({ a, b, score });
}

/** Seats two who may not meet with the two of one meeting. @returns whether there was one */
function openMeeting(standing: Standing, patch: Patch): boolean {
  const { round, meetings, alone } = patch;
  const open = meetings.filter(
    ({ a, b }) => !standing.fixed.has(`${round} ${keyOf(a, b)}`) && !standing.musts.has(keyOf(a, b)),
  );
  const likedOf = (a: SmeId, b: SmeId): number => standing.liked.get(keyOf(a, b)) ?? 0;
  let best: { worth: number; one: SmeId; other: SmeId; opened: Meeting; swap: boolean } | null = null;
  for (const [at, one] of alone.entries()) {
    for (const other of alone.slice(at + 1)) {
      for (const opened of open) {
        for (const swap of [false, true]) {
          const [first, second] = swap ? [opened.b, opened.a] : [opened.a, opened.b];
          const [x, y] = [scoreOf(standing, one, first), scoreOf(standing, other, second)];
          if (x < 0 || y < 0) continue;
          const worth = x + y + likedOf(one, first) + likedOf(other, second) - opened.score;
          if (best === null || worth > best.worth) best = { worth, one, other, opened, swap };
        }
      }
    }
  }
  if (best === null) return false;
  const { one, other, opened, swap } = best;
  meetings.splice(meetings.indexOf(opened), 1);
  standing.spent.delete(keyOf(opened.a, opened.b));
  add(standing, patch, one, swap ? opened.b : opened.a);
  add(standing, patch, other, swap ? opened.a : opened.b);
  patch.alone = alone.filter((id) => id !== one && id !== other);
  return true;
}

/** Whether somebody is alone who sat out more often than somebody whose place it could take. */
function isUnfair(standing: Standing, { round, meetings, alone }: Patch): boolean {
  const byesOf = (id: SmeId): number => standing.byes.get(id) ?? 0;
  const open = meetings.filter(({ a, b }) => !standing.fixed.has(`${round} ${keyOf(a, b)}`));
  return alone.some((own) =>
    open.some(
      ({ a, b }) =>
        (byesOf(own) > byesOf(a) && scoreOf(standing, own, b) >= 0) ||
        (byesOf(own) > byesOf(b) && scoreOf(standing, own, a) >= 0),
    ),
  );
}

/** With tables: kept meetings stay where they are, new ones take those that are free, the lowest first. */
function finished({ round, meetings, alone, added }: Patch, absent: readonly SmeId[]): PlannedRound {
  const taken = new Set(meetings.map(({ table }) => table));
  let table = 0;
  const next = (): number => {
    do table += 1;
    while (taken.has(table));
    return table;
  };
  const all = [...meetings, ...added.map((pair) => ({ ...pair, round, table: next() }))];
  return {
    round,
    meetings: all.toSorted((one, other) => one.table - other.table),
    byes: alone.toSorted(),
    absent,
    total: all.reduce((sum, { score }) => sum + score, 0),
  };
}
