import { bidInRounds, bidOnce } from './bidding.ts';
import { NONE } from './blossoms.ts';
import { FOLD } from './certificate.ts';
import type { Graph } from './graph.ts';
import type { Start } from './start-state.ts';
import { never, type Stop } from './stop.ts';

/*
 * Problem: a search that starts from nobody matched grows thousands of trees over one and the same popular vertices.
 * Method: feasible prices and tight matched edges, by steps that are cheaper than a search. Half of the heaviest edge at each vertex, or
 * the prices of a hint, made feasible; then each in turn as low as its edges let it, and matched where that makes an edge to a free
 * vertex tight; then the auction of bidding.ts, first to bring the prices near those of a solution, then to match by tight edges.
 * All prices stay even, so that half of a slack between two outer vertices stays a whole number throughout the search.
 */

/**
 * What the margins of the auction are, one after another, in parts of the mean gap between first and second choices. Measured: with one
 * margin of a quarter the search afterwards takes twice as long; a third one costs more than it saves.
 */
const MARGIN_PARTS: readonly number[] = [2, 16];
/** Rounds of the auction at most, with a margin and without: who is free after that is left to a search. */
const ROUNDS = 40;
const LAST_ROUNDS = 5;

/**
 * Finds feasible prices and a matching of tight edges for a graph.
 *
 * @param hint prices to begin with; any will do, but good ones save work
 * @param stop asked now and then; a start that was stopped is one as well
 */
export function startOf(graph: Graph, hint?: Float64Array, stop: Stop = never): Start {
  const prices = hint ? hint.map(evenUp) : halfOfHeaviest(graph);
  if (hint) settle(graph, prices);
  const start = { prices, mates: new Int32Array(graph.size).fill(NONE) };
  lower(graph, start);
  if (!hint) approach(graph, start, stop);
  bidInRounds(graph, start, { margin: 0, most: LAST_ROUNDS, stop });
  return start;
}

/** Brings prices that know only of their own neighbourhood near those of a solution, by an auction with falling margins. */
function approach(graph: Graph, start: Start, stop: Stop): void {
  const { count, gaps } = bidOnce(graph, start, 0);
  for (const part of MARGIN_PARTS) {
    const margin = evenUp(gaps / Math.max(1, count) / part);
    bidInRounds(graph, start, { margin, most: ROUNDS, stop });
    keepTight(graph, start);
    lower(graph, start);
  }
}

/** The next even number, at least 0. */
const evenUp = (price: number): number => 2 * Math.max(0, Math.ceil(price / 2));

function halfOfHeaviest({ size, first, last, weightsAt }: Graph): Float64Array {
  const prices = new Float64Array(size);
  for (let vertex = 0; vertex < size; vertex += 1) {
    let heaviest = 0;
    for (let at = first[vertex]; at < last[vertex]; at += 1) {
      if (weightsAt[at] > heaviest) heaviest = weightsAt[at];
    }
    prices[vertex] = (FOLD / 2) * heaviest;
  }
  return prices;
}

/** Makes any prices feasible: each vertex in turn gets the lowest one that its edges let it have. */
function settle({ size, first, last, neighbours, weightsAt }: Graph, prices: Float64Array): void {
  for (let vertex = 0; vertex < size; vertex += 1) {
    let needed = 0;
    for (let at = first[vertex]; at < last[vertex]; at += 1) {
      needed = Math.max(needed, FOLD * weightsAt[at] - prices[neighbours[at]]);
    }
    prices[vertex] = needed;
  }
}

/** Unmatches edges that are not tight. */
function keepTight({ size, ends, weights }: Graph, { prices, mates }: Start): void {
  for (let vertex = 0; vertex < size; vertex += 1) {
    const half = mates[vertex];
    if (half === NONE) continue;
    const partner = ends[half];
    if (prices[vertex] + prices[partner] === FOLD * weights[half >> 1]) continue;
    mates[vertex] = NONE;
    mates[partner] = NONE;
  }
}

/** Sets each free vertex to the lowest price that its edges let it have, and matches it where that makes an edge to a free one tight. */
function lower(graph: Graph, { prices, mates }: Start): void {
  const { size, first, last, halves, neighbours, weightsAt } = graph;
  for (let vertex = 0; vertex < size; vertex += 1) {
    if (mates[vertex] !== NONE) continue;
    let best = 0;
    let by = NONE;
    for (let at = first[vertex]; at < last[vertex]; at += 1) {
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
