import { NONE } from '../assignment/blossoms.ts';
import type { Edge, Graph } from '../assignment/graph.ts';

/*
 * Problem: a graph of which edges and vertices come and go, laid out so that a search reads the edges of a vertex side by side.
 * Method: the halves at each vertex have a stretch of one pool, with some room behind it; a stretch that is full moves to the end of
 * the pool, twice as long. An edge that goes leaves its number and its place to others. Numbers of vertices and edges never change while
 * they are there, so that whatever names them stays right. When the pool is full, `roomier` lays everything out anew.
 */

/** Room that a stretch has at least when it is laid out. */
const ROOM_LEAST = 4;

/** How much larger everything is laid out than it has to be. */
const roomFor = (used: number): number => used + (used >> 2) + ROOM_LEAST;

/** A graph whose edges come and go. Vertices without edges cost nothing but a number. */
export class LiveGraph implements Graph {
  readonly size: number;
  readonly ends: Int32Array;
  readonly weights: Float64Array;
  readonly first: Int32Array;
  readonly last: Int32Array;
  readonly halves: Int32Array;
  readonly neighbours: Int32Array;
  readonly weightsAt: Float64Array;
  /** By vertex: where the stretch of the pool that is kept for it ends. */
  readonly #until: Int32Array;
  /** By half: its place in the pool. */
  readonly #places: Int32Array;
  /** Where the part of the pool begins that is no vertex's. */
  #end = 0;
  /** Numbers of edges from here on have never been used; those below that are not in use are `#unused`. */
  #edges: number;
  readonly #unused: number[];

  /**
   * @param from its edges keep their numbers
   * @param size number of vertices, at least as many as there
   * @param unused numbers of edges that are not to be taken over
   */
  constructor(from: Graph, size: number, unused: readonly number[] = []) {
    const edges = from.ends.length >> 1;
    const used = edges - unused.length;
    this.size = size;
    this.#edges = edges;
    this.#unused = [...unused];
    this.ends = new Int32Array(2 * Math.max(edges, roomFor(used)));
    this.weights = new Float64Array(this.ends.length >> 1);
    this.#places = new Int32Array(this.ends.length);
    this.first = new Int32Array(size);
    this.last = new Int32Array(size);
    this.#until = new Int32Array(size);
    this.ends.set(from.ends);
    this.weights.set(from.weights);
    // who is yet to come will have about as many edges as the others
    const usual = Math.ceil((2 * used) / Math.max(1, size));
    let end = 0;
    for (let vertex = 0; vertex < size; vertex += 1) {
      this.first[vertex] = this.last[vertex] = end;
      const degree = vertex < from.size ? from.last[vertex] - from.first[vertex] : 0;
      end += roomFor(degree === 0 ? usual : degree);
      this.#until[vertex] = end;
    }
    this.#end = end;
    this.halves = new Int32Array(roomFor(end));
    this.neighbours = new Int32Array(this.halves.length);
    this.weightsAt = new Float64Array(this.halves.length);
    for (let vertex = 0; vertex < from.size; vertex += 1) {
      for (let at = from.first[vertex]; at < from.last[vertex]; at += 1) this.#put(vertex, from.halves[at]);
    }
  }

  /** The same graph with more room, for more vertices where so many are asked for. */
  roomier(size = this.size): LiveGraph {
    const edges = this.#edges;
    const { first, last, halves, neighbours, weightsAt } = this;
    const [ends, weights] = [this.ends.subarray(0, 2 * edges), this.weights.subarray(0, edges)];
    const from: Graph = { size: this.size, ends, weights, first, last, halves, neighbours, weightsAt };
    return new LiveGraph(from, size, this.#unused);
  }

  /** Half of the edge from one vertex to another, pointing to the other; NONE where there is no edge. */
  find(from: number, to: number): number {
    const { first, last, neighbours, halves } = this;
    const turned = last[to] - first[to] < last[from] - first[from];
    const [at, sought] = turned ? [to, from] : [from, to];
    for (let place = first[at]; place < last[at]; place += 1) {
      if (neighbours[place] === sought) return turned ? halves[place] ^ 1 : halves[place];
    }
    return NONE;
  }

  /** Makes sure that there is room for an edge between two vertices. @returns whether that could be done in this layout */
  makeRoom(u: number, v: number): boolean {
    const hasNumber = this.#unused.length > 0 || 2 * this.#edges < this.ends.length;
    return hasNumber && this.#makeRoomAt(u) && this.#makeRoomAt(v);
  }

  /** Adds an edge; only where there is room. */
  add({ u, v, w }: Edge): void {
    const edge = this.#unused.pop() ?? this.#edges;
    if (edge === this.#edges) this.#edges += 1;
    this.ends[2 * edge] = u;
    this.ends[2 * edge + 1] = v;
    this.weights[edge] = w;
    this.#put(u, 2 * edge + 1);
    this.#put(v, 2 * edge);
  }

  /** Takes an edge away; its number may be given to another one. */
  remove(edge: number): void {
    this.#take(2 * edge);
    this.#take(2 * edge + 1);
    this.#unused.push(edge);
  }

  setWeight(edge: number, weight: number): void {
    this.weights[edge] = weight;
    this.weightsAt[this.#places[2 * edge]] = weight;
    this.weightsAt[this.#places[2 * edge + 1]] = weight;
  }

  /** Number of edges at a vertex. */
  degree(vertex: number): number {
    return this.last[vertex] - this.first[vertex];
  }

  /** All edges, each once. */
  edges(): Edge[] {
    const edges: Edge[] = [];
    for (let u = 0; u < this.size; u += 1) {
      for (let at = this.first[u]; at < this.last[u]; at += 1) {
        const v = this.neighbours[at];
        if (u < v) edges.push({ u, v, w: this.weightsAt[at] });
      }
    }
    return edges;
  }

  /** Makes sure that one more half has room at a vertex. @returns whether that could be done */
  #makeRoomAt(vertex: number): boolean {
    const from = this.first[vertex];
    const to = this.last[vertex];
    if (to < this.#until[vertex]) return true;
    const start = this.#end;
    const until = start + 2 * (to - from) + ROOM_LEAST;
    if (until > this.halves.length) return false;
    for (const pool of [this.halves, this.neighbours, this.weightsAt]) pool.copyWithin(start, from, to);
    this.first[vertex] = start;
    this.last[vertex] = start + to - from;
    this.#until[vertex] = this.#end = until;
    for (let at = start; at < this.last[vertex]; at += 1) this.#places[this.halves[at]] = at;
    return true;
  }

  /** Lists a half at the vertex that it points away from, behind the others. */
  #put(vertex: number, half: number): void {
    const at = this.last[vertex];
    this.halves[at] = half;
    this.neighbours[at] = this.ends[half];
    this.weightsAt[at] = this.weights[half >> 1];
    this.#places[half] = at;
    this.last[vertex] = at + 1;
  }

  /** Takes a half off the list it is on; the last one on it takes its place. */
  #take(half: number): void {
    const at = this.#places[half];
    const vertex = this.ends[half ^ 1];
    const end = this.last[vertex] - 1;
    this.halves[at] = this.halves[end];
    this.neighbours[at] = this.neighbours[end];
    this.weightsAt[at] = this.weightsAt[end];
    this.#places[this.halves[at]] = at;
    this.last[vertex] = end;
  }
}
