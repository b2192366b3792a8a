import { NONE } from './blossoms.ts';
import type { Graph } from './graph.ts';

/*
 * Why a matching cannot be beaten. Give each vertex a price >= 0 and each of some odd sets of vertices, nested or apart, a price >= 0,
 * so that for every edge the prices of its ends and of all sets around both of them come to its weight at least. Then no matching weighs
 * more than the prices of all vertices plus, for each set of 2k + 1 vertices, k times its price (k edges at most fit inside). Where a
 * matching weighs exactly that, it is the heaviest (Edmonds 1965). All whole numbers: weights and prices are counted four-fold.
 */

/** How many times over weights are counted in a certificate, so that all its prices are whole numbers. */
export const FOLD = 4;

/** Prices that bound the weight of every matching of a graph. */
export interface Certificate {
  /** By vertex, four-fold. */
  readonly prices: Float64Array;
  /** Odd sets with a price above zero, the outer ones before those inside of them. */
  readonly sets: readonly OddSet[];
}

/** An odd set of vertices, as a node of a forest of sets. */
export interface OddSet {
  /** Index of the smallest set around it; NONE where there is none. */
  readonly around: number;
  /** Vertices in it that are in no smaller set of the certificate. */
  readonly own: readonly number[];
  /** Four-fold; above 0. */
  readonly price: number;
}

/** What a certificate says, or what is wrong with it, in words for a log. */
export interface Verdict {
  /** No matching weighs more, four-fold; NaN where there are faults. */
  readonly bound: number;
  readonly faults: readonly string[];
}

/** Checks a certificate against the edges of its graph, trusting nothing in it. Knows nothing of how it was found. */
export function checkCertificate(graph: Graph, certificate: Certificate): Verdict {
  const { prices, sets } = certificate;
  const faults = [...priceFaults(graph.size, certificate), ...nestFaults(graph.size, sets)];
  if (faults.length > 0) return { bound: NaN, faults };
  const around = pricesAround(graph.size, sets);
  for (let e = 0; e < graph.weights.length; e += 1) {
    const [u, v] = [graph.ends[2 * e], graph.ends[2 * e + 1]];
    const lacking = FOLD * graph.weights[e] - prices[u] - prices[v];
    if (lacking > 0 && lacking > around(u, v)) faults.push(`the prices at ${u} and ${v} are too low`);
  }
  const bound = boundOf(certificate);
  if (!Number.isSafeInteger(bound)) faults.push('the prices are too large to be summed');
  return faults.length > 0 ? { bound: NaN, faults } : { bound, faults };
}

/** Number of vertices in each set, with those of the sets inside of it. */
function sizesOf(sets: readonly OddSet[]): number[] {
  const sizes = sets.map(({ own }) => own.length);
  for (let at = sets.length - 1; at >= 0; at -= 1) {
    const { around } = sets[at];
    if (around !== NONE) sizes[around] += sizes[at];
  }
  return sizes;
}

/** What no matching weighs more than, four-fold, if the prices hold. */
export function boundOf({ prices, sets }: Certificate): number {
  const sizes = sizesOf(sets);
  const alone = prices.reduce((sum, price) => sum + price, 0);
  return sets.reduce((sum, { price }, at) => sum + price * ((sizes[at] - 1) / 2), alone);
}

const isPrice = (price: number): boolean => Number.isSafeInteger(price) && price >= 0;

function priceFaults(size: number, { prices, sets }: Certificate): string[] {
  if (prices.length !== size) return [`there are ${prices.length} prices for ${size} vertices`];
  return [
    ...[...prices].flatMap((price, at) => (isPrice(price) ? [] : [`the price of ${at} is ${price}`])),
    ...sets.flatMap(({ price }, at) => (isPrice(price) ? [] : [`the price of set ${at} is ${price}`])),
  ];
}

/** Prices of the vertices alone that bear out all that a certificate does: each set hands half of its price to each of its vertices. */
export function sharedOut({ prices, sets }: Certificate): Float64Array {
  const shared = prices.slice();
  const halves = new Float64Array(sets.length);
  sets.forEach(({ around, own, price }, at) => {
    halves[at] = price / 2 + (around === NONE ? 0 : halves[around]);
    for (const vertex of own) shared[vertex] += halves[at];
  });
  return shared;
}

/**
 * Prices of the vertices alone that come to no more, at any two vertices, than the certificate does: each set of more than half of all
 * vertices hands half of its price to each of its own and takes as much from the others. Other sets are left out.
 */
export function pricesApart({ prices, sets }: Certificate): Float64Array {
  const apart = prices.slice();
  const sizes = sizesOf(sets);
  const handed = new Float64Array(sets.length);
  let taken = 0;
  sets.forEach(({ around, own, price }, at) => {
    handed[at] = around === NONE ? 0 : handed[around];
    if (2 * sizes[at] > prices.length) {
      handed[at] += price;
      taken += price / 2;
    }
    for (const vertex of own) apart[vertex] += handed[at];
  });
  return apart.map((price) => price - taken);
}

/** What is wrong with the sets themselves: each must be odd, and come after the one around it, and share no vertex with others. */
function nestFaults(size: number, sets: readonly OddSet[]): string[] {
  const misplaced = sets.flatMap(({ around }, at) =>
    around === NONE || (Number.isInteger(around) && around >= 0 && around < at)
      ? []
      : [`set ${at} does not come after the set around it`],
  );
  if (misplaced.length > 0) return misplaced;
  const faults: string[] = [];
  const taken = new Set<number>();
  for (const { own } of sets) {
    for (const vertex of own) {
      if (!Number.isInteger(vertex) || vertex < 0 || vertex >= size) faults.push(`${vertex} is no vertex`);
      if (taken.has(vertex)) faults.push(`${vertex} is in two sets that are not nested`);
      taken.add(vertex);
    }
  }
  sizesOf(sets).forEach((count, at) => {
    if (count % 2 === 0) faults.push(`set ${at} has an even number of vertices`);
  });
  return faults;
}

/** Looks up the sum of the prices of all sets that hold both of two vertices. The sets must be sound. */
export function pricesAround(size: number, sets: readonly OddSet[]): (u: number, v: number) => number {
  const innermost = new Int32Array(size).fill(NONE);
  const depth = new Int32Array(sets.length);
  // sum of the prices from the outermost set down to each
  const sums = new Float64Array(sets.length);
  sets.forEach(({ around, own, price }, at) => {
    depth[at] = around === NONE ? 0 : depth[around] + 1;
    sums[at] = around === NONE ? price : sums[around] + price;
    for (const vertex of own) innermost[vertex] = at;
  });
  return (u, v) => {
    let [one, other] = [innermost[u], innermost[v]];
    while (one !== other && one !== NONE && other !== NONE) {
      if (depth[one] >= depth[other]) one = sets[one].around;
      else other = sets[other].around;
    }
    return one === NONE || other === NONE ? 0 : sums[one];
  };
}
