import { NONE } from './blossoms.ts';
import { FOLD } from './certificate.ts';
import type { Graph } from './graph.ts';
import type { Start } from './start-state.ts';
import type { Stop } from './stop.ts';

/*
 * Problem: most vertices want the same few others; a search that raises the prices of these finds out again and again who is wanted.
 * Method: an auction. A free vertex takes the neighbour that leaves it most over its price, and pays what makes its second choice as
 * good; whoever was matched with that one is free and bids in turn. Prices stay feasible and matched edges tight: the augmenting row
 * reduction of Jonker and Volgenant (1987), on a general graph. Where many want few things, these bids go up by next to nothing each. So
 * there are rounds in which everybody pays a margin more (Bertsekas 1988): matched edges are then no longer tight, but by the margin at
 * most, and the prices come near those of a solution in a few bids per vertex. After them only tight edges stay matched, and the rounds
 * without a margin begin from good prices.
 */

/** Rounds end when one has more than this part of the bids of the one before: few can bid each other up for long. */
const LESS = 0.97;

/** How to bid. */
export interface Rounds {
  /** What each pays more than would make its second choice as good: even; matched edges are above tight by it at most. */
  readonly margin: number;
  readonly most: number;
  /** Asked before each round. */
  readonly stop: Stop;
}

/** What the bids of a round came to. */
export interface Bids {
  readonly count: number;
  /** Sum of what bidders' first choices left them over their second ones. */
  readonly gaps: number;
}

/** Lets free vertices with a price above zero bid, round after round, until rounds hardly leave fewer free than the one before. */
export function bidInRounds(graph: Graph, start: Start, { margin, most, stop }: Rounds): void {
  let before = Infinity;
  for (let round = 0; round < most && !stop(); round += 1) {
    const { count } = bidOnce(graph, start, margin);
    if (count === 0 || count > LESS * before) break;
    before = count;
  }
}

/** One round: each vertex that is free when its turn comes bids. See `bidInRounds`. */
export function bidOnce(graph: Graph, { prices, mates }: Start, margin: number): Bids {
  const { size, ends, first, last, halves, neighbours, weightsAt } = graph;
  let count = 0;
  let gaps = 0;
  for (let vertex = 0; vertex < size; vertex += 1) {
    if (mates[vertex] !== NONE || prices[vertex] === 0) continue;
    // what the best and the second best neighbour leave over their prices, and where they stand
    let best = 0;
    let second = 0;
    let by = NONE;
    let also = NONE;
    const end = last[vertex];
    for (let at = first[vertex]; at < end; at += 1) {
      const worth = FOLD * weightsAt[at] - prices[neighbours[at]];
      if (worth <= second) continue;
      if (worth > best) {
        second = best;
        also = by;
        best = worth;
        by = at;
      } else {
        second = worth;
        also = at;
      }
    }
    prices[vertex] = second;
    if (by === NONE) continue;
    // of two that are as good, one that is free
    if (best === second && also !== NONE && mates[neighbours[by]] !== NONE) by = also;
    count += 1;
    gaps += best - second;
    const partner = neighbours[by];
    prices[partner] += best - second + margin;
    if (mates[partner] !== NONE) mates[ends[mates[partner]]] = NONE;
    mates[vertex] = halves[by];
    mates[partner] = halves[by] ^ 1;
  }
  return { count, gaps };
}
