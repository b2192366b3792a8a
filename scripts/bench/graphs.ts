import { buildGraph, type Edge, type Graph } from '../../matching/assignment/graph.ts';
import { SCALE } from '../../matching/types.ts';

/** A source of numbers in [0, 1). */
type Random = () => number;

/** Makes a graph of a number of vertices with about a number of edges at each. The same source gives the same graph. */
export type Family = (size: number, degree: number, random: Random) => Graph;

const below = (random: Random, end: number): number => Math.floor(random() * end);

/** Collects edges, each pair once: the first one that comes counts. */
class Collected {
  readonly #edges = new Map<number, Edge>();
  readonly #size: number;

  constructor(size: number) {
    this.#size = size;
  }

  add(one: number, other: number, w: number): void {
    if (one === other) return;
    const [u, v] = one < other ? [one, other] : [other, one];
    const key = u * this.#size + v;
    if (!this.#edges.has(key)) this.#edges.set(key, { u, v, w });
  }

  graph(): Graph {
    return buildGraph(this.#size, [...this.#edges.values()]);
  }
}

const COUNTRIES = 30;
const TRAITS = 16;
/** How many others each SME is compared with in the generator: enough that its best ones are really good. */
const SEEN = 400;

/** What an SME of the generator offers and seeks, and how much others like it whatever they seek. */
interface Company {
  readonly country: number;
  readonly offers: Float64Array;
  readonly needs: Float64Array;
  readonly appeal: number;
}

function company(random: Random): Company {
  // few countries hold most of the companies, as in the real pool
  const country = Math.floor(COUNTRIES * random() ** 2.5);
  const traits = (): Float64Array =>
    Float64Array.from({ length: TRAITS }, () => (random() < 0.2 ? random() : 0));
  return { country, offers: traits(), needs: traits(), appeal: random() };
}

function fit(one: Company, other: Company): number {
  const given = one.needs.reduce((sum, need, at) => sum + need * (other.offers[at] ?? 0), 0);
  const taken = other.needs.reduce((sum, need, at) => sum + need * (one.offers[at] ?? 0), 0);
  const mutual = given + taken === 0 ? 0 : (2 * given * taken) / (given + taken);
  return Math.round(SCALE * Math.min(1, 0.3 + 0.25 * mutual + 0.1 * (one.appeal + other.appeal)));
}

/** Suggestion lists: each SME keeps its best `degree` partners of other countries among those that it is compared with. */
export const smes: Family = (size, degree, random) => {
  const companies = Array.from({ length: size }, () => company(random));
  const collected = new Collected(size);
  const seen = Math.min(SEEN, size - 1);
  companies.forEach((own, at) => {
    const start = size - 1 <= SEEN ? 1 : 1 + below(random, size - 1);
    const list: { other: number; w: number }[] = [];
    for (let step = 0; step < seen; step += 1) {
      const other = (at + 1 + ((start + step) % (size - 1))) % size;
      const partner = companies[other];
      if (partner && partner.country !== own.country) list.push({ other, w: fit(own, partner) });
    }
    list.sort((x, y) => y.w - x.w || x.other - y.other);
    for (const { other, w } of list.slice(0, degree)) collected.add(at, other, w);
  });
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
