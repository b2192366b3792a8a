import { NONE, type Blossoms } from '../assignment/blossoms.ts';
import { FOLD } from '../assignment/certificate.ts';
import { Forest, INNER, UNLABELLED } from '../assignment/forest.ts';
import { Search } from '../assignment/search.ts';
import { ChangeLog } from './changes.ts';
import type { LiveGraph } from './live-graph.ts';
import type { Undo } from './undo.ts';

/*
 * Problem: a heaviest matching of a graph in which vertices and edges come, go and change their weight, without solving it anew.
 * Method: keep what proves it: prices, blossoms, tight matched edges. Each change comes down to one move: a vertex is *detached*, that
 * is, the blossom around it is turned so that it is the one matched outwards, its mate is let go, and all blossoms around it are opened,
 * the other vertices in each taking over half of its price (so every edge stays borne out, and every edge inside tight). Alone, it can
 * change whatever it likes of its edges, and is *attached* again at the lowest price that they let it have. That leaves one or two free
 * vertices with a price above zero, and one or two searches from these make the matching optimal again.
 * Two trees can only meet at a whole time if the prices of their roots are both even or both odd; where they are not, one is raised by 1.
 */

/** The moves that a repair is made of, over one layout of the graph. Between moves all prices are feasible and matched edges tight. */
export class Moves {
  readonly graph: LiveGraph;
  readonly forest: Forest;
  readonly blossoms: Blossoms;
  readonly log: ChangeLog;
  /** Where there is one, it is told of everything that is about to change. */
  undo: Undo | null = null;
  readonly #search: Search;
  /** Vertices that may be free at a price above zero. */
  readonly #loose: number[];

  /**
   * Goes on from where a search came to its end, or from other moves.
   *
   * @param graph has the edges of the graph of that search, by the same numbers, and perhaps more vertices
   */
  constructor(from: { readonly forest: Forest } | Moves, graph: LiveGraph) {
    const { blossoms, prices, extras, label, vertexLabel } = from.forest;
    const { size } = blossoms.graph;
    const more = graph.size - size;
    const ownPrices = new Float64Array(graph.size);
    ownPrices.set(prices);
    this.graph = graph;
    this.blossoms = blossoms.over(graph, (vertex) => {
      this.log.note(this.blossoms, vertex);
    });
    this.forest = new Forest(this.blossoms, ownPrices, {
      once: true,
      watch: (node) => {
        this.undo?.keep(node);
      },
    });
    this.forest.extras.set(extras.subarray(size), size + more);
    // vertices that are hidden; nothing else has a label between searches
    this.forest.label.set(label.subarray(0, size));
    this.forest.vertexLabel.set(vertexLabel);
    this.#search = new Search(this.forest);
    this.#loose = from instanceof Moves ? from.#loose : [];
    this.log = new ChangeLog(graph.size, from instanceof Moves ? from.log : undefined);
  }

  /** Whether all changes are repaired. */
  get atRest(): boolean {
    return this.#loose.length === 0;
  }

  /** Whether a vertex takes no part. */
  isHidden(vertex: number): boolean {
    return this.forest.label[vertex] === INNER;
  }

  /** Takes a detached vertex out of everybody's sight, or lets it be seen again. */
  hide(vertex: number, hidden: boolean): void {
    this.forest.prices[vertex] = 0;
    this.forest.hide(vertex, hidden);
  }

  /** Takes a vertex out of its blossoms and off its mate, which is then loose. */
  detach(vertex: number): void {
    const { mates, base } = this.blossoms;
    const node = this.blossoms.around(vertex);
    this.undo?.keep(node);
    const half = mates[base[node]];
    if (half !== NONE) {
      const mate = this.graph.ends[half];
      this.undo?.keep(this.blossoms.around(mate));
      this.blossoms.rematch(mate, NONE);
      this.#loose.push(mate);
    }
    this.blossoms.turn(node, vertex);
    this.blossoms.rematch(vertex, NONE);
    this.#openAround(vertex);
  }

  /** Gives a detached vertex the lowest price that its edges let it have. */
  attach(vertex: number): void {
    const { first, last, neighbours, weightsAt } = this.graph;
    const { prices, vertexLabel } = this.forest;
    let needed = 0;
    for (let at = first[vertex]; at < last[vertex]; at += 1) {
      const other = neighbours[at];
      if (vertexLabel[other] !== UNLABELLED) continue;
      needed = Math.max(needed, FOLD * weightsAt[at] - prices[other]);
    }
    this.undo?.keep(vertex);
    prices[vertex] = needed;
    this.#loose.push(vertex);
  }

