import type { Blossoms } from '../assignment/blossoms.ts';
import type { Forest } from '../assignment/forest.ts';

/*
 * Problem: to ask 'what if', and to have everything back as it was, without a copy of it all.
 * Method: whatever a search changes lies within outermost nodes that it says it is about to touch. Of each of these, all that is stored
 * about its vertices and the blossoms in it is written down before, once; put back last to first, so that the oldest word counts.
 */

type Stored = Int32Array | Float64Array;

/** What is stored for each node, and for each vertex. */
const nodeFieldsOf = (blossoms: Blossoms): readonly Int32Array[] => {
  const { parent, base, firstChild, nextSibling, previousSibling, nextHalf } = blossoms;
  const { sizes, firstVertex, lastVertex } = blossoms;
  return [parent, base, firstChild, nextSibling, previousSibling, nextHalf, sizes, firstVertex, lastVertex];
};
const vertexFieldsOf = ({ mates, nextVertex, group }: Blossoms): readonly Int32Array[] => [
  mates,
  nextVertex,
  group,
];

/**
 * Copies everything, for a search that goes over most of the graph: then a copy is quicker than a log.
 *
 * @returns puts it back
 */
export function keepAll({ blossoms, prices, extras }: Forest): () => void {
  const fields: readonly Stored[] = [
    ...nodeFieldsOf(blossoms),
    ...vertexFieldsOf(blossoms),
    blossoms.outermost,
    prices,
    extras,
  ];
  const copies = fields.map((field) => field.slice());
  const putBackUnused = blossoms.noteUnused();
  return () => {
    fields.forEach((field, at) => {
      field.set(copies[at]);
    });
    putBackUnused();
  };
}

/** A log of what was before, for one question. */
export class Undo {
  readonly #blossoms: Blossoms;
  readonly #forest: Forest;
  readonly #nodeFields: readonly Int32Array[];
  readonly #vertexFields: readonly Int32Array[];
  readonly #putBackUnused: () => void;
  readonly #kept = new Set<number>();
  /** Outermost nodes and the groups that stand for them. */
  readonly #groups: { readonly group: number; readonly node: number }[] = [];
  readonly #numbers: number[] = [];
  readonly #prices: number[] = [];

  constructor(forest: Forest) {
    const { blossoms } = forest;
    this.#forest = forest;
    this.#blossoms = blossoms;
    this.#putBackUnused = blossoms.noteUnused();
    this.#nodeFields = nodeFieldsOf(blossoms);
    this.#vertexFields = vertexFieldsOf(blossoms);
  }

  /** Keeps an outermost node with all in it, as it is now; unless it is kept already. */
  keep(outermost: number): void {
    const { firstChild, nextSibling, firstVertex, group } = this.#blossoms;
    if (this.#kept.has(outermost)) return;
    this.#groups.push({ group: group[firstVertex[outermost]], node: outermost });
    const open = [outermost];
    for (let node = open.pop(); node !== undefined; node = open.pop()) {
      if (this.#kept.has(node)) continue;
      this.#keepNode(node);
      if (!this.#blossoms.isBlossom(node)) continue;
      let child = firstChild[node];
      do {
        open.push(child);
        child = nextSibling[child];
      } while (child !== firstChild[node]);
    }
  }

  /** Puts everything back. */
  restore(): void {
    const { outermost } = this.#blossoms;
    const { prices, extras } = this.#forest;
    let [at, price] = [this.#numbers.length, this.#prices.length];
    for (const node of [...this.#kept].reverse()) {
      const isBlossom = this.#blossoms.isBlossom(node);
      if (!isBlossom) for (const field of this.#vertexFields) field[node] = this.#numbers[--at];
      for (const field of this.#nodeFields) field[node] = this.#numbers[--at];
      (isBlossom ? extras : prices)[node] = this.#prices[--price];
    }
    for (const { group, node } of this.#groups.reverse()) outermost[group] = node;
    this.#putBackUnused();
  }

  #keepNode(node: number): void {
    const { prices, extras } = this.#forest;
    const isBlossom = this.#blossoms.isBlossom(node);
    this.#kept.add(node);
    // written in the opposite order to that in which they are put back
    for (let at = this.#nodeFields.length - 1; at >= 0; at -= 1)
      this.#numbers.push(this.#nodeFields[at][node]);
    this.#prices.push((isBlossom ? extras : prices)[node]);
    if (isBlossom) return;
    for (let at = this.#vertexFields.length - 1; at >= 0; at -= 1)
      this.#numbers.push(this.#vertexFields[at][node]);
  }
}
