import { FOLD, pricesApart, type Certificate } from './certificate.ts';
import type { Edge } from './graph.ts';
import {
  floorsBelow,
  lackingOf,
  MissingEdges,
  type PricingProgress,
  type Rows,
  type Take,
} from './lacking.ts';

/*
 * Problem: edges that prices do not bear out are sought anew after each solution, though most prices hardly change.
 * Method: the first look also keeps the edges that are nearly too heavy: by less than a margin at each end. As long as no price falls by
 * more than the margin, edges that were not kept stay borne out; so later looks go through the kept ones, and through all edges only at
 * vertices whose price fell further.
 */

/** In weights: a hundredth of the highest score. */
const MARGIN = 10_000;
/** Share of the vertices from which it is cheaper to look at everything again. */
const MANY = 1 / 4;
/** Edges that are kept at most, some 100 MB; where there are more, every look is a whole one. */
const KEPT_MOST = 1_000_000;

/** Numbers of an edge that is kept. */
const EDGE = 3;

/** What is looked at. */
export interface LookoutOptions {
  readonly size: number;
  readonly rows: Rows;
  readonly bonus: number;
}

/** Looks for missing edges again and again, and remembers what it saw. */
export class Lookout {
  readonly #options: LookoutOptions;
  /** Prices that each vertex was looked at with; null before the first look, and where too much would have to be kept. */
  #seen: Float64Array | null = null;
  /** Edges that are kept: both ends and the weight, one after the other. */
  #kept: number[] = [];

  constructor(options: LookoutOptions) {
    this.#options = options;
  }

  /** As `missingEdges`. */
  *missing(certificate: Certificate): Generator<PricingProgress, Edge[], void> {
    const { size, bonus } = this.#options;
    const prices = pricesApart(certificate);
    const lacking = lackingOf(certificate, bonus);
    const missing = new MissingEdges(size);
    const fallen = this.#fallen(prices);
    if (this.#seen === null || fallen.length > size * MANY) {
      this.#seen = prices;
      this.#kept = [];
      let kept = 0;
      yield* this.#look(this.#seen, (u, v, w) => {
        if (kept < KEPT_MOST) this.#kept.push(u, v, w);
        kept += 1;
        const lacks = lacking(u, v, w);
        if (lacks > 0) missing.offer(u, v, w, lacks);
      });
      if (kept > KEPT_MOST) {
        this.#seen = null;
        this.#kept = [];
      }
      return missing.chosen();
    }
    yield* this.#lookAgain(this.#seen, prices, fallen);
    const kept = this.#kept;
    for (let at = 0; at < kept.length; at += EDGE) {
      const [u, v, w] = [kept[at], kept[at + 1], kept[at + 2]];
      const lacks = lacking(u, v, w);
      if (lacks > 0) missing.offer(u, v, w, lacks);
    }
    return missing.chosen();
  }

  /** Keeps what is nearly too heavy at the vertices whose price fell, instead of what was kept there. */
  *#lookAgain(
    seen: Float64Array,
    prices: Float64Array,
    fallen: readonly number[],
  ): Generator<PricingProgress, void, void> {
    if (fallen.length === 0) return;
    const isFallen = new Uint8Array(prices.length);
    for (const vertex of fallen) {
      isFallen[vertex] = 1;
      seen[vertex] = prices[vertex];
    }
    const before = this.#kept;
    const kept: number[] = [];
    for (let at = 0; at < before.length; at += EDGE) {
      const [u, v] = [before[at], before[at + 1]];
      if (isFallen[u] === 0 && isFallen[v] === 0) kept.push(u, v, before[at + 2]);
    }
    this.#kept = kept;
    yield* this.#look(seen, (u, v, w) => kept.push(u, v, w), fallen);
  }

  /** Vertices whose price is lower by more than the margin. */
  #fallen(prices: Float64Array): number[] {
    const seen = this.#seen ?? prices;
    const fallen: number[] = [];
    for (let vertex = 0; vertex < prices.length; vertex += 1) {
      if (prices[vertex] < seen[vertex] - FOLD * MARGIN) fallen.push(vertex);
    }
    return fallen;
  }

  *#look(prices: Float64Array, take: Take, of?: readonly number[]): Generator<PricingProgress, void, void> {
    const { size, rows, bonus } = this.#options;
    const work = rows.above?.(floorsBelow(prices, bonus, MARGIN), take, of) ?? [];
    for (const done of work) yield { done, total: size };
  }
}
