import type { Two } from '../assignment/asked.ts';
import { NONE } from '../assignment/blossoms.ts';
import { buildGraph, type Edge } from '../assignment/graph.ts';
import { NOT_ALLOWED, type Room } from '../rounds/room.ts';
import { SCALE, type Pair, type SmeId } from '../types.ts';
import type { VertexPair } from './changes.ts';
import type { Candidate, RoomChange, RoomForcing, RoomProof, RoomSummary } from './room-types.ts';
import { StandingMatching, type NewEdge } from './standing.ts';
import { asTwo, byTwo, TwoSet } from './two-set.ts';
import { STANDING_MOST, Worths, type RoomOptions } from './worth.ts';

/*
 * Problem: the best set of pairs for a room that people enter and leave, that is the best at every moment, and close to what they were
 * told.
 * Method: a StandingMatching over what pairs are worth (worth.ts). Pairs that were told are worth a stated bonus more. Pinned pairs are
 * taken out. With the aim 'everybody', whenever the number of those to be paired is odd, an empty chair takes part: a partner for
 * anybody, worth nothing. Somebody has to be alone then, so it changes no optimum; but it lets two trees grow towards each other, from
 * whoever has lost a partner and from the chair, where one tree would go through the whole room for whom to leave alone.
 */

/**
 * A room of SMEs with its best set of pairs.
 *
 * @example
 * const room = new StandingRoom(['A', 'B'], [{ a: 'A', b: 'B', score: 600_000 }]);
 * room.arrive('C', [{ partner: 'B', score: 700_000 }]); // gained: [['B', 'C']], lost: [['A', 'B']]
 */
export class StandingRoom {
  readonly #worths: Worths;
  readonly #standing: StandingMatching;
  readonly #vertices = new Map<SmeId, number>();
  readonly #ids: (SmeId | null)[];
  /** Vertex of the empty chair; NONE where the aim needs none. */
  readonly #chair: number;
  readonly #forbidden = new TwoSet();
  readonly #pins = new Map<SmeId, SmeId>();
  #pairs = 0;
  #kept = 0;

