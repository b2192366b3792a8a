import { NONE, type Blossoms } from './blossoms.ts';
import { Events } from './events.ts';
import type { Graph } from './graph.ts';

/** Labels of outermost nodes: in no tree, at an even distance from its root, at an odd one. */
export const UNLABELLED = 0;
export const OUTER = 1;
export const INNER = 2;

/*
 * Problem: alternating trees that grow from all free vertices at once, under prices that change all the time.
 * Method: one common clock. While it runs, prices of outer vertices fall and those of inner ones rise at rate one, those of outer
 * blossoms rise and those of inner ones fall at rate two; nothing is touched for that: what is stored is the price at time zero of its
 * label, or the time at which the label was given.
 *   outer vertex     true price = prices[v] - now        outer blossom    true = extras[b] + 2 now
 *   inner vertex     true price = prices[v] + now - since[node around v]
 *   inner blossom    true = extras[b] - 2 now            everything else  as stored
 * A queue holds the moments at which something can happen. Its entries are never taken back: whoever takes one out looks whether it
 * still holds. What keeps that right: whenever a vertex becomes outer or unlabelled, all its edges are looked at and queued anew.
 * An edge that would matter only after its tree has come to its end is not queued; a tree ends, at the latest, when the price of one
 * of its outer vertices is zero: it may then stay without a mate.
 */

/** Prices, labels and trees of a search; the clock is `now`. */
export class Forest {
  readonly graph: Graph;
  readonly blossoms: Blossoms;
  /** Price of each vertex, weights being counted four-fold; see above for what is stored. */
  readonly prices: Float64Array;
  /** Price of each blossom, by node; see above. */
  readonly extras: Float64Array;
  readonly label: Uint8Array;
  /** Half of the edge by which an outermost node got its label, pointing away from it; NONE for a root. */
  readonly via: Int32Array;
  /** Root of the tree that a labelled outermost node is in. */
  readonly root: Int32Array;
  readonly since: Float64Array;
  readonly events: Events;
  now = 0;
  /** Number of trees. */
  trees = 0;
  /** By root: when its tree ends at the latest, and the outer vertex at which it does; -1 where there is no tree. */
  readonly #ends: Float64Array;
  readonly #endsAt: Int32Array;
  /** The nodes of each tree as a list with links both ways. */
  readonly #firstNode: Int32Array;
  readonly #nextNode: Int32Array;
  readonly #previousNode: Int32Array;

  /** @param prices a feasible start: even numbers >= 0, four times the weight of an edge never above the sum at its ends */
  constructor(blossoms: Blossoms, prices: Float64Array) {
    const nodes = blossoms.parent.length;
    const { size } = blossoms.graph;
    this.graph = blossoms.graph;
    this.blossoms = blossoms;
    this.prices = prices;
    this.extras = new Float64Array(nodes);
    this.label = new Uint8Array(nodes);
    this.via = new Int32Array(nodes).fill(NONE);
    this.root = new Int32Array(nodes).fill(NONE);
    this.since = new Float64Array(nodes);
    this.events = new Events(4 * size);
    this.#ends = new Float64Array(size).fill(-1);
    this.#endsAt = new Int32Array(size).fill(NONE);
    this.#firstNode = new Int32Array(size).fill(NONE);
    this.#nextNode = new Int32Array(nodes).fill(NONE);
    this.#previousNode = new Int32Array(nodes).fill(NONE);
  }

  /** True price of a vertex. */
  price(vertex: number): number {
    const node = this.blossoms.around(vertex);
    const label = this.label[node];
    if (label === OUTER) return this.prices[vertex] - this.now;
    if (label === INNER) return this.prices[vertex] + this.now - this.since[node];
    return this.prices[vertex];
  }

  /** What the prices at the ends of an edge are above its weight, four-fold; only for edges between outermost nodes. */
  slack(edge: number): number {
    const { ends, weights } = this.graph;
    return this.price(ends[2 * edge]) + this.price(ends[2 * edge + 1]) - 4 * weights[edge];
  }

  /** Starts a tree at an unlabelled, free vertex. Its edges are not looked at yet. */
  plant(vertex: number): void {
    this.trees += 1;
    this.#ends[vertex] = Infinity;
    this.makeOuter(this.blossoms.around(vertex), vertex, NONE);
  }

  /**
   * Takes the next entry out of the queue and moves the clock to it.
   *
   * @returns with m edges and n vertices: below m an edge that may be tight, below m + n a root + m whose tree may end, else m + an inner
   * blossom that may have come down to zero
   */
  next(): number {
    this.now = Math.max(this.now, this.events.time);
    return this.events.pop();
  }

  /** The outer vertex at which a tree ends now; NONE where it does not end now or is not there any more. */
  endOf(root: number): number {
    return this.#ends[root] === this.now ? this.#endsAt[root] : NONE;
  }

  /** Whether an inner blossom has come down to the price zero. */
  isEmpty(blossom: number): boolean {
    return (
      this.blossoms.parent[blossom] === NONE &&
      this.label[blossom] === INNER &&
      this.extras[blossom] === 2 * this.now
    );
  }

  /** Labels an unlabelled outermost node as outer. Its edges are not looked at yet. */
  makeOuter(node: number, root: number, via: number): void {
    this.enter(node, root, OUTER, via);
    this.shift(node, this.now);
    this.extras[node] -= 2 * this.now;
  }

