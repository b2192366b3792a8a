import { SCALE, type SmeId } from '../types.ts';
import { keyOf, type RoundsAsked } from './asked.ts';
import type { Draft } from './draft.ts';
import { solveRound } from './one-round.ts';
import { NOT_ALLOWED, type Room } from './room.ts';
import type { MetWish, RoundsPlan, UnmetReason, UnmetWish, Wish } from './types.ts';

/** What a wish adds to the score of a pair: of one side, and of both. */
export const LIKED = { once: SCALE / 10, mutually: SCALE / 4 };
/** The most that a wish adds. */
export const LIKED_MOST = LIKED.mutually;

/** Two SMEs of whom one at least wished to meet the other. */
interface WishedPair {
  readonly u: number;
  readonly v: number;
  /** By how many of the two, of any kind and as a must. */
  readonly wishes: number;
  readonly musts: number;
}

/** Wished pairs of the room, in order. */
export function wishedPairs({ wishes, positions }: RoundsAsked): WishedPair[] {
  const pairs = new Map<string, { u: number; v: number; wishes: Set<SmeId>; musts: Set<SmeId> }>();
  for (const { from, to, kind } of wishes) {
    const [one, other] = [positions.get(from), positions.get(to)];
    if (one === undefined || other === undefined || one === other) continue;
    const key = keyOf(from, to);
    const pair = pairs.get(key) ?? {
      u: Math.min(one, other),
      v: Math.max(one, other),
      wishes: new Set(),
      musts: new Set(),
    };
    pair.wishes.add(from);
    if (kind === 'must') pair.musts.add(from);
    pairs.set(key, pair);
  }
  return [...pairs.values()]
    .map(({ u, v, wishes: all, musts }) => ({ u, v, wishes: all.size, musts: musts.size }))
    .sort((x, y) => x.u - y.u || x.v - y.v);
}

/** What each pair is worth: its score, and more where it is wished; without those that are barred. Laid out as the scores of a room. */
export function worthOf(room: Room, asked: RoundsAsked): Int32Array {
  const worth = room.scores.slice();
  const size = room.participants.length;
  for (const { u, v, wishes } of wishedPairs(asked)) {
    if (worth[u * size + v] === NOT_ALLOWED) continue;
    const raised = worth[u * size + v] + (wishes === 1 ? LIKED.once : LIKED.mutually);
    worth[u * size + v] = worth[v * size + u] = raised;
  }
  for (const [a, b] of [...asked.never, ...asked.met]) {
    const [u, v] = [asked.positions.get(a), asked.positions.get(b)];
    if (u !== undefined && v !== undefined) worth[u * size + v] = worth[v * size + u] = NOT_ALLOWED;
  }
  return worth;
}

/**
 * Seats and settles pairs that must meet: as many as can be, mutual ones first; where people were told of one already, there. Each round
 * is solved exactly beside the others, until no round can take in more.
 */
export function seatMusts(draft: Draft, asked: RoundsAsked): void {
  const musts = wishedPairs(asked).filter((pair) => pair.musts > 0);
  const wanted = new Map(musts.map((pair) => [pair.u * draft.size + pair.v, pair.musts]));
  for (const { round, u, v } of asked.standing) {
    const at = round - asked.first;
    if (wanted.has(u * draft.size + v) && draft.counts[at] < asked.tables && draft.maySeat(at, u, v)) {
      draft.seat(at, u, v);
    }
  }
  const one = { draft, musts, tables: asked.tables };
  for (let better = musts.length > 0; better;) {
    better = false;
    for (let round = 0; round < draft.rounds.length; round += 1) if (moreMusts(one, round)) better = true;
  }
  for (let round = 0; round < draft.rounds.length; round += 1) {
    for (const [u, v] of draft.meetings(round)) draft.settle(round, u, v);
  }
}

