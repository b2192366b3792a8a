import type { Two } from '../assignment/asked.ts';
import { SCALE, type SmeId } from '../types.ts';
import { NOT_ALLOWED, type Room } from './room.ts';
import type { Meeting, Pin, RoundsOptions, Wish } from './types.ts';

/** Two positions in the room with a round, and a table where one is settled. */
export interface Seat {
  readonly round: number;
  readonly u: number;
  readonly v: number;
  /** 0: any. */
  readonly table: number;
}

/** Options in full, checked, with positions in the room for ids. */
export interface RoundsAsked {
  readonly first: number;
  readonly last: number;
  readonly tables: number;
  readonly wishes: readonly Wish[];
  readonly never: readonly Two[];
  readonly met: readonly Two[];
  readonly pinned: readonly Seat[];
  readonly standing: readonly Seat[];
  readonly standingBonus: number;
  readonly needed: number;
  /** By position: rounds sat out before. */
  readonly byes: Int32Array;
  /** By round (from 0, at `first`): 1 where the SME is present. */
  readonly present: readonly Uint8Array[];
  readonly positions: ReadonlyMap<SmeId, number>;
}

const STANDING_BONUS = SCALE / 4;
/** Keeps weights, and sums of them, exact. */
const BONUS_MOST = 10 * SCALE;
const ROUNDS_MOST = 100;

/** @throws RangeError where a value is not a whole number from `least` to `most` */
function whole(name: string, value: number, [least, most]: readonly [number, number]): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new RangeError(`${name} is ${value}; it must be a whole number from ${least} to ${most}.`);
}

/**
 * Fills in and checks options.
 *
 * @throws RangeError for numbers out of range, unknown wishes' kinds, and pins that contradict each other or anything else, naming them
 */
export function roundsAsked(room: Room, options: RoundsOptions): RoundsAsked {
  const { participants } = room;
  const positions = new Map(participants.map((id, position) => [id, position]));
  const last = whole('The number of rounds', options.rounds, [1, ROUNDS_MOST]);
  const first = whole('The first round', options.first ?? 1, [1, last]);
  const half = Math.floor(participants.length / 2);
  const asked: RoundsAsked = {
    first,
    last,
    tables: whole('The number of tables', options.tables ?? half, [0, Number.MAX_SAFE_INTEGER]),
    wishes: (options.wishes ?? []).toSorted(inOrder(({ from, to, kind }) => [from, to, kind])),
    never: options.never ?? [],
    met: options.met ?? [],
    pinned: [],
    standing: seatsOf(options.standing ?? [], positions).filter(
      ({ round }) => round >= first && round <= last,
    ),
    standingBonus: whole('The bonus', options.standingBonus ?? STANDING_BONUS, [0, BONUS_MOST]),
    needed: whole('The number of meetings needed', options.needed ?? 0, [0, ROUNDS_MOST]),
    byes: byesOf(options, positions),
    present: presenceOf(options, positions, [first, last]),
    positions,
  };
  const pinned = seatsOf(options.pinned ?? [], positions);
  if (pinned.length < (options.pinned ?? []).length) {
    const lost = options.pinned?.find(({ a, b }) => !positions.has(a) || !positions.has(b));
    throw new RangeError(`${lost?.a} or ${lost?.b}, who are pinned, is not in the room.`);
  }
  checkPins(room, asked, pinned);
  return { ...asked, pinned };
}

const inOrder =
  <Item>(keys: (item: Item) => readonly SmeId[]) =>
  (one: Item, other: Item): number => {
    const [x, y] = [JSON.stringify(keys(one)), JSON.stringify(keys(other))];
    return x < y ? -1 : x > y ? 1 : 0;
  };

/** Meetings of SMEs that are in the room, in order. */
const seatsOf = (meetings: readonly (Pin | Meeting)[], positions: ReadonlyMap<SmeId, number>): Seat[] =>
  meetings
    .flatMap(({ round, a, b, table = 0 }) => {
      const [u, v] = [positions.get(a), positions.get(b)];
      return u === undefined || v === undefined
        ? []
        : [{ round, u: Math.min(u, v), v: Math.max(u, v), table }];
    })
    .sort((x, y) => x.round - y.round || x.u - y.u || x.v - y.v);

function byesOf({ byes = [] }: RoundsOptions, positions: ReadonlyMap<SmeId, number>): Int32Array {
  const counts = new Int32Array(positions.size);
  for (const { sme, count } of byes) {
    const position = positions.get(sme);
    if (position !== undefined) counts[position] += whole(`The byes of ${sme}`, count, [0, ROUNDS_MOST]);
  }
  return counts;
}

function presenceOf(
  { absences = [] }: RoundsOptions,
  positions: ReadonlyMap<SmeId, number>,
  [first, last]: readonly [number, number],
): Uint8Array[] {
  const present = Array.from({ length: last - first + 1 }, () => new Uint8Array(positions.size).fill(1));
  for (const { sme, round } of absences) {
    const position = positions.get(sme);
    if (position !== undefined && round >= first && round <= last) present[round - first][position] = 0;
  }
  return present;
}

function checkPins({ participants, scores }: Room, asked: RoundsAsked, pinned: readonly Seat[]): void {
  const { first, last, tables, present } = asked;
  const barred = new Set([...asked.never, ...asked.met].map((two) => keyOf(...two)));
  const seen = new Set<string>();
  const once = (key: string, problem: string): void => {
    if (seen.has(key)) throw new RangeError(problem);
    seen.add(key);
  };
  for (const { round, u, v, table } of pinned) {
    const [a, b] = [participants[u], participants[v]];
    whole(`The round of ${a} and ${b}`, round, [first, last]);
    whole(`The table of ${a} and ${b}`, table, [0, tables]);
    if (u === v || scores[u * participants.length + v] === NOT_ALLOWED) {
      throw new RangeError(`${a} and ${b} are pinned, but a rule does not allow them to meet.`);
    }
    if (barred.has(keyOf(a, b))) throw new RangeError(`${a} and ${b} are pinned, but are not to meet.`);
    once(keyOf(a, b), `${a} and ${b} are pinned twice.`);
    for (const position of [u, v]) {
      const id = participants[position];
      once(JSON.stringify([id, round]), `${id} is pinned to two partners in round ${round}.`);
      if (present[round - first][position] === 0)
        throw new RangeError(`${id} is pinned in round ${round}, but absent.`);
    }
    if (table > 0) once(`${round} ${table}`, `Table ${table} is pinned twice in round ${round}.`);
  }
  for (let round = first; round <= last; round += 1) {
    const count = pinned.filter((seat) => seat.round === round).length;
    if (count > tables)
      throw new RangeError(`Round ${round} has ${count} pinned meetings and ${tables} tables.`);
  }
}

/** One key for two SMEs, either way round. */
export const keyOf = (a: SmeId, b: SmeId): string => JSON.stringify(a < b ? [a, b] : [b, a]);
