import { NONE } from './blossoms.ts';
import { FOLD } from './certificate.ts';
import { Events } from './events.ts';
import type { Graph } from './graph.ts';
import type { Start } from './start-state.ts';
import { never, type Stop } from './stop.ts';

/*
 * Problem: a search with blossoms is slow where hardly any blossom matters.
 * Method: solve the relaxation without odd sets first. Its best solutions are half-integral (Balinski 1965): matched edges, and odd
 * cycles of edges that are taken by half. An alternating tree grows from one free vertex after another, nearest vertices first, until it
 * can be matched with a free vertex, with a vertex of a half-cycle (which is then matched around without it), until two of its outer
 * vertices meet (the odd cycle becomes a half-cycle), or until the price of an outer one is zero. While a tree grows nothing can change
 * but its own prices, so a tree is a plain shortest-path search, and only the earliest of its possible ends has to be remembered. When
 * no free vertex has a price above zero, each half-cycle is matched around but for one vertex; those are left to the search with
 * blossoms. Prices: all even before, all even after, since the prices at the outer vertices of one tree are the same modulo four.
 */

const OUTER = 1;
const INNER = 2;

/** A way in which a tree can end: at an outer vertex, by an edge away from it. */
interface End {
  time: number;
  /** The outer vertex. */
  vertex: number;
  /** Half that points away from it; NONE where its price comes to zero. */
  half: number;
}

/** Solves the relaxation from a start, then opens its half-cycles: changes the prices and the matched edges of the start. */
export class Fractional {
  readonly #graph: Graph;
  readonly #prices: Float64Array;
  readonly #mates: Int32Array;
  /** Half that points to the next vertex of the half-cycle that a vertex is on; NONE for others. */
  readonly #around: Int32Array;
  /** Of the tree that is growing: */
  readonly #label: Uint8Array;
  /** half by which an inner vertex was reached, pointing to it; */
  readonly #via: Int32Array;
  /** earliest time at which a vertex that is in no tree can be reached; */
  readonly #due: Float64Array;
  readonly #reached: number[] = [];
  readonly #outer: number[] = [];
  readonly #inner: number[] = [];
  readonly #events: Events;
  readonly #end: End = { time: Infinity, vertex: NONE, half: NONE };

  constructor(graph: Graph, { prices, mates }: Start) {
    this.#graph = graph;
    this.#prices = prices;
    this.#mates = mates;
    this.#around = new Int32Array(graph.size).fill(NONE);
    this.#label = new Uint8Array(graph.size);
    this.#via = new Int32Array(graph.size);
    this.#due = new Float64Array(graph.size).fill(Infinity);
    // room that is not used costs nothing, but room that has to grow is copied
    this.#events = new Events(2 * graph.size);
  }

