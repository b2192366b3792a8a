import type { Certificate } from '../assignment/certificate.ts';
import type { PricingProgress } from '../assignment/lacking.ts';
import { reweighed, solveTask, type Task } from '../assignment/task.ts';
import type { Limit } from '../assignment/stop.ts';
import { SCALE } from '../types.ts';

/*
 * Problem: the largest minimum score at which as many SMEs are paired as without one (a bottleneck matching of the largest size).
 * Method: halving the interval of scores; each step one matching with as many pairs as can be had among those that reach the middle.
 */

/** A certificate of a matching in which each pair weighs so much more. */
interface Proven {
  readonly certificate: Certificate;
  readonly bonus: number;
}

/** The highest minimum, and what proves it. */
export interface Floor {
  readonly score: number;
  /** Over all pairs: no set has more of them. */
  readonly most: Proven;
  /** Over the pairs above the minimum: every set has fewer. */
  readonly above: Proven;
  /** A set with as many pairs, none of them below the minimum. */
  readonly mates: Int32Array;
}

interface Counted extends Proven {
  readonly pairs: number;
  /** Lowest score of a pair; SCALE where there is none. */
  readonly lowest: number;
  readonly mates: Int32Array;
}

/**
 * Finds the highest minimum; null where no pair can be had at all.
 *
 * @param limit once it is over, the result is the highest minimum found by then, which proves nothing
 */
export function* highestMinimum(task: Task, limit: Limit): Generator<PricingProgress, Floor | null, void> {
  const most = yield* countFrom(task, task.asked.minScore, limit);
  if (most.pairs === 0) return null;
  let best: Counted = most;
  let high = SCALE + 1;
  let above = yield* countFrom(task, high, limit);
  while (high > best.lowest + 1 && !limit.wasOver()) {
    const middle: number = Math.floor((best.lowest + high) / 2);
    const found: Counted = yield* countFrom(task, middle, limit);
    if (found.pairs === most.pairs) best = found;
    else {
      above = found;
      high = middle;
    }
  }
  return { score: best.lowest, most, above, mates: best.mates };
}

/** As many pairs as can be had among those that reach a score. */
function* countFrom(task: Task, least: number, { isOver }: Limit): Generator<PricingProgress, Counted, void> {
  const bonus = countingBonus(task.size);
  const among = reweighed(task, (score) => (score >= least ? score : -1));
  const { graph, matching } = yield* solveTask(among, bonus, isOver);
  let [pairs, lowest] = [0, SCALE];
  graph.weights.forEach((weight, edge) => {
    const [u, v] = [graph.ends[2 * edge], graph.ends[2 * edge + 1]];
    if (matching.mates[u] !== v) return;
    pairs += 1;
    lowest = Math.min(lowest, weight - bonus);
  });
  return { certificate: matching.certificate, bonus, pairs, lowest, mates: matching.mates };
}

/** More than all scores together: a bound divided by it is a bound of the number of pairs. */
export const countingBonus = (size: number): number => size * SCALE + 1;
