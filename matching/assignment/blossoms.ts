import type { Graph } from './graph.ts';

/** Stands for 'nothing there' wherever a node, a vertex or a half of an edge is named. */
export const NONE = -1;

/*
 * Problem: odd cycles of a graph, shrunk into one node each, nested thousands deep, taken in and out again and again.
 * Method: nodes 0 .. size - 1 are the vertices, the rest are blossoms; the children of a blossom form a ring. The vertices of a node
 * are a stretch of one linked list, so that joining and parting them is a matter of two links. The outermost node of a vertex is looked
 * up through its group; joining and parting relabel all children but the largest (small to large), never the whole.
 * Every walk is a loop: the depth of nesting is not bounded by any stack.
 */

/** Each vertex's own number. A plain loop, which is many times faster than `Int32Array.from` and runs for every solution. */
function ownNumbers(length: number, size: number): Int32Array {
  const numbers = new Int32Array(length);
  for (let at = 0; at < size; at += 1) numbers[at] = at;
  return numbers;
}

/** Matched edges and nested blossoms over the vertices of a graph. Knows nothing of weights. */
export class Blossoms {
  readonly graph: Graph;
  /** Half of the matched edge at each vertex, pointing to its mate; NONE where it has none. */
  readonly mates: Int32Array;
  /** Blossom right around each node; NONE where it is outermost. */
  readonly parent: Int32Array;
  /** The vertex of each node that is matched outwards, or not at all. */
  readonly base: Int32Array;
  /** Of a blossom: the child that holds its base. */
  readonly firstChild: Int32Array;
  /** The ring of the children of one blossom. */
  readonly nextSibling: Int32Array;
  readonly previousSibling: Int32Array;
  /** Half of the edge that leads from each child into the next one. */
  readonly nextHalf: Int32Array;
  /** Number of vertices in each node. */
  readonly sizes: Int32Array;
  /** The stretch of the list of vertices that belongs to each node. */
  readonly firstVertex: Int32Array;
  readonly lastVertex: Int32Array;
  readonly nextVertex: Int32Array;
  /** Group of each vertex, and the outermost node that a group stands for. */
  readonly group: Int32Array;
  readonly outermost: Int32Array;
  /** Blossoms and groups that are not in use; the next to be used is the last. */
  #unused: number[] = [];
  #unusedGroups: number[] = [];
  readonly #turns: number[] = [];
  readonly #watch: ((vertex: number) => void) | undefined;

  /** @param watch told of each vertex before its mate changes [nobody] */
  constructor(graph: Graph, mates: Int32Array, watch?: (vertex: number) => void) {
    const { size } = graph;
    // an odd, laminar family over n vertices has at most (n - 1) / 2 members
    const nodes = size + (size >> 1) + 1;
    this.graph = graph;
    this.mates = mates;
    this.#watch = watch;
    // what a blossom and its children have is written when it is made: memory that nobody touches costs nothing
    const ofVertices = (value: number): Int32Array => new Int32Array(nodes).fill(value, 0, size);
    this.parent = ofVertices(NONE);
    this.base = ownNumbers(nodes, size);
    this.firstChild = new Int32Array(nodes);
    this.nextSibling = new Int32Array(nodes);
    this.previousSibling = new Int32Array(nodes);
    this.nextHalf = new Int32Array(nodes);
    this.sizes = ofVertices(1);
    this.firstVertex = ownNumbers(nodes, size);
    this.lastVertex = ownNumbers(nodes, size);
    this.nextVertex = new Int32Array(size);
    this.group = ownNumbers(size, size);
    this.outermost = ownNumbers(size, size);
    for (let node = nodes - 1; node >= size; node -= 1) this.#unused.push(node);
  }

  /** The outermost node around a vertex. */
  around(vertex: number): number {
    return this.outermost[this.group[vertex]];
  }

  isBlossom(node: number): boolean {
    return node >= this.graph.size;
  }

  /** Matches a vertex by a half that points to its mate; NONE: by none. */
  rematch(vertex: number, half: number): void {
    this.#watch?.(vertex);
    this.mates[vertex] = half;
  }

  /**
   * Makes a blossom of a ring of outermost nodes, which must be linked by `nextSibling` and `nextHalf` already.
   *
   * @param first the child that holds the base
   * @returns the new node
   */
  shrink(first: number): number {
    const blossom = this.#unused.pop();
    if (blossom === undefined) throw new Error('More blossoms than an odd, laminar family can have.');
    let [largest, size, last, child] = [first, 0, first, first];
    do {
      const next = this.nextSibling[child];
      this.previousSibling[next] = child;
      this.parent[child] = blossom;
      size += this.sizes[child];
      if (this.sizes[child] > this.sizes[largest]) largest = child;
      if (child !== first) this.nextVertex[this.lastVertex[last]] = this.firstVertex[child];
      last = child;
      child = next;
    } while (child !== first);
    this.parent[blossom] = NONE;
    this.firstChild[blossom] = first;
    this.base[blossom] = this.base[first];
    this.sizes[blossom] = size;
    this.firstVertex[blossom] = this.firstVertex[first];
    this.lastVertex[blossom] = this.lastVertex[last];
    this.#join(blossom, largest);
    return blossom;
  }

