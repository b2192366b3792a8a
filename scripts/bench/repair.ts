import blossom from 'edmonds-blossom';
import { buildGraph, type Graph } from '../../matching/assignment/graph.ts';
import { heaviestMatching } from '../../matching/assignment/solve.ts';
import { StandingRoom } from '../../matching/repair/standing-room.ts';
import type { Candidate } from '../../matching/repair/room-types.ts';
import type { Pair } from '../../matching/types.ts';
import { verifyRoom } from '../../matching/repair/verify.ts';
import { Worths, type RoomOptions } from '../../matching/repair/worth.ts';
import { pick, seededRandom } from '../demo/random.ts';
import { smes } from './graphs.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';
import { timed, weigh } from './timed.ts';

/** What to measure. */
export interface RepairOptions {
  /** Numbers of SMEs; even, so that everybody can be matched. [1,000 and 10,000] */
  readonly sizes?: readonly number[];
  /** Rounds of changes that are measured, after a third as many that are not. [300] */
  readonly rounds?: number;
  /** Seed of the generator. [1] */
  readonly seed?: number;
}

const DEGREE = 20;
/** Largest room that the peer is run on: it takes 26 s at 5,000. */
const PEER_MOST = 1000;
/** Half of the highest score: about a third of the SMEs of the generator stay alone. */
const OUTSIDE = 500_000;

/** A way to keep a room. */
interface Way {
  readonly name: string;
  readonly options: RoomOptions;
  /** Whether the room is made ready for the next change after each one. */
  readonly prepares: boolean;
}

const WAYS: readonly Way[] = [
  { name: 'everybody matched', options: { aim: 'everybody' }, prepares: false },
  { name: 'everybody matched, made ready', options: { aim: 'everybody' }, prepares: true },
  { name: 'outside option', options: { aim: 'total', outside: OUTSIDE }, prepares: false },
];

/** Seconds of each change of one kind, and of making ready for the next one. */
interface Taken {
  readonly changes: number[];
  readonly readiness: number[];
}

/** A room with the pairs that it was made from. */
class Measured {
  readonly ids: readonly string[];
  readonly pairs: readonly Pair[];
  readonly room: StandingRoom;
  readonly taken = new Map<string, Taken>();
  measuring = false;
  /** By SME: with whom it may be paired. */
  readonly #candidates = new Map<string, Candidate[]>();
  readonly #options: RoomOptions;
  readonly #prepares: boolean;

  constructor(size: number, { options, prepares }: Way, random: () => number) {
    const { ends, weights } = smes(size, DEGREE, random);
    const idOf = (half: number): string => `P${ends[half] ?? 0}`;
    this.ids = Array.from({ length: size }, (_, at) => `P${at}`);
    this.pairs = Array.from(weights, (score, edge) => ({ a: idOf(2 * edge), b: idOf(2 * edge + 1), score }));
    for (const id of this.ids) this.#candidates.set(id, []);
    for (const { a, b, score } of this.pairs) {
      this.#candidates.get(a)?.push({ partner: b, score });
      this.#candidates.get(b)?.push({ partner: a, score });
    }
    this.#options = options;
    this.#prepares = prepares;
    this.room = new StandingRoom(this.ids, this.pairs, options);
    this.prepare();
  }

  candidates(id: string): readonly Candidate[] {
    return this.#candidates.get(id) ?? [];
  }

  /** Times one change, and making ready for the next one. */
  time(name: string, change: () => unknown): void {
    const { seconds } = timed(change);
    const { seconds: readiness } = timed(() => {
      this.prepare();
    });
    if (!this.measuring) return;
    const taken = this.taken.get(name) ?? { changes: [], readiness: [] };
    this.taken.set(name, taken);
    taken.changes.push(seconds);
    taken.readiness.push(readiness);
  }

