import { NONE } from '../../matching/assignment/blossoms.ts';
import { graphFrom, inOrder, type Graph } from '../../matching/assignment/graph.ts';
import { SCALE } from '../../matching/types.ts';

/** A source of numbers in [0, 1). */
type Random = () => number;

/** Makes a graph of a number of vertices with about a number of edges at each. The same source gives the same graph. */
export type Family = (size: number, degree: number, random: Random) => Graph;

const below = (random: Random, end: number): number => Math.floor(random() * end);

/** Collects edges in flat arrays, each pair once: the first one that comes counts. */
class Collected {
  readonly #size: number;
  #low = new Int32Array(1024);
  #high = new Int32Array(1024);
  #weights = new Int32Array(1024);
  #count = 0;

  constructor(size: number) {
    this.#size = size;
  }

  add(one: number, other: number, w: number): void {
    if (one === other) return;
    if (this.#count === this.#low.length) {
      this.#low = twiceAsLong(this.#low);
      this.#high = twiceAsLong(this.#high);
      this.#weights = twiceAsLong(this.#weights);
    }
    this.#low[this.#count] = Math.min(one, other);
    this.#high[this.#count] = Math.max(one, other);
    this.#weights[this.#count] = w;
    this.#count += 1;
  }

  graph(): Graph {
    const [low, high, weights] = [this.#low, this.#high, this.#weights];
    const all = Int32Array.from({ length: this.#count }, (_, at) => at);
    // two stable sorts: equal pairs stand side by side, the one that came first in front
    const order = inOrder(this.#size, low, inOrder(this.#size, high, all));
    const kept = order.filter((at, place) => {
      const before = order[place - 1] ?? NONE;
      return low[at] !== low[before] || high[at] !== high[before];
    });
    const ends = new Int32Array(2 * kept.length);
    kept.forEach((at, edge) => {
      ends[2 * edge] = low[at] ?? 0;
      ends[2 * edge + 1] = high[at] ?? 0;
    });
    return graphFrom(
      this.#size,
      ends,
      kept.map((at) => weights[at] ?? 0),
    );
  }
}

function twiceAsLong(values: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const longer = new Int32Array(2 * values.length);
  longer.set(values);
  return longer;
}

const COUNTRIES = 30;
const TRAITS = 16;
/** How many others each SME is compared with in the generator at least: enough that its best ones are really good. */
const SEEN = 400;

/** The SMEs of the generator: what each offers and seeks, trait by trait, and how much others like it whatever they seek. */
interface Companies {
  readonly country: Int32Array;
  readonly offers: Float64Array;
  readonly needs: Float64Array;
  readonly appeal: Float64Array;
}

function drawCompanies(size: number, random: Random): Companies {
  const traits = (): Float64Array =>
    Float64Array.from({ length: size * TRAITS }, () => (random() < 0.2 ? random() : 0));
  return {
    // few countries hold most of the companies, as in the real pool
    country: Int32Array.from({ length: size }, () => Math.floor(COUNTRIES * random() ** 2.5)),
    offers: traits(),
    needs: traits(),
    appeal: Float64Array.from({ length: size }, random),
  };
}

function fit({ offers, needs, appeal }: Companies, one: number, other: number): number {
  let given = 0;
  let taken = 0;
  for (let trait = 0; trait < TRAITS; trait += 1) {
    const [own, theirs] = [one * TRAITS + trait, other * TRAITS + trait];
    given += (needs[own] ?? 0) * (offers[theirs] ?? 0);
    taken += (needs[theirs] ?? 0) * (offers[own] ?? 0);
  }
  const mutual = given + taken === 0 ? 0 : (2 * given * taken) / (given + taken);
  const liked = (appeal[one] ?? 0) + (appeal[other] ?? 0);
  return Math.round(SCALE * Math.min(1, 0.3 + 0.25 * mutual + 0.1 * liked));
}

/** Suggestion lists: each SME keeps its best `degree` partners of other countries among those that it is compared with. */
export const smes: Family = (size, degree, random) => {
  const companies = drawCompanies(size, random);
  const { country } = companies;
  const collected = new Collected(size);
  const seen = Math.min(size - 1, Math.max(SEEN, 2 * degree));
  // one number for a partner and its fit, so that a plain sort of numbers puts the best ones last
  const found = new Float64Array(seen);
  for (let own = 0; own < size; own += 1) {
    const start = seen === size - 1 ? 0 : below(random, size - 1);
    let count = 0;
    for (let step = 0; step < seen; step += 1) {
      const other = (own + 1 + ((start + step) % (size - 1))) % size;
      if (country[other] === country[own]) continue;
      found[count] = fit(companies, own, other) * size + (size - 1 - other);
      count += 1;
    }
    const best = found.subarray(0, count).sort().subarray(-degree);
    for (const packed of best) collected.add(own, size - 1 - (packed % size), Math.floor(packed / size));
  }
  return collected.graph();
};

/** Any two, any weight. */
export const random: Family = (size, degree, source) => {
  const collected = new Collected(size);
  for (let count = 0; count < (size * degree) / 2; count += 1) {
    collected.add(below(source, size), below(source, size), below(source, SCALE));
  }
  return collected.graph();
};

/** Any two, but only four weights: ties everywhere. */
export const fewWeights: Family = (size, degree, source) => {
  const collected = new Collected(size);
  for (let count = 0; count < (size * degree) / 2; count += 1) {
    collected.add(below(source, size), below(source, size), 1 + below(source, 4));
  }
  return collected.graph();
};

/** Points in a square, joined with their neighbours in a window; the nearer, the heavier. */
export const plane: Family = (size, degree, source) => pointGraph(size, degree, () => [source(), source()]);

/** Points in clusters of about ten. */
export const clusters: Family = (size, degree, source) => {
  const centres = Array.from({ length: Math.ceil(size / 10) }, (): [number, number] => [source(), source()]);
  const spread = 0.2 / Math.sqrt(size);
  return pointGraph(size, degree, () => {
    const [x, y] = centres[below(source, centres.length)] ?? [0, 0];
    return [x + spread * (source() - 0.5), y + spread * (source() - 0.5)];
  });
};

function pointGraph(size: number, degree: number, draw: () => [number, number]): Graph {
  const points = Array.from({ length: size }, draw);
  const cells = Math.max(1, Math.floor(Math.sqrt(size / 3)));
  const cellOf = (at: number): number => Math.min(cells - 1, Math.max(0, Math.floor(at * cells)));
  const grid: number[][] = Array.from({ length: cells * cells }, () => []);
  points.forEach(([x, y], at) => grid[cellOf(x) * cells + cellOf(y)]?.push(at));
  const collected = new Collected(size);
  points.forEach(([x, y], at) => {
    const near: { other: number; far: number }[] = [];
    for (let reach = 1; near.length < degree && reach <= cells; reach += 1) {
      near.length = 0;
      for (let i = Math.max(0, cellOf(x) - reach); i <= Math.min(cells - 1, cellOf(x) + reach); i += 1) {
        for (let j = Math.max(0, cellOf(y) - reach); j <= Math.min(cells - 1, cellOf(y) + reach); j += 1) {
          for (const other of grid[i * cells + j] ?? []) {
            const [ox, oy] = points[other] ?? [0, 0];
            if (other !== at) near.push({ other, far: Math.hypot(x - ox, y - oy) });
          }
        }
      }
    }
    near.sort((one, two) => one.far - two.far || one.other - two.other);
    // the square is 10,000 wide; nobody stays alone for the sake of a distance
    for (const { other, far } of near.slice(0, degree))
      collected.add(at, other, SCALE - Math.round(far * 10_000));
  });
  return collected.graph();
}

/** Chains of triangles: each shares a corner with the next, so odd cycles nest deep. */
export const triangles: Family = (size, _degree, source) => {
  const collected = new Collected(size);
  for (let at = 0; at + 2 < size; at += 2) {
    const heavy = 1000 + below(source, 10);
    collected.add(at, at + 1, heavy);
    collected.add(at + 1, at + 2, heavy);
    collected.add(at, at + 2, heavy + below(source, 3));
  }
  return collected.graph();
};

/** All families by name. */
export const FAMILIES = {
  smes,
  random,
  fewWeights,
  plane,
  clusters,
  triangles,
} satisfies Record<string, Family>;
