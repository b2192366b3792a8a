import { TopLists } from '../topk.ts';

/*
 * What no plan can exceed, whatever it does about wishes, seats and byes. Each SME has at most as many meetings as rounds in which it is
 * present, so no plan is worth more than
 *  - half the sum, over all SMEs, of their best partners in that number;
 *  - the best pairs of all in the number of all seats at tables;
 *  - for any prices >= 0 of SMEs: price times rounds of all SMEs, plus what each pair is worth above the prices of its two (weak duality
 *    of the fractional b-matching). Good prices are found by coordinate descent: each SME in turn takes the middle between what its last
 *    partner within its rounds and the next one leave for it.
 */

/** Who may meet whom, in how many rounds. */
export interface BoundTask {
  readonly size: number;
  /** Score of `u` and `v` at `u x size + v`, both ways round; below 0 where they are not to meet. */
  readonly scores: Int32Array;
  /** By position: rounds in which the SME is present. */
  readonly rounds: Int32Array;
  /** Meetings that there are tables for, in all rounds together. */
  readonly seats: number;
}

/** How often all prices are set anew. */
const SWEEPS = 12;

/** The lowest of the three bounds; a whole number. */
export function totalBound(task: BoundTask): number {
  const { size, rounds } = task;
  const longest = Math.max(
    1,
    rounds.reduce((most, count) => Math.max(most, count), 0),
  );
  const best = new TopLists(size, longest);
  const none = new Int32Array(size);
  for (let u = 0; u < size; u += 1) eachNet(task, u, none, (v, net) => best.offer(u, v, net));
  let ends = 0;
  const prices = new Int32Array(size);
  for (let u = 0; u < size; u += 1) {
    const count = Math.min(best.counts[u], rounds[u]);
    for (let at = 0; at < count; at += 1) ends += best.scoreAt(u, at);
    prices[u] = count === rounds[u] && count > 0 ? best.scoreAt(u, count - 1) >> 1 : 0;
  }
  let bound = Math.min(Math.floor(ends / 2), bestPairs(task), pricedBound(task, prices));
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    setPrices(task, prices, longest);
    bound = Math.min(bound, pricedBound(task, prices));
  }
  return bound;
}

/** Visits each partner of an SME with what is left of the score after the partner's price. */
function eachNet(
  { size, scores }: BoundTask,
  u: number,
  prices: Int32Array,
  visit: (v: number, net: number) => void,
): void {
  const row = u * size;
  for (let v = 0; v < size; v += 1) {
    const net = scores[row + v] - prices[v];
    if (scores[row + v] >= 0 && net >= 0) visit(v, net);
  }
}

/** Sum of the best pairs, as many as there are seats at tables. */
function bestPairs({ size, scores, seats }: BoundTask): number {
  const all: number[] = [];
  for (let u = 0; u < size; u += 1) {
    for (let v = u + 1; v < size; v += 1) if (scores[u * size + v] > 0) all.push(scores[u * size + v]);
  }
  const sorted = Int32Array.from(all).sort();
  return sorted.subarray(Math.max(0, sorted.length - seats)).reduce((sum, score) => sum + score, 0);
}

/** What prices prove. */
function pricedBound({ size, scores, rounds }: BoundTask, prices: Int32Array): number {
  let bound = 0;
  for (let u = 0; u < size; u += 1) {
    bound += rounds[u] * prices[u];
    for (let v = u + 1; v < size; v += 1) {
      // an SME that is never present meets nobody
      if (rounds[u] === 0 || rounds[v] === 0) continue;
      bound += Math.max(0, scores[u * size + v] - prices[u] - prices[v]);
    }
  }
  return bound;
}

function setPrices(task: BoundTask, prices: Int32Array, longest: number): void {
  const { size, rounds } = task;
  const one = new TopLists(1, longest + 1);
  for (let u = 0; u < size; u += 1) {
    one.clear(0);
    eachNet(task, u, prices, (v, net) => {
      if (rounds[v] > 0 && net > one.floors[0]) one.offer(0, v, net);
    });
    const count = rounds[u];
    if (count === 0) continue;
    const last = one.counts[0] >= count ? one.scoreAt(0, count - 1) : 0;
    const next = one.counts[0] > count ? one.scoreAt(0, count) : 0;
    prices[u] = (last + next) >> 1;
  }
}