  /** Labels an unlabelled outermost node as inner, its prices counting from a time that may be past. */
  makeInner(node: number, root: number, via: number, since = this.now): void {
    this.enter(node, root, INNER, via);
    this.since[node] = since;
    if (!this.blossoms.isBlossom(node)) return;
    this.extras[node] += 2 * this.now;
    this.events.push(this.extras[node] / 2, this.graph.weights.length + node);
  }

  /** Puts an outermost node into a tree as it is. */
  enter(node: number, root: number, label: number, via: number): void {
    this.label[node] = label;
    this.root[node] = root;
    this.via[node] = via;
    const next = this.#firstNode[root];
    this.#firstNode[root] = node;
    this.#nextNode[node] = next;
    this.#previousNode[node] = NONE;
    if (next !== NONE) this.#previousNode[next] = node;
  }

  /** Makes an outermost node of a tree a part of an outer blossom to be: out of the list, its vertices' prices stored as of outer ones. */
  absorb(node: number): void {
    if (this.label[node] === OUTER) {
      this.extras[node] += 2 * this.now;
    } else {
      this.shift(node, 2 * this.now - this.since[node]);
      if (this.blossoms.isBlossom(node)) this.extras[node] -= 2 * this.now;
    }
    this.drop(node);
  }

  /** Takes an outermost node out of its tree, its vertices' prices as they are stored. */
  drop(node: number): void {
    const [previous, next] = [this.#previousNode[node], this.#nextNode[node]];
    if (previous === NONE) this.#firstNode[this.root[node]] = next;
    else this.#nextNode[previous] = next;
    if (next !== NONE) this.#previousNode[next] = previous;
    this.label[node] = UNLABELLED;
  }

  /** Takes the label off a node; its prices are then those of now. */
  settle(node: number): void {
    if (this.label[node] === OUTER) {
      this.shift(node, -this.now);
      this.extras[node] += 2 * this.now;
    } else {
      this.shift(node, this.now - this.since[node]);
      if (this.blossoms.isBlossom(node)) this.extras[node] -= 2 * this.now;
    }
    this.label[node] = UNLABELLED;
  }

  /** Ends a tree: its nodes are unlabelled again, at the prices of now. */
  uproot(root: number): void {
    const start = this.#firstNode[root];
    for (let node = start; node !== NONE; node = this.#nextNode[node]) this.settle(node);
    this.trees -= 1;
    this.#ends[root] = -1;
    this.#firstNode[root] = NONE;
    for (let node = start; node !== NONE; node = this.#nextNode[node]) this.lookAround(node);
  }

  /** Adds to the stored prices of all vertices of a node. */
  shift(node: number, by: number): void {
    const { firstVertex, lastVertex, nextVertex } = this.blossoms;
    const last = lastVertex[node];
    for (let vertex = firstVertex[node]; ; vertex = nextVertex[vertex]) {
      this.prices[vertex] += by;
      if (vertex === last) return;
    }
  }

  /** Queues what may happen at the edges of a node that has just become outer or unlabelled. */
  lookAround(node: number): void {
    const { firstVertex, lastVertex, nextVertex } = this.blossoms;
    const outer = this.label[this.blossoms.around(firstVertex[node])] === OUTER;
    const last = lastVertex[node];
    for (let vertex = firstVertex[node]; ; vertex = nextVertex[vertex]) {
      if (outer) this.#lookOut(vertex);
      else this.#lookIn(vertex);
      if (vertex === last) return;
    }
  }

  /** Queues the edges of an outer vertex, and the end of its tree where it brings that forward. */
  #lookOut(vertex: number): void {
    const { ends, weights, first, halves } = this.graph;
    const { group, outermost } = this.blossoms;
    const { prices, label, events } = this;
    const own = outermost[group[vertex]];
    const root = this.root[own];
    const price = prices[vertex];
    if (price < this.#ends[root]) {
      this.#ends[root] = price;
      this.#endsAt[root] = vertex;
      events.push(price, weights.length + root);
    }
    const limit = this.#ends[root];
    for (let at = first[vertex]; at < first[vertex + 1]; at += 1) {
      const half = halves[at];
      const other = ends[half];
      const node = outermost[group[other]];
      if (label[node] === INNER || node === own) continue;
      const sum = price + prices[other] - 4 * weights[half >> 1];
      if (label[node] === UNLABELLED) {
        if (sum <= limit) events.push(sum, half >> 1);
      } else if (sum <= 2 * limit && sum <= 2 * this.#ends[this.root[node]]) {
        events.push(sum / 2, half >> 1);
      }
    }
  }

  /** Queues the edges between an unlabelled vertex and outer ones. */
  #lookIn(vertex: number): void {
    const { ends, weights, first, halves } = this.graph;
    const { group, outermost } = this.blossoms;
    for (let at = first[vertex]; at < first[vertex + 1]; at += 1) {
      const half = halves[at];
      const other = ends[half];
      const node = outermost[group[other]];
      if (this.label[node] !== OUTER) continue;
      const time = this.prices[vertex] + this.prices[other] - 4 * weights[half >> 1];
      if (time <= this.#ends[this.root[node]]) this.events.push(time, half >> 1);
    }
  }
}