  /** Makes a change to an edge while one of its ends, the one that is in the smaller node, is detached. */
  reseat(u: number, v: number, change: () => void): void {
    const sizeAround = (vertex: number): number => this.blossoms.sizes[this.blossoms.around(vertex)];
    const vertex = sizeAround(u) <= sizeAround(v) ? u : v;
    this.detach(vertex);
    change();
    this.attach(vertex);
  }

  /** Whether the matching, or a blossom, rests on an edge. */
  holds(half: number): boolean {
    const { ends } = this.graph;
    const { mates, parent, nextHalf, previousSibling } = this.blossoms;
    const [u, v] = [ends[half ^ 1], ends[half]];
    if (mates[u] === half) return true;
    if (this.blossoms.around(u) !== this.blossoms.around(v)) return false;
    for (let node = u; parent[node] !== NONE; node = parent[node]) {
      if (nextHalf[node] >> 1 === half >> 1 || nextHalf[previousSibling[node]] >> 1 === half >> 1)
        return true;
    }
    return false;
  }

  /** What the prices of two vertices, and of all blossoms around both, come to above a weight, four-fold. */
  slack(u: number, v: number, weight: number): number {
    const { parent } = this.blossoms;
    const { prices, extras } = this.forest;
    let slack = prices[u] + prices[v] - FOLD * weight;
    if (this.blossoms.around(u) !== this.blossoms.around(v)) return slack;
    const around = new Set<number>();
    for (let node = parent[u]; node !== NONE; node = parent[node]) around.add(node);
    for (let node = parent[v]; node !== NONE; node = parent[node])
      if (around.has(node)) slack += extras[node];
    return slack;
  }

  /** Searches from free vertices with a price above zero, two at a time, until there are none: the matching is then optimal. */
  search(): void {
    const loose = this.#loose;
    for (;;) {
      const roots: number[] = [];
      while (loose.length > 0 && roots.length < 2) {
        const vertex = loose.pop();
        if (vertex !== undefined && this.#isLoose(vertex) && !roots.includes(vertex)) roots.push(vertex);
      }
      if (roots.length === 0) return;
      // the one with fewer edges first: what it finds spares the other most of its own
      roots.sort((one, other) => this.graph.degree(one) - this.graph.degree(other));
      if (roots.length === 2) this.#align(roots[0], roots[1]);
      this.#search.runOnce(roots);
      loose.push(...roots);
    }
  }

  #isLoose(vertex: number): boolean {
    return this.blossoms.mates[vertex] === NONE && this.forest.prices[vertex] > 0 && !this.isHidden(vertex);
  }

  /** Makes the prices of two free vertices both even or both odd. */
  #align(one: number, other: number): void {
    const { prices, extras } = this.forest;
    if ((prices[one] + prices[other]) % 2 === 0) return;
    const [first, second] = [this.#withoutEmpty(one), this.#withoutEmpty(other)];
    const node = this.blossoms.sizes[first] <= this.blossoms.sizes[second] ? first : second;
    this.undo?.keep(node);
    this.forest.shift(node, 1, UNLABELLED);
    if (this.blossoms.isBlossom(node)) extras[node] -= 2;
  }

  /** Opens blossoms of the price zero around a vertex. @returns the outermost node around it that is left */
  #withoutEmpty(vertex: number): number {
    for (;;) {
      const node = this.blossoms.around(vertex);
      if (!this.blossoms.isBlossom(node) || this.forest.extras[node] > 0) return node;
      this.undo?.keep(node);
      this.blossoms.expand(node);
    }
  }

  /** Opens all blossoms around a vertex; the other vertices in them take over half of each price. */
  #openAround(vertex: number): void {
    const { firstChild, nextSibling } = this.blossoms;
    const { extras } = this.forest;
    let owed = 0;
    for (let node = this.blossoms.around(vertex); node !== vertex;) {
      const first = firstChild[node];
      owed += extras[node] / 2;
      extras[node] = 0;
      this.blossoms.expand(node);
      node = this.blossoms.around(vertex);
      let child = first;
      do {
        if (child !== node) this.forest.shift(child, owed, UNLABELLED);
        child = nextSibling[child];
      } while (child !== first);
    }
  }
}
