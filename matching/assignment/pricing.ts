import { FOLD, pricesAround, type Certificate } from './certificate.ts';
import { buildGraph, type Edge, type Graph } from './graph.ts';
import { heaviestMatching, type Matching } from './solve.ts';

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

/** The heaviest matching over all edges, starting from a few. A generator, so that the caller can pause it or give up. */
export function* heaviestOverAll({
  size,
  edges,
  rows,
  bonus,
}: Dense): Generator<PricingProgress, Priced, void> {
  const all = [...edges];
  for (;;) {
    const graph = buildGraph(
      size,
      all.map(({ u, v, w }) => ({ u, v, w: w + bonus })),
    );
    const matching = heaviestMatching(graph);
    const missing = yield* missingEdges(size, rows, matching.certificate, bonus);
    if (missing.length === 0) return { graph, matching };
    for (const edge of missing) all.push(edge);
  }
}

/** Edges that a certificate does not bear out: those heavier than what the prices at their ends and around them come to. */
export function* missingEdges(
  size: number,
  rows: Rows,
  certificate: Certificate,
  bonus: number,
): Generator<PricingProgress, Edge[], void> {
  const { prices } = certificate;
  const inside = pricesAround(size, certificate.sets);
  // an edge below twice the lower of its prices is borne out
  const floors = Int32Array.from(prices, (price) =>
    Math.min(HIGHEST, Math.max(0, Math.ceil((2 * price) / FOLD) - bonus)),
  );
  const missing: Edge[] = [];
  for (let u = 0; u < size; u += 1) {
    const row = rows.row(u, floors);
    for (let v = u + 1; v < size; v += 1) {
      const w = row[v];
      const lacking = FOLD * (w + bonus) - prices[u] - prices[v];
      if (w >= 0 && lacking > 0 && lacking > inside(u, v)) missing.push({ u, v, w });
    }
    if (u % BLOCK === 0) yield { done: u, total: size };
  }
  return missing;
}
