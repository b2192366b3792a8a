import type { Snapshot } from '../refresh.ts';
import { RowScorer } from '../row.ts';
import { barredBy, mayTake, type Asked } from './asked.ts';
import type { Edge } from './graph.ts';
import type { Rows } from './pricing.ts';

/*
 * The pairs that a search may choose from: those of the lists, and all that break no hard rule, row by row. Vertices are positions in
 * the pool, which is sorted by id, so that 'lower vertex' breaks ties by id.
 */

/** Each pair of the lists that may be taken, once. */
export function listedEdges({ pool, lists }: Snapshot, asked: Asked): Edge[] {
  const size = pool.features.length;
  const barred = barredBy(asked, pool);
  const edges = new Map<number, Edge>();
  for (const { sme, suggestions } of lists.values()) {
    const own = pool.positions.get(sme);
    for (const { partner, score } of suggestions) {
      const other = pool.positions.get(partner);
      if (own === undefined || other === undefined) continue;
      const edge = { u: Math.min(own, other), v: Math.max(own, other), w: score };
      if (mayTake(barred, asked.minScore, edge)) edges.set(edge.u * size + edge.v, edge);
    }
  }
  return [...edges.values()];
}

/** All pairs that may be taken. A generator, so that the caller can pause it while the inverted lists are built. */
export function* allRows({ pool, model }: Snapshot, asked: Asked): Generator<undefined, Rows, void> {
  const scorer = yield* RowScorer.build(pool, model);
  const barred = barredBy(asked, pool);
  return {
    row(own, floors) {
      const row = scorer.row(own, { from: own + 1, floors });
      for (let other = own + 1; other < row.length; other += 1) {
        if (row[other] >= 0 && !mayTake(barred, asked.minScore, { u: own, v: other, w: row[other] })) {
          row[other] = -1;
        }
      }
      return row;
    },
  };
}
