import { replan, type MatchingIndex, type Progress, type Replan, type Room } from '../../matching/index.ts';
import type { SmeId } from '../../matching/types.ts';

/*
 * What the engine's thread knows of events that take place: the scores of all pairs that may meet there, and from them the best partners
 * of everybody among those present. Arrivals and departures touch no score, so they cost a look along rows that are there already.
 */

/** Who is where at an event. */
export interface EventRoom {
  readonly event: string;
  /** Everybody invited; here and expected are among them. */
  readonly invited: readonly SmeId[];
  readonly here: readonly SmeId[];
  readonly expected: readonly SmeId[];
}

export interface EventPartner {
  readonly partner: SmeId;
  /** Integer in millionths. */
  readonly score: number;
}

/** The best partners of one SME at an event, best first, ties by id. */
export interface EventList {
  readonly here: readonly EventPartner[];
  readonly expected: readonly EventPartner[];
}

/** What is to be planned, for whom. Ids that the engine does not know are passed over. */
export interface RoundsQuestion {
  readonly participants: readonly SmeId[];
  readonly options: Parameters<typeof replan>[0]['options'];
  readonly told: Parameters<typeof replan>[0]['told'];
}

/** Partners in each part of a list. */
const LENGTH = 10;
/** Rows between two reports. */
const BLOCK = 64;
/** The scores of more than that are not held at once: then those who are here or expected must do. */
const HELD_MOST = 3_000;

interface Held {
  readonly room: Room;
  readonly positions: ReadonlyMap<SmeId, number>;
  /** Of the index when the scores were read. */
  readonly revision: number;
  lists: Map<SmeId, EventList>;
}

const known = (index: MatchingIndex, ids: readonly SmeId[]): SmeId[] =>
  ids.filter((id) => index.list(id) !== undefined);

/** Plans the coming rounds of an event. */
export function* planIn(
  index: MatchingIndex,
  { participants, options, told }: RoundsQuestion,
): Generator<Progress, Replan, void> {
  const room = yield* index.room(known(index, participants));
  const positions = new Map(room.participants.map((id, position) => [id, position]));
  // What was agreed on cannot be kept where a rule stands against it by now, or one of the two is gone.
  const stands = ({ a, b }: { a: SmeId; b: SmeId }): boolean => {
    const [u, v] = [positions.get(a), positions.get(b)];
    return u !== undefined && v !== undefined && (room.scores[u * room.participants.length + v] ?? -1) >= 0;
  };
  const pinned = (options.pinned ?? []).filter(stands);
  return yield* replan({ room, options: { ...options, pinned }, told });
}

/** Holds the rooms of the events that take place. */
export class EventRooms {
  readonly #held = new Map<string, Held>();

  /** Brings the lists of everybody here up to date; answers with those whose list is another one than last time. */
  *lists(index: MatchingIndex, revision: number, ask: EventRoom): Generator<Progress, SmeId[], void> {
    const held = yield* this.#scores(index, revision, ask);
    const lists = new Map<SmeId, EventList>();
    const changed: SmeId[] = [];
    const positionsOf = (ids: readonly SmeId[]): number[] =>
      ids.flatMap((id) => held.positions.get(id) ?? []);
    const [here, expected] = [positionsOf(ask.here), positionsOf(ask.expected)];
    for (const [at, position] of [...here, ...expected].entries()) {
      const id = held.room.participants[position];
      if (id === undefined) continue;
      const list = { here: best(held.room, position, here), expected: best(held.room, position, expected) };
      const before = held.lists.get(id);
      if (before && sameList(before, list)) lists.set(id, before);
      else {
        lists.set(id, list);
        changed.push(id);
      }
      if (at % BLOCK === 0) yield { done: at, total: here.length + expected.length };
    }
    held.lists = lists;
    return changed;
  }

  /** The list of one SME as of the last `lists`; null where it was not there. */
  list(event: string, sme: SmeId): EventList | null {
    return this.#held.get(event)?.lists.get(sme) ?? null;
  }

  close(event: string): void {
    this.#held.delete(event);
  }

  *#scores(index: MatchingIndex, revision: number, ask: EventRoom): Generator<Progress, Held, void> {
    const held = this.#held.get(ask.event);
    const needed = [...ask.here, ...ask.expected];
    const covers = held && needed.every((id) => held.positions.has(id) || index.list(id) === undefined);
    if (held?.revision === revision && covers === true) return held;
    const wanted = ask.invited.length <= HELD_MOST ? [...ask.invited, ...needed] : needed.slice(0, HELD_MOST);
    const room = yield* index.room(known(index, [...new Set(wanted)]));
    const positions = new Map(room.participants.map((id, position) => [id, position]));
    const fresh: Held = { room, positions, revision, lists: held?.lists ?? new Map<SmeId, EventList>() };
    this.#held.set(ask.event, fresh);
    return fresh;
  }
}

/**
 * The best of these partners for one SME; a short sorted list, as most are worse than its last. Runs over all pairs of a room at each
 * arrival, hence the plain loops.
 */
function best({ participants, scores }: Room, own: number, among: readonly number[]): EventPartner[] {
  const row = own * participants.length;
  const top: { position: number; score: number }[] = [];
  // Score of the last one once the list is full: nobody below it comes in.
  let least = 0;
  for (const position of among) {
    const score = scores[row + position] ?? -1;
    if (score < least || position === own) continue;
    let at = top.length;
    for (; at > 0; at -= 1) {
      const above = top[at - 1];
      // Positions are in the order of ids, and `among` may not be.
      if (!above || above.score > score || (above.score === score && above.position < position)) break;
    }
    if (at === LENGTH) continue;
    top.splice(at, 0, { position, score });
    if (top.length > LENGTH) top.pop();
    if (top.length === LENGTH) least = top[LENGTH - 1]?.score ?? 0;
  }
  return top.flatMap(({ position, score }) => {
    const partner = participants[position];
    return partner === undefined ? [] : [{ partner, score }];
  });
}

const samePart = (one: readonly EventPartner[], other: readonly EventPartner[]): boolean =>
  one.length === other.length &&
  one.every(({ partner, score }, at) => {
    const its = other[at];
    return its?.partner === partner && its.score === score;
  });

const sameList = (one: EventList, other: EventList): boolean =>
  samePart(one.here, other.here) && samePart(one.expected, other.expected);
