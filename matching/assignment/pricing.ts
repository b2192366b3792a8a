import { sharedOut } from './certificate.ts';
import { buildGraph, type Edge, type Graph } from './graph.ts';
import { bearingOut, missingEdges, type PricingProgress, type Rows } from './lacking.ts';
import { Lookout } from './lookout.ts';
import { heaviestMatching, type Matching } from './solve.ts';
import { lasting, never, type Stop } from './stop.ts';

/*
 * Problem: the heaviest matching of a dense graph, most edges of which matter to nobody.
 * Method: solve on a few edges (the suggestion lists); look through all others for those that the prices of the solution do not bear
 * out, add these, solve again. Where there are none left, the prices prove the optimum over all edges. (Column generation; for matchings
 * Derigs and Metz 1991, Applegate and Cook 1993.)
 */

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
  const lookout = rows.above === undefined ? null : new Lookout({ size, rows, bonus });
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
    const { certificate } = matching;
    const missing = lookout
      ? yield* lookout.missing(certificate)
      : yield* missingEdges(size, rows, certificate, bonus);
    if (missing.length === 0) return { graph, matching };
    hint = sharedOut(matching.certificate);
    before = matching;
    for (const { u, v, w } of missing) all.push({ u, v, w: w + bonus });
  }
}
