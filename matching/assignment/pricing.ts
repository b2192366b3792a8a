import { FOLD, pricesAround, sharedOut, type Certificate } from './certificate.ts';
import { TopLists } from '../topk.ts';
import { buildGraph, type Edge, type Graph } from './graph.ts';
import { heaviestMatching, type Matching } from './solve.ts';
import { lasting, never, type Stop } from './stop.ts';

/*
 * Problem: the heaviest matching of a dense graph, most edges of which matter to nobody.
 * Method: solve on a few edges (the suggestion lists); look through all others for those that the prices of the solution do not bear
 * out, add these, solve again. Where there are none left, the prices prove the optimum over all edges. (Column generation; for matchings
 * Derigs and Metz 1991, Applegate and Cook 1993.)
 */

/** The edges of a dense graph, row by row. */
export interface Rows {
  /**
   * Weights of the edges from one vertex to all higher ones, by vertex; below 0 where there is none. Entries below the floors of both
   * vertices may be left out. The array is read before the next call.
   */
  row(own: number, floors: Int32Array): Int32Array;
}

/** How far pricing is. */
export interface PricingProgress {
  readonly done: number;
  readonly total: number;
}

/** What is solved, and how its weights are counted. */
export interface Dense {
  readonly size: number;
  readonly edges: readonly Edge[];
  readonly rows: Rows;
  /** Added to every weight, so that more edges always beat heavier ones. */
  readonly bonus: number;
}

/** A solution with the graph of all edges that were needed to find it. */
export interface Priced {
  readonly graph: Graph;
  readonly matching: Matching;
}

/** Rows that are looked through between two pauses. */
const BLOCK = 32;
/** Above every weight without its bonus. */
const HIGHEST = 2 ** 31 - 1;

/** How many edges of each vertex are added at most before the next solution. */
const ADDED = 8;

/**
 * The heaviest matching over all edges, starting from a few. A generator, so that the caller can pause it or give up.
 *
 * @param stop asked every few milliseconds; once it says yes, the result is the best matching found so far, and its certificate bounds the
 * weight of every matching over all edges
 */
export function* heaviestOverAll(
  { size, edges, rows, bonus }: Dense,
  stop: Stop = never,
): Generator<PricingProgress, Priced, void> {
  const isOver = lasting(stop);
  const all = edges.map(({ u, v, w }) => ({ u, v, w: w + bonus }));
  let hint: Float64Array | undefined;
  let before: Matching | undefined;
  for (;;) {
    const graph = buildGraph(size, all);
    const matching = heaviestMatching(graph, hint, isOver);
    if (isOver()) {
      const certificate = yield* bearingOut(size, rows, matching.certificate, bonus);
      // one that was hardly begun may be lighter than that on fewer edges
      const heavier = before && before.total > matching.total ? before : matching;
      return { graph, matching: { ...heavier, certificate } };
    }
    const missing = yield* missingEdges(size, rows, matching.certificate, bonus);
    if (missing.length === 0) return { graph, matching };
    hint = sharedOut(matching.certificate);
    before = matching;
    for (const { u, v, w } of missing) all.push({ u, v, w: w + bonus });
  }
}

/** A certificate with prices raised until all edges are borne out: a bound, if not a tight one. */
function* bearingOut(
  size: number,
  rows: Rows,
  { prices, sets }: Certificate,
  bonus: number,
): Generator<PricingProgress, Certificate, void> {
  const around = pricesAround(size, sets);
  const floors = floorsOf(prices, bonus);
  const raised = prices.slice();
  for (let u = 0; u < size; u += 1) {
    const row = rows.row(u, floors);
    let most = 0;
    for (let v = u + 1; v < size; v += 1) {
      if (row[v] < 0) continue;
      const short = FOLD * (row[v] + bonus) - prices[u] - prices[v];
      if (short > most) most = Math.max(most, short - around(u, v));
    }
    raised[u] += most;
    if (u % BLOCK === 0) yield { done: u, total: size };
  }
  return { prices: raised, sets };
}

/** Scores that matter by vertex: an edge below twice the lower of its prices is borne out. */
const floorsOf = (prices: Float64Array, bonus: number): Int32Array =>
  Int32Array.from(prices, (price) => Math.min(HIGHEST, Math.max(0, Math.ceil((2 * price) / FOLD) - bonus)));

/**
 * Edges that a certificate does not bear out: those heavier than what the prices at their ends and around them come to. Of each vertex
 * the few that lack most; none only where all are borne out.
 */
export function* missingEdges(
  size: number,
  rows: Rows,
  { prices, sets }: Certificate,
  bonus: number,
): Generator<PricingProgress, Edge[], void> {
  const around = pricesAround(size, sets);
  const floors = floorsOf(prices, bonus);
  const missing: Edge[] = [];
  const worst = new TopLists(size, ADDED);
  for (let u = 0; u < size; u += 1) {
    const row = rows.row(u, floors);
    const own = FOLD * bonus - prices[u];
    for (let v = u + 1; v < size; v += 1) {
      const w = row[v];
      const short = FOLD * w + own - prices[v];
      if (short <= 0 || w < 0) continue;
      const lacking = Math.min(HIGHEST, short - around(u, v));
      if (lacking <= 0 || (lacking < worst.floors[u] && lacking < worst.floors[v])) continue;
      // the place among those found stands for the edge
      const [atOne, atOther] = [
        worst.offer(u, missing.length, lacking),
        worst.offer(v, missing.length, lacking),
      ];
      if (atOne || atOther) missing.push({ u, v, w });
    }
    if (u % BLOCK === 0) yield { done: u, total: size };
  }
  const chosen = new Set<number>();
  for (let vertex = 0; vertex < size; vertex += 1) for (const at of worst.of(vertex)) chosen.add(at);
  return missing.filter((_, at) => chosen.has(at));
}