  /**
   * @param ids who is there
   * @param pairs who may be paired, each two once; those of whom one is not there are passed over
   * @throws RangeError for ids or pairs that come twice, scores or options out of their range, or more than `STANDING_MOST` SMEs
   */
  constructor(ids: readonly SmeId[], pairs: readonly Pair[], options: RoomOptions = {}) {
    this.#worths = new Worths(options);
    checkOnce(ids);
    if (ids.length > STANDING_MOST)
      throw new RangeError(`A room holds at most ${STANDING_MOST} SMEs, not ${ids.length}.`);
    this.#ids = [...ids];
    ids.forEach((id, vertex) => this.#vertices.set(id, vertex));
    const edges = this.#edgesOf(pairs);
    this.#chair = this.#worths.perPair === 0 ? NONE : this.#ids.push(null) - 1;
    const seats =
      this.#chair === NONE ? [] : ids.map((_, u) => ({ u, v: this.#chair, w: this.#worths.perSeat }));
    // with nobody to sit on it, the chair is brought in and put aside later: solving without it is faster
    const seated = this.#isOdd();
    this.#standing = new StandingMatching(buildGraph(this.#ids.length, seated ? edges.concat(seats) : edges));
    if (!seated && this.#chair !== NONE) this.#standing.rest(this.#chair, true);
    if (!seated) for (const { u, v, w } of seats) this.#standing.set(u, v, w);
    this.#standing.repair();
    this.#pairs = this.pairs().length;
  }

  /** Who is there. */
  get ids(): SmeId[] {
    return [...this.#vertices.keys()];
  }

  get summary(): RoomSummary {
    const { outside, bonus, perPair, perSeat } = this.#worths;
    const seats = this.#isSeated() ? 1 : 0;
    const kept = this.#kept;
    const worth = this.#standing.total - perPair * this.#pairs - perSeat * seats - bonus * kept;
    const bound = worth + bonus * kept;
    const total = worth + outside * this.#pairs;
    return {
      pairs: this.#pairs,
      total,
      worth,
      bound,
      status: worth === bound ? 'optimal' : 'feasible',
      bonus,
      kept,
    };
  }

  /** The partner of an SME, pinned or not; null where it has none. @throws RangeError where it is not there */
  partner(id: SmeId): SmeId | null {
    const mate = this.#standing.mate(this.#vertexOf(id));
    return this.#pins.get(id) ?? (mate === NONE ? null : (this.#ids[mate] ?? null));
  }

  /** All pairs, pinned ones too, sorted. */
  pairs(): Two[] {
    return this.ids
      .flatMap((id): Two[] => {
        const partner = this.partner(id);
        return partner === null || asTwo(id, partner)[0] !== id ? [] : [[id, partner]];
      })
      .sort(byTwo);
  }

  /**
   * Takes an SME in.
   *
   * @param candidates with whom it may be paired; those who are not there, and whom it is not to be paired with, are passed over
   * @throws RangeError where it is there already, or the room is full, or for candidates that come twice or have a score out of range
   */
  arrive(id: SmeId, candidates: readonly Candidate[]): RoomChange {
    if (this.#vertices.has(id)) throw new RangeError(`${id} is in the room already.`);
    if (this.#vertices.size >= STANDING_MOST)
      throw new RangeError(`A room holds at most ${STANDING_MOST} SMEs.`);
    const edges: NewEdge[] = [];
    const seen = new Set<SmeId>();
    for (const { partner, score } of candidates) {
      if (seen.size === seen.add(partner).size) throw namedTwice(partner);
      const w = this.#worths.of(id, partner, score);
      const to = this.#vertices.get(partner);
      if (to !== undefined && w !== null && !this.#forbidden.has(id, partner)) edges.push({ to, w });
    }
    if (this.#chair !== NONE) edges.push({ to: this.#chair, w: this.#worths.perSeat });
    const vertex = this.#standing.arrive(edges);
    this.#vertices.set(id, vertex);
    this.#ids[vertex] = id;
    return this.#repair();
  }

  /** Takes SMEs out; whom one of them was pinned to takes part again. @throws RangeError where one is not there, or named twice */
  leave(...ids: readonly SmeId[]): RoomChange {
    checkOnce(ids);
    const vertices = ids.map((id) => this.#vertexOf(id));
    const unpinned = ids.flatMap((id) => this.#unpin(id));
    for (const vertex of vertices) this.#standing.leave(vertex);
    for (const id of ids) this.#vertices.delete(id);
    const change = this.#repair([], unpinned);
    for (const vertex of vertices) this.#ids[vertex] = null;
    return change;
  }

  /** Makes sure that two SMEs are not paired, now or when one of them comes back. @throws RangeError where they are pinned */
  forbid(a: SmeId, b: SmeId): RoomChange {
    if (this.#pins.get(a) === b) throw new RangeError(`${a} and ${b} are pinned.`);
    this.#forbidden.add(a, b);
    const [u, v] = [this.#vertices.get(a), this.#vertices.get(b)];
    if (u !== undefined && v !== undefined) this.#setWorth(u, v, null);
    return this.#repair();
  }

  /** Lets two SMEs be paired, or changes their score. @throws RangeError where one is not there, or for a score out of range */
  allow(a: SmeId, b: SmeId, score: number): RoomChange {
    const [u, v] = [this.#vertexOf(a), this.#vertexOf(b)];
    const worth = this.#worths.of(a, b, score);
    this.#forbidden.delete(a, b);
    this.#setWorth(u, v, worth);
    return this.#repair();
  }

  /**
   * Settles a pair, such as one whose meeting is running: it stands, whatever it costs, and the rest is arranged around it.
   *
   * @throws RangeError where one is not there or pinned already, or they are not to be paired
   */
  pin(a: SmeId, b: SmeId): RoomChange {
    const vertices = [this.#unpinnedVertexOf(a), this.#unpinnedVertexOf(b)];
    if (a === b) throw new RangeError(`${a} cannot be paired with itself.`);
    if (this.#forbidden.has(a, b)) throw new RangeError(`${a} and ${b} are not to be paired.`);
    this.#pins.set(a, b).set(b, a);
    for (const vertex of vertices) this.#standing.rest(vertex, true);
    return this.#repair([asTwo(a, b)]);
  }

  /** Ends a pin: both take part again. @throws RangeError where the two are not pinned to each other */
  unpin(a: SmeId, b: SmeId): RoomChange {
    if (this.#pins.get(a) !== b) throw new RangeError(`${a} and ${b} are not pinned to each other.`);
    return this.#repair([], this.#unpin(a));
  }

  /** Says which pairs people were told, in place of those before. They get the bonus, and keep it when an SME leaves and comes back. */
  told(pairs: readonly Two[]): RoomChange {
    for (const { two, by } of this.#worths.tell(pairs)) {
      const [u, v] = two.map((id) => this.#vertices.get(id));
      if (u === undefined || v === undefined) continue;
      const worth = this.#standing.weight(u, v);
      if (worth !== undefined) this.#standing.set(u, v, worth + by);
    }
    const change = this.#repair();
    this.#kept = this.#worths.told.filter(
      ([a, b]) => this.#vertices.has(a) && !this.#pins.has(a) && this.partner(a) === b,
    ).length;
    return { ...change, ...this.summary };
  }

  /** What it would cost to have a pair. Changes nothing. @throws RangeError where one is not there or pinned, or they may not be paired */
  forcing(a: SmeId, b: SmeId): RoomForcing {
    const [u, v] = [this.#unpinnedVertexOf(a), this.#unpinnedVertexOf(b)];
    if (this.#standing.weight(u, v) === undefined) throw new RangeError(`${a} and ${b} may not be paired.`);
    const { loss, bound, changes } = this.#standing.forced(u, v);
    const [gained, lost] = [this.#named(changes.gained), this.#named(changes.lost)];
    const stands = this.#standing.mate(u) === v;
    const fewer = stands ? 0 : lost.length - gained.length - 1;
    // pairs with the chair are not named
    const fewerSeats = changes.lost.length - changes.gained.length - (lost.length - gained.length);
    const off = this.#worths.perPair * fewer + this.#worths.perSeat * fewerSeats;
    const { bound: all } = this.summary;
    const share = all === 0 ? 0 : Math.round((SCALE * (loss - off)) / all);
    return { loss: loss - off, bound: bound - off, share, fewer, gained, lost };
  }

  /**
   * Gets ready for the next change, which can then be answered at once: works out for everybody what it would cost to leave them alone.
   * Changes no pairs. Nothing is done where SMEs may stay alone for want of a good partner, as changes are quick then, and where another
   * set of pairs is exactly as good. Takes up to as long as a fresh run, and makes `forcing` slower until the next change.
   */
  prepare(): void {
    if (this.#chair !== NONE) this.#standing.restUnnoticed(this.#chair, this.#isOdd());
  }

  /** Why no better set exists; see `verifyRoom`. Takes as long as it takes to read the whole room. */
  proof(): RoomProof {
    const certificate = this.#standing.certificate();
    // the graph may have room for more than were ever here
    const ids = Array.from(certificate.prices, (_, vertex) => this.#ids.at(vertex) ?? null);
    return {
      ids: ids.map((id) => (id === null || this.#pins.has(id) ? null : id)),
      chair: this.#chair === NONE || this.#standing.isResting(this.#chair) ? NONE : this.#chair,
      certificate,
    };
  }

  /** Whether the number of those to be paired is odd. */
  #isOdd(): boolean {
    return (this.#vertices.size - this.#pins.size) % 2 === 1;
  }

  /** Whether somebody sits on the empty chair. */
  #isSeated(): boolean {
    return this.#chair !== NONE && this.#standing.mate(this.#chair) !== NONE;
  }

  #edgesOf(pairs: readonly Pair[]): Edge[] {
    const seen = new TwoSet();
    return pairs.flatMap(({ a, b, score }) => {
      if (seen.has(a, b)) throw new RangeError(`${a} and ${b} are named twice.`);
      seen.add(a, b);
      const w = this.#worths.of(a, b, score);
      const [u, v] = [this.#vertices.get(a), this.#vertices.get(b)];
      return u === undefined || v === undefined || w === null ? [] : [{ u, v, w }];
    });
  }

  #vertexOf(id: SmeId): number {
    const vertex = this.#vertices.get(id);
    if (vertex === undefined) throw new RangeError(`${id} is not in the room.`);
    return vertex;
  }

  #unpinnedVertexOf(id: SmeId): number {
    const partner = this.#pins.get(id);
    if (partner !== undefined) throw new RangeError(`${id} is pinned to ${partner}.`);
    return this.#vertexOf(id);
  }

  #setWorth(u: number, v: number, worth: number | null): void {
    if (worth !== null) this.#standing.set(u, v, worth);
    else if (this.#standing.weight(u, v) !== undefined) this.#standing.forbid(u, v);
  }

  /** Lets an SME and whom it is pinned to take part again. @returns the pair that was pinned, if any */
  #unpin(id: SmeId): Two[] {
    const partner = this.#pins.get(id);
    if (partner === undefined) return [];
    for (const one of [id, partner]) {
      this.#pins.delete(one);
      this.#standing.rest(this.#vertexOf(one), false);
    }
    return [asTwo(id, partner)];
  }

  /** Repairs, and tells what has changed, with pairs that were pinned or are not any more. */
  #repair(pinned: readonly Two[] = [], unpinned: readonly Two[] = []): RoomChange {
    if (this.#chair !== NONE) this.#standing.rest(this.#chair, !this.#isOdd());
    const changes = this.#standing.repair();
    const [found, gone] = [this.#named(changes.gained), this.#named(changes.lost)];
    this.#pairs += found.length - gone.length;
    this.#kept += this.#onlyTold(found).length - this.#onlyTold(gone).length;
    const samePins = pinned.length + unpinned.length === 0;
    const gained = samePins ? found : without([...found, ...pinned], [...gone, ...unpinned]);
    const lost = samePins ? gone : without([...gone, ...unpinned], [...found, ...pinned]);
    return { ...this.summary, gained, lost, broken: this.#onlyTold(lost) };
  }

  /** Those of some twos that people were told. */
  #onlyTold(twos: readonly Two[]): Two[] {
    return twos.filter(([a, b]) => this.#worths.isTold(a, b));
  }

  /** Pairs of SMEs by id, without that of the empty chair. */
  #named(pairs: readonly VertexPair[]): Two[] {
    const named: Two[] = [];
    for (const { u, v } of pairs) {
      const a = this.#ids[u];
      const b = this.#ids[v];
      if (a !== null && b !== null) named.push(asTwo(a, b));
    }
    return named.sort(byTwo);
  }
}

/** A standing room of those who are in a room, with all who may meet there. */
export function standingRoomOf({ participants, scores }: Room, options: RoomOptions = {}): StandingRoom {
  const size = participants.length;
  const pairs = participants.flatMap((a, u) =>
    participants.flatMap((b, v): Pair[] => {
      const score = scores[u * size + v];
      return u < v && score !== NOT_ALLOWED ? [{ a, b, score }] : [];
    }),
  );
  return new StandingRoom(participants, pairs, options);
}

/** Those of some twos that are not among others, sorted. */
function without(twos: readonly Two[], others: readonly Two[]): Two[] {
  const left = new TwoSet(others);
  return twos.filter(([a, b]) => !left.has(a, b)).sort(byTwo);
}

const namedTwice = (id: SmeId): RangeError => new RangeError(`${id} is named twice.`);

function checkOnce(ids: readonly SmeId[]): void {
  const seen = new Set<SmeId>();
  for (const id of ids) {
    if (seen.has(id)) throw namedTwice(id);
    seen.add(id);
  }
}
