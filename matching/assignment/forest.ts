import { NONE, type Blossoms } from './blossoms.ts';
import { FOLD } from './certificate.ts';
import { Events } from './events.ts';
import type { Graph } from './graph.ts';

/** Labels of outermost nodes: in no tree, at an even distance from its root, at an odd one. */
export const UNLABELLED = 0;
export const OUTER = 1;
export const INNER = 2;

/** Room for so many events for each vertex: what is not used of it costs nothing, but room that has to grow is copied. */
const EVENTS_EACH = 4;

/*
 * Problem: alternating trees that grow from all free vertices at once, under prices that change all the time.
 * Method: one common clock. While it runs, prices of outer vertices fall and those of inner ones rise at rate one, those of outer
 * blossoms rise and those of inner ones fall at rate two; nothing is touched for that: what is stored is the price at time zero of its
 * label, or the time at which the label was given.
 *   outer vertex     true price = prices[v] - now        outer blossom    true = extras[b] + 2 now
 *   inner vertex     true price = prices[v] + now - since[node around v]
 *   inner blossom    true = extras[b] - 2 now            everything else  as stored
 * A queue holds the moments at which something can happen. Each vertex has one entry at most that counts, for its most urgent edge:
 * of an unlabelled vertex to an outer one, of an outer vertex to an outer one. Entries are never taken back; they may come too early,
 * but never too late: whoever takes one out looks whether its edge is tight, and if not, at all edges of the vertex again.
 * An edge that would matter only after its tree has come to its end is not queued; a tree ends, at the latest, when the price of one
 * of its outer vertices is zero: it may then stay without a mate. A search that stops as soon as one tree ends (`once`) queues nothing
 * that comes after the earliest end known, be it that two trees meet.
 */

/** How a forest is used other than for one search from all free vertices to the end. */
export interface ForestUse {
  /** The search stops as soon as one tree ends. [false] */
  readonly once?: boolean;
  /** Told of each outermost node before anything is changed at it by a search; may be told again of the same one. [nobody] */
  readonly watch?: (node: number) => void;
}

/** Prices, labels and trees of a search; the clock is `now`. */
export class Forest {
  readonly graph: Graph;
  readonly blossoms: Blossoms;
  /** Price of each vertex, weights being counted four-fold; see above for what is stored. */
  readonly prices: Float64Array;
  /** Price of each blossom, by node; see above. */
  readonly extras: Float64Array;
  readonly label: Uint8Array;
  /** The same for each vertex: the label of the outermost node around it. */
  readonly vertexLabel: Uint8Array;
  /** Half of the edge by which an outermost node got its label, pointing away from it; NONE for a root. */
  readonly via: Int32Array;
  /** Root of the tree that a labelled outermost node is in. */
  readonly root: Int32Array;
  readonly since: Float64Array;
  readonly events: Events;
  /** By vertex: time of the entry that counts, and the edge that it is for. */
  readonly #due: Float64Array;
  readonly #urgent: Int32Array;
  now = 0;
  /** Number of trees. */
  trees = 0;
  /** By vertex: 1 for the root of a tree. */
  readonly #isRoot: Uint8Array;
  /** By root: when its tree ends at the latest, and the outer vertex at which it does. */
  readonly #ends: Float64Array;
  readonly #endsAt: Int32Array;
  /** The nodes of each tree as a list with links both ways. */
  readonly #firstNode: Int32Array;
  readonly #nextNode: Int32Array;
  readonly #previousNode: Int32Array;
  readonly #once: boolean;
  readonly #watch: ((node: number) => void) | undefined;
  /** Nothing that comes after this time is queued. */
  #horizon = Infinity;

  /** @param prices a feasible start: even numbers >= 0, four times the weight of an edge never above the sum at its ends */
  constructor(blossoms: Blossoms, prices: Float64Array, { once = false, watch }: ForestUse = {}) {
    const nodes = blossoms.parent.length;
    const { size } = blossoms.graph;
    this.graph = blossoms.graph;
    this.blossoms = blossoms;
    this.prices = prices;
    this.#once = once;
    this.#watch = watch;
    this.extras = new Float64Array(nodes);
    this.label = new Uint8Array(nodes);
    this.vertexLabel = new Uint8Array(size);
    // what only nodes of trees have is written when they get into one
    this.via = new Int32Array(nodes);
    this.root = new Int32Array(nodes);
    this.since = new Float64Array(nodes);
    this.events = new Events(EVENTS_EACH * size);
    this.#due = new Float64Array(size).fill(Infinity);
    this.#urgent = new Int32Array(size);
    this.#isRoot = new Uint8Array(size);
    this.#ends = new Float64Array(size);
    this.#endsAt = new Int32Array(size);
    this.#firstNode = new Int32Array(size);
    this.#nextNode = new Int32Array(nodes);
    this.#previousNode = new Int32Array(nodes);
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
    return this.price(ends[2 * edge]) + this.price(ends[2 * edge + 1]) - FOLD * weights[edge];
  }

