import type { Snapshot } from '../refresh.ts';
import { RowScorer } from '../row.ts';
import type { TopLists } from '../topk.ts';
import { barredBy, mayTake, type Asked, type Barred } from './asked.ts';
import type { Edge } from './graph.ts';
import type { Rows } from './lacking.ts';

/*
 * The pairs that a search may choose from: those of the lists, and all that break no hard rule, row by row. Vertices are positions in
 * the pool, which is sorted by id, so that 'lower vertex' breaks ties by id.
 */

/** Each pair of the lists that may be taken, once. */
export function listedEdges({ pool, tops }: Snapshot, asked: Asked): Edge[] {
  const size = pool.features.length;
  const barred = barredBy(asked, pool);
  const edges: Edge[] = [];
  for (let own = 0; own < size; own += 1) {
    for (let at = 0; at < tops.counts[own]; at += 1) {
      const other = tops.positionAt(own, at);
      // a pair that stands in both lists is taken from that of the lower vertex
      if (other < own && isListed(tops, other, own)) continue;
      const edge = { u: Math.min(own, other), v: Math.max(own, other), w: tops.scoreAt(own, at) };
      if (mayTake(barred, asked.minScore, edge)) edges.push(edge);
    }
  }
  return edges;
}

function isListed(tops: TopLists, list: number, position: number): boolean {
  for (let at = 0; at < tops.counts[list]; at += 1) if (tops.positionAt(list, at) === position) return true;
  return false;
}

/** Largest pool of which the scores of all pairs are kept once they were asked for: 32 MB. */
const KEPT_MOST = 4000;

/** All pairs that may be taken. A generator, so that the caller can pause it. */
export function* allRows(snapshot: Snapshot, asked: Asked): Generator<undefined, Rows, void> {
  const { pool, model, scorer: before } = snapshot;
  const scorer = yield* RowScorer.build(pool, model, before, true);
  const rows = scoredRows(pool.features.length, scorer, barredBy(asked, pool), asked.minScore);
  return pool.features.length <= KEPT_MOST ? keptRows(pool.features.length, rows) : rows;
}

/** Rows that are scored anew each time. */
function scoredRows(size: number, scorer: RowScorer, barred: Barred, minScore: number): Rows {
  return {
    row(own, floors) {
      const row = scorer.row(own, { from: own + 1, floors });
      for (let other = own + 1; other < size; other += 1) {
        if (row[other] >= 0 && !mayTake(barred, minScore, { u: own, v: other, w: row[other] }))
          row[other] = -1;
      }
      return row;
    },
    above(floors, take, of) {
      return scorer.reaching(
        floors,
        (one, other, w) => {
          const edge = { u: Math.min(one, other), v: Math.max(one, other), w };
          if (mayTake(barred, minScore, edge)) take(edge.u, edge.v, w);
        },
        of,
      );
    },
  };
}

/** Rows that are scored once and kept: row after row, each without what is up to its own position. */
function keptRows(size: number, rows: Rows): Rows {
  const kept: Int32Array[] = [];
  const floors = new Int32Array(size);
  return { ...rows, row: (own) => (kept[own] ??= rows.row(own, floors)) };
}