  /** Whether a vertex is free, on no half-cycle, and not yet at the price zero. */
  #isWaiting(vertex: number): boolean {
    return this.#mates[vertex] === NONE && this.#around[vertex] === NONE && this.#prices[vertex] > 0;
  }

  /**
   * Solves the relaxation, or as much of it as there is time for, and opens its half-cycles.
   *
   * @param stop asked before each tree
   */
  run(stop: Stop = never): void {
    for (let vertex = 0; vertex < this.#graph.size; vertex += 1) {
      if (!this.#isWaiting(vertex)) continue;
      if (stop()) break;
      this.#grow(vertex);
      this.#settle();
      this.#finish();
    }
    for (let vertex = 0; vertex < this.#graph.size; vertex += 1) {
      if (this.#around[vertex] !== NONE) this.#matchAround(vertex);
    }
  }

  /** Grows a tree until its earliest end. Outer vertices are stored at their price of time zero, inner ones likewise. */
  #grow(root: number): void {
    const { ends } = this.#graph;
    const [prices, label, due, events] = [this.#prices, this.#label, this.#due, this.#events];
    const end = this.#end;
    end.time = Infinity;
    let vertex = root;
    let now = 0;
    for (;;) {
      label[vertex] = OUTER;
      this.#outer.push(vertex);
      prices[vertex] += now;
      this.#look(vertex);
      let next = NONE;
      while (events.size > 0 && events.time < end.time) {
        now = events.time;
        const reached = events.pop();
        if (label[reached] !== 0 || due[reached] !== now) continue;
        next = reached;
        break;
      }
      if (next === NONE) return;
      label[next] = INNER;
      this.#inner.push(next);
      prices[next] -= now;
      vertex = ends[this.#mates[next]];
    }
  }

  /** Looks from a new outer vertex along its edges: for vertices to be reached, and for ends of the tree. */
  #look(vertex: number): void {
    const { first, last, halves, neighbours, weightsAt } = this.#graph;
    const [prices, mates, label, due, via] = [this.#prices, this.#mates, this.#label, this.#due, this.#via];
    const end = this.#end;
    const price = prices[vertex];
    let earliest = end.time;
    if (price < earliest) {
      earliest = end.time = price;
      end.vertex = vertex;
      end.half = NONE;
    }
    const stop = last[vertex];
    for (let at = first[vertex]; at < stop; at += 1) {
      const other = neighbours[at];
      const slack = price + prices[other] - FOLD * weightsAt[at];
      // two outer prices fall, so an edge between them takes half as long
      if (slack >= 2 * earliest) continue;
      const kind = label[other];
      if (kind === INNER) continue;
      if (kind === OUTER || mates[other] === NONE) {
        const time = kind === OUTER ? slack / 2 : slack;
        if (time >= earliest) continue;
        earliest = end.time = time;
        end.vertex = vertex;
        end.half = halves[at];
      } else if (slack < earliest && slack < due[other]) {
        if (due[other] === Infinity) this.#reached.push(other);
        due[other] = slack;
        via[other] = halves[at];
        this.#events.push(slack, other);
      }
    }
  }

  /** Brings the prices of the tree to the time of its end. */
  #settle(): void {
    const { time } = this.#end;
    for (const vertex of this.#outer) this.#prices[vertex] -= time;
    for (const vertex of this.#inner) this.#prices[vertex] += time;
  }

  /** Changes the matched edges as the end of the tree says, and forgets the tree. */
  #finish(): void {
    const { vertex, half } = this.#end;
    const other = half === NONE ? NONE : this.#graph.ends[half];
    if (other !== NONE && this.#label[other] === OUTER) {
      this.#close(half);
    } else {
      if (other !== NONE) {
        if (this.#around[other] !== NONE) this.#matchAround(other);
        this.#mates[other] = half ^ 1;
      }
      this.#swap(vertex, half);
    }
    this.#forget();
  }

  #forget(): void {
    for (const vertex of this.#reached) this.#due[vertex] = Infinity;
    for (const vertex of this.#outer) this.#label[vertex] = 0;
    for (const vertex of this.#inner) this.#label[vertex] = 0;
    this.#reached.length = this.#outer.length = this.#inner.length = 0;
    this.#events.clear();
  }

  /** Matches an outer vertex by the half given (NONE: leaves it free) and swaps matched and other edges on the way to the root. */
  #swap(from: number, by: number): void {
    const { ends } = this.#graph;
    const mates = this.#mates;
    let vertex = from;
    let mate = by;
    for (;;) {
      const before = mates[vertex];
      mates[vertex] = mate;
      if (before === NONE) return;
      const inner = ends[before];
      const half = this.#via[inner];
      mates[inner] = half ^ 1;
      vertex = ends[half ^ 1];
      mate = half;
    }
  }

  /** Makes a half-cycle of the odd cycle that an edge between two outer vertices closes. */
  #close(half: number): void {
    const { ends } = this.#graph;
    const [mates, via, around] = [this.#mates, this.#via, this.#around];
    const [one, other] = [ends[half ^ 1], ends[half]];
    const top = this.#meeting(one, other);
    around[one] = half;
    for (let outer = one; outer !== top;) {
      const inner = ends[mates[outer]];
      around[inner] = mates[inner];
      outer = ends[via[inner] ^ 1];
      around[outer] = via[inner];
    }
    for (let outer = other; outer !== top;) {
      const inner = ends[mates[outer]];
      around[outer] = mates[outer];
      around[inner] = via[inner] ^ 1;
      outer = ends[via[inner] ^ 1];
    }
    this.#swap(top, NONE);
    for (let vertex = ends[around[top]]; vertex !== top; vertex = ends[around[vertex]]) mates[vertex] = NONE;
  }

  /** Where the ways of two outer vertices to the root meet. */
  #meeting(one: number, other: number): number {
    const above = new Set<number>();
    for (let vertex = one; vertex !== NONE; vertex = this.#outerAbove(vertex)) above.add(vertex);
    let vertex = other;
    while (!above.has(vertex)) vertex = this.#outerAbove(vertex);
    return vertex;
  }

  #outerAbove(vertex: number): number {
    const { ends } = this.#graph;
    const mate = this.#mates[vertex];
    return mate === NONE ? NONE : ends[this.#via[ends[mate]] ^ 1];
  }

  /** Matches the vertices of a half-cycle by every second edge, but for the one given. */
  #matchAround(vertex: number): void {
    const { ends } = this.#graph;
    const [mates, around] = [this.#mates, this.#around];
    let one = ends[around[vertex]];
    around[vertex] = NONE;
    while (one !== vertex) {
      const half = around[one];
      const other = ends[half];
      const next = ends[around[other]];
      mates[one] = half;
      mates[other] = half ^ 1;
      around[one] = around[other] = NONE;
      one = next;
    }
  }
}
