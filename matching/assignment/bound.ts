import { across, type Graph } from './graph.ts';

/** Rounds of lowering the prices; each can only lower the bound. */
const ROUNDS = 20;

/**
 * An upper bound on the total of any matching: prices y >= 0 with y_u + y_v >= w on every edge, of which the sum bounds every
 * matching (weak duality). Starts from half of each vertex's best edge and lowers one price after another as far as its edges let it.
 * Prices are kept doubled, so they stay whole.
 */
export function boundOf({ size, at }: Graph): number {
  const doubled = Array.from({ length: size }, (_, vertex) => at[vertex].at(0)?.w ?? 0);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let step = 0; step < size; step += 1) {
      const vertex = round % 2 === 0 ? step : size - 1 - step;
      let needed = 0;
      for (const edge of at[vertex]) {
        needed = Math.max(needed, 2 * edge.w - doubled[across(edge, vertex)]);
      }
      doubled[vertex] = needed;
    }
  }
  return Math.floor(doubled.reduce((sum, price) => sum + price, 0) / 2);
}