  /** Takes an outermost blossom apart; its children, still linked as a ring, become outermost. */
  expand(blossom: number): void {
    const first = this.firstChild[blossom];
    const group = this.group[this.firstVertex[blossom]];
    let [largest, child] = [first, first];
    do {
      if (this.sizes[child] > this.sizes[largest]) largest = child;
      child = this.nextSibling[child];
    } while (child !== first);
    do {
      this.parent[child] = NONE;
      this.#part(child, child === largest ? group : this.#unusedGroups.pop(), group);
      child = this.nextSibling[child];
    } while (child !== first);
    this.firstChild[blossom] = NONE;
    this.#unused.push(blossom);
  }

  /** Notes which blossoms and groups are not in use. @returns puts that back, once all else that has changed is put back */
  noteUnused(): () => void {
    const [nodes, groups] = [this.#unused.slice(), this.#unusedGroups.slice()];
    return () => {
      this.#unused = nodes;
      this.#unusedGroups = groups;
    };
  }

  /**
   * The same matched edges and nested blossoms over a graph that has the halves of this one, and perhaps more vertices and edges.
   *
   * @param watch as for a new one
   */
  over(graph: Graph, watch?: (vertex: number) => void): Blossoms {
    const { size } = this.graph;
    const shift = graph.size - size;
    const node = (old: number): number => (old < size ? old : old + shift);
    const moved = new Blossoms(graph, new Int32Array(graph.size).fill(NONE), watch);
    const copy = (from: Int32Array, to: Int32Array): void => {
      to.set(from.subarray(0, size));
      to.set(from.subarray(size), graph.size);
    };
    // what names nodes: blossoms come after all vertices, of which there are more now
    const moveNodes = (from: Int32Array, to: Int32Array): void => {
      copy(from.map(node), to);
    };
    moveNodes(this.parent, moved.parent);
    moveNodes(this.firstChild, moved.firstChild);
    moveNodes(this.nextSibling, moved.nextSibling);
    moveNodes(this.previousSibling, moved.previousSibling);
    moveNodes(this.outermost, moved.outermost);
    for (const field of ['base', 'nextHalf', 'sizes', 'firstVertex', 'lastVertex'] as const) {
      copy(this[field], moved[field]);
    }
    moved.mates.set(this.mates);
    moved.nextVertex.set(this.nextVertex);
    moved.group.set(this.group);
    const added = moved.parent.length - this.parent.length - shift;
    moved.#unused = [...moved.#unused.slice(0, added), ...this.#unused.map(node)];
    moved.#unusedGroups = this.#unusedGroups.slice();
    return moved;
  }

  /** Changes which edges are matched inside a node so that the given vertex of it is the one that is matched outwards. */
  turn(node: number, vertex: number): void {
    const turns = this.#turns;
    turns.push(node, vertex);
    for (;;) {
      const to = turns.pop();
      const whole = turns.pop();
      if (to === undefined || whole === undefined) return;
      let child = to;
      while (child !== whole) {
        const blossom = this.parent[child];
        this.#turnRing(blossom, child);
        this.base[blossom] = to;
        child = blossom;
      }
    }
  }

  /** Matches the children of a blossom among themselves, but for one; notes which of them have to be turned in turn. */
  #turnRing(blossom: number, child: number): void {
    const first = this.firstChild[blossom];
    let steps = 0;
    for (let at = child; at !== first; at = this.nextSibling[at]) steps += 1;
    // an even number of steps leads to the old base; in the other direction there are then an odd number
    const forward = steps % 2 === 0;
    const link = forward ? this.nextSibling : this.previousSibling;
    for (let at = child; at !== first;) {
      const one = link[at];
      const other = link[one];
      // half of the edge between the two, pointing to the other
      const half = forward ? this.nextHalf[one] : this.nextHalf[other] ^ 1;
      this.#match(one, other, half);
      at = other;
    }
    this.firstChild[blossom] = child;
  }

  /** Matches two children of one blossom by an edge between them, and notes that they are to be turned to its ends. */
  #match(one: number, other: number, half: number): void {
    const { ends } = this.graph;
    const [near, far] = [ends[half ^ 1], ends[half]];
    this.rematch(near, half);
    this.rematch(far, half ^ 1);
    if (one !== near) this.#turns.push(one, near);
    if (other !== far) this.#turns.push(other, far);
  }

  #join(blossom: number, largest: number): void {
    const group = this.group[this.firstVertex[largest]];
    let child = this.firstChild[blossom];
    const end = child;
    do {
      if (child !== largest) {
        this.#unusedGroups.push(this.group[this.firstVertex[child]]);
        this.#relabel(child, group);
      }
      child = this.nextSibling[child];
    } while (child !== end);
    this.outermost[group] = blossom;
  }

  #part(child: number, group: number | undefined, before: number): void {
    if (group === undefined) throw new Error('More outermost nodes than vertices.');
    if (group !== before) this.#relabel(child, group);
    this.outermost[group] = child;
  }

  #relabel(node: number, group: number): void {
    const last = this.lastVertex[node];
    for (let vertex = this.firstVertex[node]; ; vertex = this.nextVertex[vertex]) {
      this.group[vertex] = group;
      if (vertex === last) return;
    }
  }
}
