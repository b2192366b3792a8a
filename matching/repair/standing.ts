import { NONE } from '../assignment/blossoms.ts';
import { FOLD, type Certificate } from '../assignment/certificate.ts';
import { buildGraph, SUM_MAX, type Edge, type Graph } from '../assignment/graph.ts';
import { certificateOf } from '../assignment/proof.ts';
import { finishedForest } from '../assignment/solve.ts';
import type { PairChanges } from './changes.ts';
import { LiveGraph } from './live-graph.ts';
import { Moves } from './moves.ts';
import { keepAll, Undo } from './undo.ts';

/** What having a pair would cost, in weight. */
export interface Forcing {
  /** What the total would lose, exactly. */
  readonly loss: number;
  /** What the prices alone say that it would lose at least: the slack of the pair. */
  readonly bound: number;
  /** What would change in the rest: pairs that the two are torn from are lost, the pair itself is not named; nothing where it stands. */
  readonly changes: PairChanges;
}

/** An edge of a vertex that arrives. */
export interface NewEdge {
  readonly to: number;
  readonly w: number;
}

const NOTHING: PairChanges = { gained: [], lost: [], change: 0 };

/** Numbers of vertices that are added at least when there are too few. */
const ADDED_LEAST = 16;

/**
 * A heaviest matching that stands while its graph changes. Changes are noted by `arrive`, `leave`, `set`, `forbid` and `rest`; `repair`
 * makes it optimal again and tells what that changed. What that takes depends on how far its searches reach, not on the size; only when
 * there is no room left for vertices or edges all is laid out anew, a quarter larger.
 *
 * @example
 * const standing = new StandingMatching(buildGraph(2, [{ u: 0, v: 1, w: 5 }]));
 * standing.arrive([{ to: 1, w: 7 }]); // 2
 * standing.repair(); // { gained: [{ u: 1, v: 2 }], lost: [{ u: 0, v: 1 }], change: 2 }
 */
export class StandingMatching {
  #moves: Moves;
  /** By vertex: 1 where it is there. */
  #there: Uint8Array;
  /** Numbers of vertices to be given out; those of who left since the last repair are not among them yet. */
  readonly #vacant: number[] = [];
  readonly #left: number[] = [];
  #total = 0;

  /** @param graph the graph to begin with; solved at once */
  constructor(graph: Graph) {
    const forest = finishedForest(graph);
    this.#moves = new Moves({ forest }, new LiveGraph(graph, graph.size));
    this.#there = new Uint8Array(graph.size).fill(1);
    for (const half of forest.blossoms.mates) {
      if (half !== NONE && (half & 1) === 1) this.#total += graph.weights[half >> 1];
    }
  }

  /** Total weight as of the last repair. */
  get total(): number {
    return this.#total;
  }

  /** The mate of a vertex as of the last repair; NONE where it has none. */
  mate(vertex: number): number {
    const { blossoms, graph } = this.#moves;
    const half = blossoms.mates[vertex];
    return half === NONE ? NONE : graph.ends[half];
  }

  /** The weight of an edge; undefined where there is none. @throws RangeError for a vertex that is not there */
  weight(u: number, v: number): number | undefined {
    const half = this.#find(u, v);
    return half === NONE ? undefined : this.#graph.weights[half >> 1];
  }