  /** Starts a tree at an unlabelled, free vertex. Its edges are not looked at yet. */
  plant(vertex: number): void {
    this.trees += 1;
    this.#isRoot[vertex] = 1;
    this.#ends[vertex] = Infinity;
    this.#firstNode[vertex] = NONE;
    this.makeOuter(this.blossoms.around(vertex), vertex, NONE);
  }

  /** Whether a vertex is the root of a tree. */
  isRoot(vertex: number): boolean {
    return this.#isRoot[vertex] === 1;
  }

  /** Says that something is about to change at an outermost node. */
  touch(node: number): void {
    this.#watch?.(node);
  }

  /** Makes a vertex one that no search looks at, or takes that back; only for a vertex in no blossom, without a mate, between searches. */
  hide(vertex: number, hidden: boolean): void {
    // an inner vertex is one that outer ones have no use for; this one is in no tree, so nothing comes of it
    this.label[vertex] = this.vertexLabel[vertex] = hidden ? INNER : UNLABELLED;
  }

  /** Makes ready for another search where no tree is left: the clock at zero, the queue empty. Costs as much as is still queued. */
  rest(): void {
    this.events.drain((code) => {
      if (code < this.graph.size) this.#due[code] = Infinity;
    });
    this.now = 0;
    this.#horizon = Infinity;
  }

  /**
   * Takes the next entry out of the queue and moves the clock to it.
   *
   * @returns with n vertices: below n a vertex at which an edge may be tight, below 2 n a root + n whose tree may end, else n + an inner
   * blossom that may have come down to zero
   */
  next(): number {
    this.now = Math.max(this.now, this.events.time);
    return this.events.pop();
  }

  /** The edge for which a vertex has been taken out of the queue; NONE where its entry does not count any more. */
  urgent(vertex: number): number {
    if (this.#due[vertex] !== this.now) return NONE;
    this.#due[vertex] = Infinity;
    return this.#urgent[vertex];
  }

  /** The outer vertex at which a tree ends now; NONE where it does not end now or is not there any more. */
  endOf(root: number): number {
    return this.isRoot(root) && this.#ends[root] === this.now ? this.#endsAt[root] : NONE;
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
    this.touch(node);
    this.enter(node, root, OUTER, via);
    this.shift(node, this.now, OUTER);
    if (this.blossoms.isBlossom(node)) this.extras[node] -= 2 * this.now;
  }

  /** Labels an unlabelled outermost node as inner. */
  makeInner(node: number, root: number, via: number): void {
    this.touch(node);
    this.shift(node, 0, INNER);
    this.stayInner(node, root, via, this.now);
  }

  /** Labels a child of an inner blossom that has been opened as inner; its prices count from when that one became inner. */
  stayInner(node: number, root: number, via: number, since: number): void {
    this.enter(node, root, INNER, via);
    this.since[node] = since;
    if (!this.blossoms.isBlossom(node)) return;
    this.extras[node] += 2 * this.now;
    this.events.push(this.extras[node] / 2, this.graph.size + node);
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
      if (this.blossoms.isBlossom(node)) this.extras[node] += 2 * this.now;
    } else {
      this.shift(node, 2 * this.now - this.since[node], OUTER);
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
      this.shift(node, -this.now, UNLABELLED);
      if (this.blossoms.isBlossom(node)) this.extras[node] += 2 * this.now;
    } else {
      this.shift(node, this.now - this.since[node], UNLABELLED);
      if (this.blossoms.isBlossom(node)) this.extras[node] -= 2 * this.now;
    }
    this.label[node] = UNLABELLED;
  }

