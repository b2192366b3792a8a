import { NONE, type Blossoms } from './blossoms.ts';
import { INNER, OUTER, UNLABELLED, type Forest } from './forest.ts';
import { never, type Stop } from './stop.ts';

/*
 * Problem: from a feasible start (prices; matched edges, all of them tight) to the heaviest matching, with prices that prove it.
 * Method: the primal-dual search of Edmonds (1965) in the form of Galil (1986), with the trees of all free vertices growing at once
 * under one common clock. When an edge between two trees gets tight, they are matched along it; when one within a tree does, an odd cycle
 * is shrunk into a blossom; when the price of an inner blossom comes down to zero, it is opened; when that of an outer vertex does, it may
 * stay free and its tree ends there. Each of these keeps: prices feasible, matched edges and those of blossoms tight, the price of a free
 * vertex outside of all trees zero. With no tree left these are the conditions of an optimum.
 */

/** Events between two times of asking whether to stop. */
const EVENTS_BETWEEN = 1024;

/** Searches until no free vertex has a price above zero. */
export class Search {
  readonly #forest: Forest;
  readonly #blossoms: Blossoms;
  readonly #ends: Int32Array;
  /** By node: number of the last walk that came by. */
  readonly #seen: Int32Array;
  #walk = 0;

  constructor(forest: Forest) {
    this.#forest = forest;
    this.#blossoms = forest.blossoms;
    this.#ends = forest.graph.ends;
    this.#seen = new Int32Array(forest.label.length);
  }

  /**
   * Searches to the end, or until told to stop: whoever is free by then stays so, and the prices are feasible all the same.
   *
   * @param stop asked before the start, and again and again
   */
  run(stop: Stop = never): void {
    if (stop()) return;
    const forest = this.#forest;
    const { graph, prices } = forest;
    const free: number[] = [];
    for (let vertex = 0; vertex < graph.size; vertex += 1) {
      if (this.#blossoms.mates[vertex] === NONE && prices[vertex] > 0) free.push(vertex);
    }
    this.#plant(free);
    for (let events = 1; forest.trees > 0; events += 1) {
      this.#step();
      if (events % EVENTS_BETWEEN === 0 && stop()) {
        forest.uproot(free.filter((root) => forest.isRoot(root)));
      }
    }
  }

  /**
   * Searches until the first tree ends, and makes ready for another search; touches no more than the trees grew over. The forest must
   * be one for searches that stop `once` a tree ends.
   *
   * @param free all free vertices with prices above zero; these prices all even, or all odd
   */
  runOnce(free: readonly number[]): void {
    const forest = this.#forest;
    this.#plant(free);
    while (forest.trees === free.length) this.#step();
    forest.uproot(free.filter((root) => forest.isRoot(root)));
    forest.rest();
  }

  #plant(free: readonly number[]): void {
    for (const vertex of free) this.#forest.plant(vertex);
    for (const vertex of free) this.#forest.lookAround(this.#blossoms.around(vertex));
  }

  #step(): void {
    const { size } = this.#forest.graph;
    const code = this.#forest.next();
    if (code < size) this.#meet(code);
    else if (code < 2 * size) this.#end(code - size);
    else if (this.#forest.isEmpty(code - size)) this.#open(code - size);
  }

  /** An edge of a vertex may have become tight: acts on it where that is so, and looks for the next one. */
  #meet(vertex: number): void {
    const { label, root } = this.#forest;
    const edge = this.#forest.urgent(vertex);
    if (edge === NONE) return;
    const own = label[this.#blossoms.around(vertex)];
    if (own === INNER) return;
    // points to the vertex, away from what should be an outer one
    const half = this.#ends[2 * edge] === vertex ? 2 * edge : 2 * edge + 1;
    const [from, to] = [this.#around(half ^ 1), this.#around(half)];
    const tight = label[from] === OUTER && from !== to && this.#forest.slack(edge) === 0;
    if (!tight) this.#forest.look(vertex);
    else if (own === UNLABELLED) this.#grow(half);
    else if (root[from] !== root[to]) this.#join(half);
    else {
      this.#shrink(half);
      this.#forest.look(vertex);
    }
  }

  /** The outermost node around the vertex that a half points to. */
  #around(half: number): number {
    return this.#blossoms.around(this.#ends[half]);
  }