/** Solves the musts of one round anew. @returns whether more could be met */
function moreMusts(
  { draft, musts, tables }: { draft: Draft; musts: readonly WishedPair[]; tables: number },
  round: number,
): boolean {
  const { size } = draft;
  // one mutual wish before any number of others
  const value = (pair: WishedPair): number => (pair.musts === 2 ? musts.length + 1 : 1);
  const before = [...draft.meetings(round, 'unsettled')];
  const valueOf = (u: number, v: number): number => {
    const pair = musts.find((must) => must.u === Math.min(u, v) && must.v === Math.max(u, v));
    return pair ? value(pair) : 0;
  };
  for (const [u, v] of before) draft.unseat(round, u, v);
  const weights = new Int32Array(size * size).fill(NOT_ALLOWED);
  const free = new Set<number>();
  for (const pair of musts) {
    if (!draft.maySeat(round, pair.u, pair.v)) continue;
    weights[pair.u * size + pair.v] = weights[pair.v * size + pair.u] = value(pair);
    free.add(pair.u).add(pair.v);
  }
  const solved = solveRound({
    size,
    free: Int32Array.from(free).sort(),
    weights,
    seat: new Float64Array(size),
    tables: tables - draft.counts[round],
  });
  const after = [...solved].flatMap((v, u): [number, number][] => (v > u ? [[u, v]] : []));
  const worth = (pairs: readonly (readonly [number, number])[]): number =>
    pairs.reduce((sum, [u, v]) => sum + valueOf(u, v), 0);
  const better = worth(after) > worth(before);
  for (const [u, v] of better ? after : before) draft.seat(round, u, v);
  return better;
}

/** Which wishes a finished draft meets, and why not the others. */
export function wishesOf(room: Room, asked: RoundsAsked, draft: Draft): RoundsPlan['wishes'] {
  const met: MetWish[] = [];
  const unmet: UnmetWish[] = [];
  const wishedBy = new Set(asked.wishes.map(({ from, to }) => JSON.stringify([from, to])));
  const reasonFor = reasonsIn(room, asked, draft);
  for (const wish of asked.wishes) {
    const mutual = wishedBy.has(JSON.stringify([wish.to, wish.from]));
    const [u, v] = [asked.positions.get(wish.from), asked.positions.get(wish.to)];
    const round =
      u === undefined || v === undefined ? -1 : draft.rounds.findIndex(({ mates }) => mates[u] === v);
    if (round >= 0) met.push({ ...wish, mutual, round: round + asked.first });
    else unmet.push({ ...wish, mutual, reason: reasonFor(wish) });
  }
  return { met, unmet };
}

function reasonsIn(room: Room, asked: RoundsAsked, draft: Draft): (wish: Wish) => UnmetReason {
  const size = room.participants.length;
  const never = new Set(asked.never.map((two) => keyOf(...two)));
  const metBefore = new Set(asked.met.map((two) => keyOf(...two)));
  const musts = wishedPairs(asked).filter(
    (pair) => pair.musts > 0 && draft.worthOf(pair.u, pair.v) !== NOT_ALLOWED,
  );
  const overbooked = (sme: number): boolean =>
    musts.filter(({ u, v }) => u === sme || v === sme).length >
    draft.rounds.filter(({ present }) => present[sme] === 1).length;
  return ({ from, to, kind }) => {
    const [u, v] = [asked.positions.get(from), asked.positions.get(to)];
    if (u === undefined || v === undefined) return 'not-in-room';
    if (room.scores[u * size + v] === NOT_ALLOWED) return 'not-allowed';
    if (never.has(keyOf(from, to))) return 'never';
    if (metBefore.has(keyOf(from, to))) return 'met-before';
    if (!draft.rounds.some((_, round) => bothFree(asked, round, [u, v]))) return 'never-both-free';
    if (kind === 'must' && (overbooked(u) || overbooked(v))) return 'more-wishes-than-rounds';
    return 'others-came-first';
  };
}

/** Whether both are present in a round and not pinned in it. */
const bothFree = ({ present, pinned, first }: RoundsAsked, round: number, two: readonly number[]): boolean =>
  two.every(
    (sme) =>
      present[round][sme] === 1 &&
      !pinned.some((pin) => pin.round - first === round && (pin.u === sme || pin.v === sme)),
  );