  /** Ends trees: their nodes are unlabelled again, at the prices of now. */
  uproot(roots: readonly number[]): void {
    this.trees -= roots.length;
    const starts = roots.map((root) => this.#firstNode[root]);
    for (const root of roots) {
      this.#isRoot[root] = 0;
      this.#firstNode[root] = NONE;
    }
    for (const start of starts) {
      for (let node = start; node !== NONE; node = this.#nextNode[node]) this.settle(node);
    }
    if (this.trees === 0 || this.#once) return;
    for (const start of starts) {
      for (let node = start; node !== NONE; node = this.#nextNode[node]) this.lookAround(node);
    }
  }

  /** Labels all vertices of a node, and adds to their stored prices. */
  shift(node: number, by: number, label: number): void {
    const { firstVertex, lastVertex, nextVertex } = this.blossoms;
    const { prices, vertexLabel } = this;
    const last = lastVertex[node];
    for (let vertex = firstVertex[node]; ; vertex = nextVertex[vertex]) {
      prices[vertex] += by;
      vertexLabel[vertex] = label;
      if (vertex === last) return;
    }
  }

  /** Queues what may happen at the edges of a node that has just become outer or unlabelled. */
  lookAround(node: number): void {
    const { firstVertex, lastVertex, nextVertex } = this.blossoms;
    const last = lastVertex[node];
    for (let vertex = firstVertex[node]; ; vertex = nextVertex[vertex]) {
      this.look(vertex);
      if (vertex === last) return;
    }
  }

  /** Queues what may happen at the edges of an outer or unlabelled vertex. */
  look(vertex: number): void {
    if (this.vertexLabel[vertex] === OUTER) this.#lookOut(vertex);
    else this.#lookIn(vertex);
  }

  /**
   * Queues an outer vertex for the most urgent of its edges to other outer ones, its unlabelled neighbours for their edges to it, and its
   * tree for its end where the price of the vertex brings that forward.
   */
  #lookOut(vertex: number): void {
    const { first, last, halves, neighbours, weightsAt, size } = this.graph;
    const { group, outermost } = this.blossoms;
    const { prices, vertexLabel, events } = this;
    const [due, ends] = [this.#due, this.#ends];
    const ownGroup = group[vertex];
    const root = this.root[outermost[ownGroup]];
    const price = prices[vertex];
    if (price < ends[root]) {
      ends[root] = price;
      this.#endsAt[root] = vertex;
      events.push(price, size + root);
    }
    if (this.#once) this.#horizon = Math.min(this.#horizon, ends[root]);
    const limit = Math.min(ends[root], this.#horizon);
    let earliest = 2 * limit;
    let urgent = NONE;
    for (let at = first[vertex]; at < last[vertex]; at += 1) {
      const other = neighbours[at];
      const label = vertexLabel[other];
      if (label === INNER) continue;
      const sum = price + prices[other] - FOLD * weightsAt[at];
      if (label === UNLABELLED) {
        if (sum > limit || sum >= due[other]) continue;
        due[other] = sum;
        this.#urgent[other] = halves[at] >> 1;
        events.push(sum, other);
      } else if (sum < earliest || (sum === earliest && urgent === NONE)) {
        const otherGroup = group[other];
        if (otherGroup === ownGroup) continue;
        const otherRoot = this.root[outermost[otherGroup]];
        if (sum > 2 * ends[otherRoot]) continue;
        if (this.#once && otherRoot !== root) this.#horizon = Math.min(this.#horizon, sum / 2);
        earliest = sum;
        urgent = at;
      }
    }
    this.#queue(vertex, earliest / 2, urgent);
  }

  /** Queues an unlabelled vertex for the most urgent of its edges to outer ones. */
  #lookIn(vertex: number): void {
    const { first, last, neighbours, weightsAt } = this.graph;
    const { group, outermost } = this.blossoms;
    const { prices, vertexLabel } = this;
    const price = prices[vertex];
    let earliest = this.#horizon;
    let urgent = NONE;
    for (let at = first[vertex]; at < last[vertex]; at += 1) {
      const other = neighbours[at];
      if (vertexLabel[other] !== OUTER) continue;
      const sum = price + prices[other] - FOLD * weightsAt[at];
      if (sum >= earliest || sum > this.#ends[this.root[outermost[group[other]]]]) continue;
      earliest = sum;
      urgent = at;
    }
    this.#queue(vertex, earliest, urgent);
  }

  /** Puts the entry that counts for a vertex into the queue; `at` is the place of its edge among all halves, NONE for no edge. */
  #queue(vertex: number, time: number, at: number): void {
    this.#due[vertex] = at === NONE ? Infinity : time;
    if (at === NONE) return;
    this.#urgent[vertex] = this.graph.halves[at] >> 1;
    this.events.push(time, vertex);
  }
}
