import { NONE } from './blossoms.ts';
import { FOLD } from './certificate.ts';
import type { Graph } from './graph.ts';

/*
 * Problem: a search that starts from nobody matched grows thousands of trees over one and the same popular vertices.
 * Method: two steps that leave feasible prices and tight matched edges, both cheaper than a search.
 * 1. Prices: half of the heaviest edge at each vertex, or those of a hint, made feasible; then each in turn as low as its edges let
 *    it, and matched where that makes an edge to a free vertex tight.
 * 2. Bidding: a free vertex takes the vertex that leaves it most over its price, and pays what makes its second choice as good; whoever
 *    was matched with that one bids next. (The augmenting row reduction of Jonker and Volgenant 1987, on a general graph.)
 * All prices stay even, so that half of a slack between two outer vertices stays a whole number throughout the search.
 */

/** Bids in a row, each by whoever the one before displaced, after which the next vertex has its turn: few can bid each other up for long. */
const CHAIN_MOST = 40;
/** Turns of each vertex; who is free after that is left to the search. */
const TURNS = 2;

/** Prices and matched edges to start a search from. */
export interface Start {
  readonly prices: Float64Array;
  /** Half of the matched edge at each vertex; NONE where it has none. */
  readonly mates: Int32Array;
}

/**
 * Finds feasible prices and a matching of tight edges for a graph.
 *
 * @param hint prices to begin with; any will do, but good ones save work
 */
export function startOf(graph: Graph, hint?: Float64Array): Start {
  const prices = hint ? hint.map(evenUp) : halfOfHeaviest(graph);
  if (hint) settle(graph, prices);
  const mates = new Int32Array(graph.size).fill(NONE);
  const start = { prices, mates };
  lower(graph, start);
  bid(graph, start);
  return start;
}

/** The plainest start: nobody matched, every price half of the heaviest edge there. What a search has to do all by itself. */
export const plainStart = (graph: Graph): Start => ({
  prices: halfOfHeaviest(graph),
  mates: new Int32Array(graph.size).fill(NONE),
});

/** The next even number, at least 0. */
const evenUp = (price: number): number => 2 * Math.max(0, Math.ceil(price / 2));

function halfOfHeaviest({ size, ends, weights }: Graph): Float64Array {
  const prices = new Float64Array(size);
  for (let half = 0; half < ends.length; half += 1) {
    prices[ends[half]] = Math.max(prices[ends[half]], (FOLD / 2) * weights[half >> 1]);
  }
  return prices;
}

/** Makes any prices feasible: each vertex in turn gets the lowest one that its edges let it have. */
function settle({ size, first, neighbours, weightsAt }: Graph, prices: Float64Array): void {
  for (let vertex = 0; vertex < size; vertex += 1) {
    let needed = 0;
    for (let at = first[vertex]; at < first[vertex + 1]; at += 1) {
      needed = Math.max(needed, FOLD * weightsAt[at] - prices[neighbours[at]]);
    }
    prices[vertex] = needed;
  }
}

/** Sets each free vertex to the lowest price that its edges let it have, and matches it where that makes an edge to a free one tight. */
function lower(graph: Graph, { prices, mates }: Start): void {
  const { size, first, halves, neighbours, weightsAt } = graph;
  for (let vertex = 0; vertex < size; vertex += 1) {
    if (mates[vertex] !== NONE) continue;
    let best = 0;
    let by = NONE;
    for (let at = first[vertex]; at < first[vertex + 1]; at += 1) {
      const worth = FOLD * weightsAt[at] - prices[neighbours[at]];
      if (worth < best || (worth === best && by !== NONE && mates[neighbours[by]] === NONE)) continue;
      best = worth;
      by = at;
    }
    prices[vertex] = best;
    if (by === NONE || mates[neighbours[by]] !== NONE) continue;
    mates[vertex] = halves[by];
    mates[neighbours[by]] = halves[by] ^ 1;
  }
}

/** Lets free vertices bid, each against whoever stands in its way, for a few turns. */
function bid(graph: Graph, { prices, mates }: Start): void {
  const { size, ends, first, halves, neighbours, weightsAt } = graph;
  for (let turn = 0; turn < TURNS * size; turn += 1) {
    let vertex = turn % size;
    let left = CHAIN_MOST;
    while (left > 0 && mates[vertex] === NONE && prices[vertex] > 0) {
      left -= 1;
      // what the best and the second best neighbour leave over their prices, and the half to the best
      let [best, second, by, also] = [0, 0, NONE, NONE];
      for (let at = first[vertex]; at < first[vertex + 1]; at += 1) {
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
      if (by === NONE) break;
      // of two that are as good, one that is free
      if (best === second && also !== NONE && mates[neighbours[by]] !== NONE) by = also;
      const partner = neighbours[by];
      prices[partner] += best - second;
      const displaced = mates[partner] === NONE ? NONE : ends[mates[partner]];
      mates[vertex] = halves[by];
      mates[partner] = halves[by] ^ 1;
      if (displaced === NONE) break;
      mates[displaced] = NONE;
      if (best === second) break;
      vertex = displaced;
    }
  }
}
