import { TopLists } from '../topk.ts';
import { FOLD, pricesApart, pricesAround, type Certificate } from './certificate.ts';
import type { Edge } from './graph.ts';

/** Takes an edge. */
export type Take = (u: number, v: number, w: number) => void;

/** The edges of a dense graph. */
export interface Rows {
  /**
   * Weights of the edges from one vertex to all higher ones, by vertex; below 0 where there is none. Entries below the floors of both
   * vertices may be left out. The array is read before the next call.
   */
  row(own: number, floors: Int32Array): Int32Array;
  /**
   * Gives the edges that weigh at least what the floors of both ends come to, in any order: each once; where `of` is given, those at
   * these vertices. Absent where rows are all there is. Yields now and then, so that the caller can pause.
   *
   * @param floors by vertex, from -MOST_FLOOR to MOST_FLOOR
   */
  above?(floors: Int32Array, take: Take, of?: readonly number[]): Generator<number, void, void>;
}

/** How far pricing is. */
export interface PricingProgress {
  readonly done: number;
  readonly total: number;
}

/** Above every weight without its bonus. */
const HIGHEST = 2 ** 31 - 1;
/** No floor is farther from zero: twice the highest score, of one whose partner's floor says nothing. */
export const MOST_FLOOR = 2_000_000;
/** Rows that are looked through between two pauses. */
const BLOCK = 32;
/** How many edges of each vertex are added at most before the next solution. */
const ADDED = 8;

/**
 * Floors by vertex: an edge below the floors of both ends together is borne out by prices that are at most `margin` lower at each.
 *
 * @param prices of the vertices alone (`pricesApart`), four-fold
 * @param margin in weights
 */
export const floorsBelow = (prices: Float64Array, bonus: number, margin: number): Int32Array =>
  Int32Array.from(prices, (price) =>
    Math.max(-MOST_FLOOR, Math.min(MOST_FLOOR, Math.floor(price / FOLD - bonus / 2) - margin)),
  );

/** Scores that matter by vertex: an edge below twice the lower of its prices is borne out. */
const floorsOf = (prices: Float64Array, bonus: number): Int32Array =>
  Int32Array.from(prices, (price) => Math.min(HIGHEST, Math.max(0, Math.ceil((2 * price) / FOLD) - bonus)));

/** What an edge weighs beyond the prices at its ends and around them, four-fold; not above 0 for one that is borne out. */
export function lackingOf(
  { prices, sets }: Certificate,
  bonus: number,
): (u: number, v: number, w: number) => number {
  const around = pricesAround(prices.length, sets);
  return (u, v, w) => {
    const short = FOLD * (w + bonus) - prices[u] - prices[v];
    return short <= 0 ? short : Math.min(HIGHEST, short - around(u, v));
  };
}

/** Goes through all edges that a certificate may not bear out. */
function* lookThrough(
  size: number,
  rows: Rows,
  certificate: Certificate,
  bonus: number,
  take: Take,
): Generator<PricingProgress, void, void> {
  if (rows.above) {
    const floors = floorsBelow(pricesApart(certificate), bonus, 0);
    for (const done of rows.above(floors, take)) yield { done, total: size };
    return;
  }
  const { prices } = certificate;
  const floors = floorsOf(prices, bonus);
  for (let u = 0; u < size; u += 1) {
    const row = rows.row(u, floors);
    const least = prices[u] - FOLD * bonus;
    for (let v = u + 1; v < size; v += 1) {
      if (row[v] >= 0 && FOLD * row[v] - prices[v] > least) take(u, v, row[v]);
    }
    if (u % BLOCK === 0) yield { done: u, total: size };
  }
}

/** A certificate with prices raised until all edges are borne out: a bound, if not a tight one. */
export function* bearingOut(
  size: number,
  rows: Rows,
  certificate: Certificate,
  bonus: number,
): Generator<PricingProgress, Certificate, void> {
  const lacking = lackingOf(certificate, bonus);
  const most = new Float64Array(size);
  yield* lookThrough(size, rows, certificate, bonus, (u, v, w) => {
    const lower = Math.min(u, v);
    most[lower] = Math.max(most[lower], lacking(u, v, w));
  });
  return { prices: certificate.prices.map((price, at) => price + most[at]), sets: certificate.sets };
}

/** Of each vertex the few edges that lack most, whatever order they come in. */
export class MissingEdges {
  readonly #size: number;
  readonly #worst: TopLists;
  readonly #weights = new Map<number, number>();

  constructor(size: number) {
    this.#size = size;
    this.#worst = new TopLists(size, ADDED);
  }

  /** Offers an edge, once. */
  offer(u: number, v: number, w: number, lacking: number): void {
    const { floors } = this.#worst;
    if (lacking < floors[u] && lacking < floors[v]) return;
    // the other end stands for the edge, so that ties do not depend on the order
    const [atOne, atOther] = [this.#worst.offer(u, v, lacking), this.#worst.offer(v, u, lacking)];
    if (atOne || atOther) this.#weights.set(this.#keyOf(u, v), w);
  }

  #keyOf(u: number, v: number): number {
    return Math.min(u, v) * this.#size + Math.max(u, v);
  }

  /** Those that were chosen, by their ends. */
  chosen(): Edge[] {
    const keys = new Set<number>();
    for (let vertex = 0; vertex < this.#size; vertex += 1) {
      for (const other of this.#worst.of(vertex)) keys.add(this.#keyOf(vertex, other));
    }
    return [...keys]
      .sort((one, other) => one - other)
      .map((key) => ({
        u: Math.floor(key / this.#size),
        v: key % this.#size,
        w: this.#weights.get(key) ?? 0,
      }));
  }
}

/**
 * Edges that a certificate does not bear out: those heavier than what the prices at their ends and around them come to. Of each vertex
 * the few that lack most; none only where all are borne out.
 */
export function* missingEdges(
  size: number,
  rows: Rows,
  certificate: Certificate,
  bonus: number,
): Generator<PricingProgress, Edge[], void> {
  const lacking = lackingOf(certificate, bonus);
  const missing = new MissingEdges(size);
  yield* lookThrough(size, rows, certificate, bonus, (u, v, w) => {
    const lacks = lacking(u, v, w);
    if (lacks > 0) missing.offer(u, v, w, lacks);
  });
  return missing.chosen();
}