  /** Takes the node that a half points to into the tree at its other end, with the node that it is matched with. */
  #grow(half: number): void {
    const forest = this.#forest;
    const node = this.#around(half);
    const root = forest.root[this.#around(half ^ 1)];
    const mate = this.#blossoms.mates[this.#blossoms.base[node]];
    if (mate === NONE) {
      // free, at the price zero, and now with a mate
      forest.touch(node);
      this.#flip(this.#ends[half ^ 1], half);
      this.#setMate(this.#ends[half], half ^ 1);
      forest.uproot([root]);
      forest.look(this.#ends[half]);
      return;
    }
    const next = this.#around(mate);
    forest.makeInner(node, root, half ^ 1);
    forest.makeOuter(next, root, mate ^ 1);
    forest.lookAround(next);
  }

  /** Matches two trees along an edge between outer nodes of them. */
  #join(half: number): void {
    const { root } = this.#forest;
    const [one, other] = [root[this.#around(half ^ 1)], root[this.#around(half)]];
    this.#flip(this.#ends[half ^ 1], half);
    this.#flip(this.#ends[half], half ^ 1);
    this.#forest.uproot([one, other]);
  }

  /** Ends a tree at an outer vertex whose price is zero: its root gets a mate, that vertex stays free instead. */
  #end(root: number): void {
    const vertex = this.#forest.endOf(root);
    if (vertex === NONE) return;
    this.#flip(vertex, NONE);
    this.#forest.uproot([root]);
  }

  /** Matches an outer vertex by the half given (NONE: leaves it free) and swaps matched and other edges on the way to its root. */
  #flip(from: number, by: number): void {
    const { via } = this.#forest;
    let [vertex, mate] = [from, by];
    for (;;) {
      const toInner = via[this.#blossoms.around(vertex)];
      this.#setMate(vertex, mate);
      if (toInner === NONE) return;
      const toOuter = via[this.#around(toInner)];
      this.#setMate(this.#ends[toOuter ^ 1], toOuter);
      vertex = this.#ends[toOuter];
      mate = toOuter ^ 1;
    }
  }

  /** Gives a vertex a mate outside of its outermost node. */
  #setMate(vertex: number, mate: number): void {
    const node = this.#blossoms.around(vertex);
    if (node !== vertex) this.#blossoms.turn(node, vertex);
    this.#blossoms.rematch(vertex, mate);
  }

  /** Makes a blossom of the cycle that an edge between two outer nodes of one tree closes. */
  #shrink(half: number): void {
    const forest = this.#forest;
    const blossoms = this.#blossoms;
    const [one, other] = [this.#around(half ^ 1), this.#around(half)];
    const top = this.#meeting(one, other);
    const [root, via] = [forest.root[top], forest.via[top]];
    this.#link(top, half);
    const inner: number[] = [];
    let child = top;
    do {
      if (forest.label[child] === INNER) inner.push(child);
      forest.absorb(child);
      child = blossoms.nextSibling[child];
    } while (child !== top);
    const blossom = blossoms.shrink(top);
    forest.enter(blossom, root, OUTER, via);
    forest.extras[blossom] = -2 * forest.now;
    for (const node of inner) forest.lookAround(node);
  }

  /** Links the cycle as a ring: down from the top to one end of the edge, over it, and up again. */
  #link(top: number, half: number): void {
    const { via } = this.#forest;
    const { nextSibling, nextHalf } = this.#blossoms;
    const [one, other] = [this.#around(half ^ 1), this.#around(half)];
    for (let node = one; node !== top;) {
      const above = this.#around(via[node]);
      nextSibling[above] = node;
      nextHalf[above] = via[node] ^ 1;
      node = above;
    }
    nextSibling[one] = other;
    nextHalf[one] = half;
    for (let node = other; node !== top; node = nextSibling[node]) {
      nextSibling[node] = this.#around(via[node]);
      nextHalf[node] = via[node];
    }
  }

  /** Where the ways of two outer nodes of one tree to its root meet; both walked in turn, so that it takes no longer than the cycle is. */
  #meeting(one: number, other: number): number {
    this.#walk += 1;
    let [node, waiting] = [one, other];
    for (;;) {
      if (node !== NONE) {
        if (this.#seen[node] === this.#walk) return node;
        this.#seen[node] = this.#walk;
        node = this.#outerAbove(node);
      }
      [node, waiting] = [waiting, node];
    }
  }

  #outerAbove(node: number): number {
    const { via } = this.#forest;
    return via[node] === NONE ? NONE : this.#around(via[this.#around(via[node])]);
  }

  /** Opens an inner blossom: the children on the even way from where the tree comes in to the base stay in the tree. */
  #open(blossom: number): void {
    const forest = this.#forest;
    const { firstChild, parent, nextSibling, previousSibling } = this.#blossoms;
    const { root: roots, via, since: sinces } = forest;
    const [root, from, since, base] = [roots[blossom], via[blossom], sinces[blossom], firstChild[blossom]];
    forest.drop(blossom);
    forest.extras[blossom] = 0;
    let entry = this.#ends[from ^ 1];
    while (parent[entry] !== blossom) entry = parent[entry];
    this.#blossoms.expand(blossom);
    let steps = 0;
    for (let child = entry; child !== base; child = nextSibling[child]) steps += 1;
    const forward = steps % 2 === 0;
    const fresh = this.#keepWay(entry, base, { root, from, since, forward });
    const back = forward ? previousSibling : nextSibling;
    for (let child = back[entry]; child !== base; child = back[child]) {
      forest.shift(child, forest.now - since, UNLABELLED);
      fresh.push(child);
    }
    for (const child of fresh) forest.lookAround(child);
  }

  /** Labels the children of an opened blossom from its entry to its base in turn inner and outer; returns the outer ones. */
  #keepWay(
    entry: number,
    base: number,
    { root, from, since, forward }: { root: number; from: number; since: number; forward: boolean },
  ): number[] {
    const forest = this.#forest;
    const { nextSibling, previousSibling, nextHalf } = this.#blossoms;
    const link = forward ? nextSibling : previousSibling;
    const outer: number[] = [];
    let [child, via] = [entry, from];
    while (child !== base) {
      const next = link[child];
      forest.stayInner(child, root, via, since);
      forest.shift(next, forest.now - since, UNLABELLED);
      // halves back: from the outer child to this one, and from the inner one after it
      forest.makeOuter(next, root, forward ? nextHalf[child] ^ 1 : nextHalf[next]);
      outer.push(next);
      child = link[next];
      via = forward ? nextHalf[next] ^ 1 : nextHalf[child];
    }
    forest.stayInner(base, root, via, since);
    return outer;
  }
}
