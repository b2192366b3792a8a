import { NONE, type Blossoms } from '../assignment/blossoms.ts';

/** A pair of vertices, the lower one first. */
export interface VertexPair {
  readonly u: number;
  readonly v: number;
}

/** What a repair changed. */
export interface PairChanges {
  /** Pairs that there were not before, by their lower vertex. */
  readonly gained: readonly VertexPair[];
  /** Pairs that there are no more. */
  readonly lost: readonly VertexPair[];
  /** The total weight after the repair, less that before. */
  readonly change: number;
}

/**
 * Remembers the mates of all vertices whose mate is about to change, so that what a repair changed can be told without looking at the others.
 */
export class ChangeLog {
  readonly #noted: number[];
  /** By vertex: 1 where it is noted. */
  readonly #isNoted: Uint8Array;
  /** Of noted vertices: the mate they had, and the weight of that edge then. */
  readonly #mates: Int32Array;
  readonly #weights: Float64Array;

  /** @param before a log of fewer vertices to go on with */
  constructor(size: number, before?: ChangeLog) {
    this.#noted = before ? before.#noted : [];
    this.#isNoted = new Uint8Array(size);
    this.#mates = new Int32Array(size).fill(NONE);
    this.#weights = new Float64Array(size);
    if (!before) return;
    this.#isNoted.set(before.#isNoted);
    this.#mates.set(before.#mates);
    this.#weights.set(before.#weights);
  }

  /** Notes a vertex before its mate changes, unless it is noted already. */
  note({ mates, graph: { ends, weights } }: Blossoms, vertex: number): void {
    if (this.#isNoted[vertex] === 1) return;
    const half = mates[vertex];
    this.#isNoted[vertex] = 1;
    this.#noted.push(vertex);
    this.#mates[vertex] = half === NONE ? NONE : ends[half];
    this.#weights[vertex] = half === NONE ? 0 : weights[half >> 1];
  }

  /** What has changed since the last call, and forgets it. */
  take({ mates, graph: { ends, weights } }: Blossoms): PairChanges {
    const gained: VertexPair[] = [];
    const lost: VertexPair[] = [];
    let change = 0;
    for (const vertex of this.#noted) {
      this.#isNoted[vertex] = 0;
      const [half, before] = [mates[vertex], this.#mates[vertex]];
      const now = half === NONE ? NONE : ends[half];
      // each pair is counted at its lower vertex: where one end of it changed, the other one did
      if (now > vertex) change += weights[half >> 1];
      if (before > vertex) change -= this.#weights[vertex];
      if (now === before) continue;
      if (now > vertex) gained.push({ u: vertex, v: now });
      if (before > vertex) lost.push({ u: vertex, v: before });
    }
    this.#noted.length = 0;
    return { gained: gained.sort(byLower), lost: lost.sort(byLower), change };
  }
}

const byLower = (one: VertexPair, other: VertexPair): number => one.u - other.u;