  /**
   * Takes a vertex in.
   *
   * @returns its number, which may be one that was somebody else's before the last repair
   * @throws RangeError for an edge to a vertex that is not there, two to the same one, or a weight that is not a whole number >= 0
   */
  arrive(edges: readonly NewEdge[]): number {
    for (const { to, w } of edges) {
      this.#checkThere(to);
      this.#checkWeight(w);
    }
    if (new Set(edges.map(({ to }) => to)).size < edges.length)
      throw new RangeError('Two edges lead to one vertex.');
    if (this.#vacant.length === 0) this.#addNumbers();
    const vertex = this.#vacant.pop() ?? 0;
    this.#there[vertex] = 1;
    this.#moves.hide(vertex, false);
    for (const { to, w } of edges) {
      this.#makeRoom(vertex, to);
      this.#graph.add({ u: vertex, v: to, w });
    }
    this.#moves.attach(vertex);
    return vertex;
  }

  /** Takes a vertex out, with all of its edges. @throws RangeError where it is not there */
  leave(vertex: number): void {
    this.rest(vertex, true);
    const { halves, first, last } = this.#graph;
    for (let at = last[vertex] - 1; at >= first[vertex]; at -= 1) this.#graph.remove(halves[at] >> 1);
    this.#there[vertex] = 0;
    this.#left.push(vertex);
  }

  /**
   * Leaves a vertex out of the matching, its edges kept for later; or lets it take part again. Nothing happens where that is so already.
   *
   * @throws RangeError where it is not there
   */
  rest(vertex: number, resting: boolean): void {
    this.#checkThere(vertex);
    if (this.#moves.isHidden(vertex) === resting) return;
    if (resting) this.#moves.detach(vertex);
    this.#moves.hide(vertex, resting);
    if (!resting) this.#moves.attach(vertex);
  }

  /**
   * The same as `rest` and `repair`, but only where it changes no pair of others: where another set is as good, the search may come to
   * that one, and all is put back as it was.
   *
   * @returns whether the vertex is resting, or not, as wished
   * @throws RangeError where it is not there, or there are changes that are not repaired yet
   */
  restUnnoticed(vertex: number, resting: boolean): boolean {
    const moves = this.#moves;
    this.#checkRepaired();
    if (this.isResting(vertex) === resting) return true;
    const putBack = keepAll(moves.forest);
    this.rest(vertex, resting);
    moves.search();
    const { gained, lost, change } = moves.log.take(moves.blossoms);
    const isUnnoticed = [...gained, ...lost].every(({ u, v }) => u === vertex || v === vertex);
    if (isUnnoticed) this.#total += change;
    else {
      if (resting) moves.hide(vertex, false);
      putBack();
      if (!resting) moves.hide(vertex, true);
    }
    return isUnnoticed;
  }

  /** Whether a vertex is left out. @throws RangeError where it is not there */
  isResting(vertex: number): boolean {
    this.#checkThere(vertex);
    return this.#moves.isHidden(vertex);
  }

  /**
   * Adds an edge, or changes its weight.
   *
   * @throws RangeError for a vertex that is not there, a loop, or a weight that is not a whole number >= 0
   */
  set(u: number, v: number, w: number): void {
    const half = this.#find(u, v);
    this.#checkWeight(w);
    if (u === v) throw new RangeError(`An edge joins ${u} with itself.`);
    if (half === NONE) {
      this.#makeRoom(u, v);
      this.#change(u, v, this.#isBorneOut(u, v, w), (graph) => {
        graph.add({ u, v, w });
      });
    } else if (this.#graph.weights[half >> 1] !== w) {
      this.#change(u, v, !this.#moves.holds(half) && this.#isBorneOut(u, v, w), (graph) => {
        graph.setWeight(half >> 1, w);
      });
    }
  }

  /** Takes an edge away. @throws RangeError where there is none */
  forbid(u: number, v: number): void {
    const half = this.#halfOf(u, v);
    this.#change(u, v, !this.#moves.holds(half), (graph) => {
      graph.remove(half >> 1);
    });
  }

  /** Makes the matching optimal again. @returns what is different from the last repair */
  repair(): PairChanges {
    this.#moves.search();
    const changes = this.#moves.log.take(this.#moves.blossoms);
    this.#total += changes.change;
    this.#vacant.push(...this.#left);
    this.#left.length = 0;
    return changes;
  }

  /**
   * What it would cost to have a pair: both are taken out, the rest is repaired, its total is read, and all is put back as it was.
   *
   * @throws RangeError where there is no edge between the two, one of them is resting, or there are changes that are not repaired yet
   */
  forced(u: number, v: number): Forcing {
    const half = this.#halfOf(u, v);
    const moves = this.#moves;
    for (const vertex of [u, v]) if (moves.isHidden(vertex)) throw new RangeError(`${vertex} is resting.`);
    this.#checkRepaired();
    if (moves.blossoms.mates[u] === half) return { loss: 0, bound: 0, changes: NOTHING };
    const weight = this.#graph.weights[half >> 1];
    const bound = Math.ceil(moves.slack(u, v, weight) / FOLD);
    moves.undo = new Undo(moves.forest);
    for (const vertex of [u, v]) {
      moves.detach(vertex);
      moves.hide(vertex, true);
    }
    moves.search();
    const changes = moves.log.take(moves.blossoms);
    for (const vertex of [u, v]) moves.hide(vertex, false);
    moves.undo.restore();
    moves.undo = null;
    return { loss: -changes.change - weight, bound, changes };
  }

  /** The graph as of the last repair, without the edges of who is resting. Takes O(n + m). */
  graph(): Graph {
    const takesPart = ({ u, v }: Edge): boolean => !this.#moves.isHidden(u) && !this.#moves.isHidden(v);
    return buildGraph(this.#graph.size, this.#graph.edges().filter(takesPart));
  }

  /** The proof that no matching of `graph()` weighs more than the total. Takes O(n). */
  certificate(): Certificate {
    const { prices, sets } = certificateOf(this.#moves.forest);
    return { prices: prices.slice(), sets };
  }

  get #graph(): LiveGraph {
    return this.#moves.graph;
  }

  /** Whether the prices bear out an edge, or one of its ends is resting. */
  #isBorneOut(u: number, v: number, w: number): boolean {
    return this.#moves.isHidden(u) || this.#moves.isHidden(v) || this.#moves.slack(u, v, w) >= 0;
  }

  #find(u: number, v: number): number {
    this.#checkThere(u);
    this.#checkThere(v);
    return this.#graph.find(u, v);
  }

  #halfOf(u: number, v: number): number {
    const half = this.#find(u, v);
    if (half === NONE) throw new RangeError(`There is no edge between ${u} and ${v}.`);
    return half;
  }

  #checkThere(vertex: number): void {
    if (this.#there[vertex] !== 1) throw new RangeError(`There is no vertex ${vertex}.`);
  }

  #checkRepaired(): void {
    if (!this.#moves.atRest || this.#left.length > 0)
      throw new RangeError('There are changes that are not repaired yet.');
  }

  #checkWeight(weight: number): void {
    if (Number.isInteger(weight) && weight >= 0 && weight * this.#graph.size <= SUM_MAX) return;
    throw new RangeError(
      `A weight is ${weight}; it must be a whole number >= 0, and small enough to be summed exactly.`,
    );
  }

  /** Changes an edge between two vertices; unless that leaves everything as it should be, with one of them taken out meanwhile. */
  #change(u: number, v: number, harmless: boolean, change: (graph: LiveGraph) => void): void {
    if (harmless) change(this.#graph);
    else {
      this.#moves.reseat(u, v, () => {
        change(this.#graph);
      });
    }
  }

  #makeRoom(u: number, v: number): void {
    if (!this.#graph.makeRoom(u, v)) this.#moves = new Moves(this.#moves, this.#graph.roomier());
  }

  /** Makes room for more vertices. */
  #addNumbers(): void {
    const { size } = this.#graph;
    const larger = size + (size >> 2) + ADDED_LEAST;
    this.#moves = new Moves(this.#moves, this.#graph.roomier(larger));
    const there = new Uint8Array(larger);
    there.set(this.#there);
    this.#there = there;
    for (let vertex = larger - 1; vertex >= size; vertex -= 1) {
      this.#moves.hide(vertex, true);
      this.#vacant.push(vertex);
    }
  }
}