  /** Makes the room ready for the next change, where that is its way. */
  prepare(): void {
    if (this.#prepares) this.room.prepare();
  }

  /** The graph that a fresh run would be given now, with everybody there. */
  graph(): Graph {
    const worths = new Worths(this.#options);
    const at = new Map(this.ids.map((id, vertex) => [id, vertex]));
    const edges = this.pairs.flatMap(({ a, b, score }) => {
      const [u, v, w] = [at.get(a), at.get(b), worths.of(a, b, score)];
      return u === undefined || v === undefined || w === null ? [] : [{ u, v, w }];
    });
    return buildGraph(this.ids.length, edges);
  }

  /** Whether the room has what a total weight says, and its proof holds. */
  agrees(total: number): boolean {
    const { room, ids, pairs } = this;
    const { summary } = room;
    const claim = { ids, candidates: pairs, options: this.#options, told: [], pairs: room.pairs(), summary };
    const { perPair } = new Worths(this.#options);
    return summary.worth + perPair * summary.pairs === total && verifyRoom(claim, room.proof()).length === 0;
  }
}

/** Two leave and come back, a pair is forbidden and allowed again, and a pair is asked for: afterwards all are there as before. */
function playRound(measured: Measured, random: () => number): void {
  const { room, ids } = measured;
  const [one, other] = [pick(ids, random), pick(ids, random)];
  if (one === other) return;
  const arrive = (id: string): unknown => room.arrive(id, measured.candidates(id));
  measured.time('departure that makes the number odd', () => room.leave(one));
  measured.time('departure that makes the number even', () => room.leave(other));
  measured.time('arrival that makes the number odd', () => arrive(one));
  measured.time('arrival that makes the number even', () => arrive(other));
  const partner = room.partner(one);
  if (partner === null) return;
  const known = measured.candidates(one).find((candidate) => candidate.partner === partner);
  const others = measured.candidates(one).filter(({ score }) => score >= OUTSIDE && score !== known?.score);
  measured.time('forbidden pair', () => room.forbid(one, partner));
  room.allow(one, partner, known?.score ?? 0);
  measured.prepare();
  if (others.length === 0) return;
  const { partner: wished } = pick(others, random);
  measured.time('what forcing a pair costs', () => room.forcing(one, wished));
}

const percentile = (values: readonly number[], share: number): number =>
  values.toSorted((x, y) => x - y)[Math.floor(share * (values.length - 1))] ?? NaN;

function peerSeconds(graph: Graph, total: number): { readonly seconds: number; readonly same: boolean } {
  const edges = Array.from(graph.weights, (w, edge): [number, number, number] => [
    graph.ends[2 * edge] ?? 0,
    graph.ends[2 * edge + 1] ?? 0,
    w,
  ]);
  const { result, seconds } = timed(() => blossom(edges));
  return { seconds, same: weigh(graph, result) === total };
}

function measure(size: number, way: Way, rounds: number, seed: number): BenchRow[] {
  const random = seededRandom(seed);
  const measured = new Measured(size, way, random);
  for (let round = -Math.floor(rounds / 3); round < rounds; round += 1) {
    measured.measuring = round >= 0;
    playRound(measured, random);
  }
  const graph = measured.graph();
  const fresh = Array.from({ length: 5 }, () => timed(() => heaviestMatching(graph)));
  const total = fresh[0]?.result.total ?? NaN;
  const peer = size <= PEER_MOST ? peerSeconds(graph, total) : null;
  const sameResult = measured.agrees(total) && peer?.same !== false;
  return [...measured.taken].map(([what, { changes, readiness }]) => ({
    what: `${what}; ${way.name}, ${size} SMEs x ${DEGREE}`,
    oursSeconds: median(changes),
    peerSeconds: median(fresh.map((run) => run.seconds)),
    peerIs: 'measured',
    sameResult,
    figures: {
      p95Milliseconds: 1000 * percentile(changes, 0.95),
      ...(way.prepares
        ? {
            readyAgainMilliseconds: 1000 * median(readiness),
            readyAgainP95Milliseconds: 1000 * percentile(readiness, 0.95),
          }
        : {}),
      ...(peer
        ? { edmondsBlossomSeconds: peer.seconds, timesEdmondsBlossom: peer.seconds / median(changes) }
        : {}),
    },
  }));
}

/** Changes to a room that stays the best, each beside solving it anew. */
export function benchRepair({
  sizes = [1000, 10_000],
  rounds = 300,
  seed = 1,
}: RepairOptions = {}): Promise<BenchResult> {
  return Promise.resolve({
    name: 'repair',
    peer: 'a fresh run of our own solver on the same room (graph already built)',
    rows: sizes.flatMap((size) => WAYS.flatMap((way) => measure(size, way, rounds, seed))),
    notes: [
      `Seconds of processor time; ours is the median of ${rounds} changes, p95 beside it, in a room of suggestion lists from the generator.`,
      'Made ready: after each change the room works out who would best be left alone instead of each SME, so that the next one can be answered at once; readyAgain is what that takes, in no other figure.',
      `The same result: after all changes the room is worth what a fresh run finds, and its proof holds.`,
      `edmonds-blossom: run on the same room of up to ${PEER_MOST} SMEs; not run on larger ones, where it would not end within a minute.`,
    ],
  });
}
