import { byId } from '../pool.ts';
import { hashText } from '../text/hash.ts';
import type { SmeId } from '../types.ts';
import type { Observation } from './decisions.ts';
import { dot } from './linear.ts';
import { logLoss } from './logistic.ts';
import { calibrated, directionOf, learnt, logOddsOf } from './model.ts';

/*
 * Would the proposed weights have done better than the standing ones on decisions that they were not learnt from? Decisions are held out in
 * folds of SMEs: nobody who decided on a held-out pair, and no held-out pair, is in what is learnt from. Both sides get base and
 * steepness from the same decisions, so that only the weights are compared. Intervals come from leaving out groups of SMEs (Kott 2001,
 * the delete-a-group jackknife), as decisions of one SME are not independent of each other. Nothing is drawn at random.
 */

const FOLDS = 5;
const GROUPS = 30;
const SEED = 0x5eed;
/** 97.5 % quantiles of Student's t for 9 to 29 degrees of freedom; the next lower entry is taken. */
const STUDENT: readonly (readonly [degrees: number, quantile: number])[] = [
  [29, 2.045],
  [24, 2.064],
  [19, 2.093],
  [14, 2.145],
  [11, 2.201],
  [9, 2.262],
];

/** A figure with the interval that holds the true one 19 times out of 20. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Standing and proposed weights on held-out decisions. */
export interface Evaluation {
  readonly folds: number;
  /** Mean of -log(chance given to what was decided); lower is better, 0.693 is a coin. */
  readonly logLoss: { readonly standing: number; readonly proposed: number; readonly gain: Estimate };
  /** Chance that an accepted pair has the higher score of an accepted and a declined one; 0.5 is a coin. */
  readonly auc: { readonly standing: number; readonly proposed: number; readonly gain: Estimate };
  /** 'better' and 'worse' only where the log loss tells the two apart; for 'better' the order must gain too, as lists are orders. */
  readonly verdict: 'better' | 'no-better' | 'worse';
}

/** A held-out decision with what both sides said of it. */
interface Judged {
  readonly accepted: boolean;
  readonly group: number;
  readonly standing: { readonly loss: number; readonly score: number };
  readonly proposed: { readonly loss: number; readonly score: number };
}

/** SMEs dealt out into so many groups, by a hash of their ids. */
export function dealtOut(smes: Iterable<SmeId>, groups: number): ReadonlyMap<SmeId, number> {
  const hashed = [...new Set(smes)].map((sme) => ({ sme, hash: hashText(sme, SEED) >>> 0 }));
  hashed.sort((x, y) => x.hash - y.hash || byId(x.sme, y.sme));
  return new Map(hashed.map(({ sme }, i) => [sme, i % groups]));
}

/** The decisions to learn from while these are held out. */
export function withoutHeld(all: readonly Observation[], held: readonly Observation[]): Observation[] {
  const deciders = new Set(held.flatMap((one) => one.deciders));
  const pairs = new Set(held.map(({ pair }) => pair));
  return all.filter((one) => !pairs.has(one.pair) && !one.deciders.some((sme) => deciders.has(sme)));
}

function* judged(
  all: readonly Observation[],
  shares: readonly number[],
): Generator<{ done: number; total: number }, Judged[], void> {
  const deciders = all.flatMap((one) => one.deciders);
  const folds = dealtOut(deciders, FOLDS);
  const groups = dealtOut(deciders, Math.min(GROUPS, folds.size));
  const results: Judged[] = [];
  for (let fold = 0; fold < FOLDS; fold += 1) {
    const held = all.filter((one) => folds.get(one.deciders[0]) === fold);
    const rest = withoutHeld(all, held);
    // where nothing can be read from them, the standing weights stay
    const direction = directionOf(learnt(rest, shares)) ?? shares;
    const [before, after] = [calibrated(rest, shares), calibrated(rest, direction)];
    for (const one of held) {
      results.push({
        accepted: one.accepted,
        group: groups.get(one.deciders[0]) ?? 0,
        standing: { loss: logLoss(logOddsOf(before, one), one.accepted), score: dot(shares, one.x) },
        proposed: { loss: logLoss(logOddsOf(after, one), one.accepted), score: dot(direction, one.x) },
      });
    }
    yield { done: fold + 1, total: FOLDS };
  }
  return results;
}

/** Chance that an accepted pair scores above a declined one, ties half; 0.5 where one kind is missing. By ranks (Mann and Whitney 1947). */
export function areaUnderCurve(
  scored: readonly { readonly accepted: boolean; readonly score: number }[],
): number {
  const sorted = scored.toSorted((x, y) => x.score - y.score);
  const accepted = sorted.filter((one) => one.accepted).length;
  const declined = sorted.length - accepted;
  if (accepted === 0 || declined === 0) return 0.5;
  let wins = 0;
  let below = 0;
  for (let from = 0; from < sorted.length;) {
    let to = from;
    let yes = 0;
    while (to < sorted.length && sorted[to].score === sorted[from].score) {
      if (sorted[to].accepted) yes += 1;
      to += 1;
    }
    const no = to - from - yes;
    wins += yes * (below + no / 2);
    below += no;
    from = to;
  }
  return wins / (accepted * declined);
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);

/** A figure with its interval, by leaving out one group of SMEs after another. */
function jackknifed(all: readonly Judged[], figure: (some: readonly Judged[]) => number): Estimate {
  const value = figure(all);
  const groups = [...new Set(all.map(({ group }) => group))];
  const without = groups.map((left) => figure(all.filter(({ group }) => group !== left)));
  const middle = mean(without);
  const squares = without.reduce((sum, one) => sum + (one - middle) ** 2, 0);
  const error = Math.sqrt(((groups.length - 1) / groups.length) * squares);
  const degrees = groups.length - 1;
  const quantile = STUDENT.find(([least]) => degrees >= least)?.[1] ?? 2.262;
  return { value, low: value - quantile * error, high: value + quantile * error };
}

function verdictOf(lossGain: Estimate, areaGain: Estimate): Evaluation['verdict'] {
  if (lossGain.high < 0) return 'worse';
  return lossGain.low > 0 && areaGain.value > 0 ? 'better' : 'no-better';
}

/** Compares standing and proposed weights on held-out decisions. A generator, so that the caller can pause it or report. */
export function* evaluate(
  all: readonly Observation[],
  shares: readonly number[],
): Generator<{ done: number; total: number }, Evaluation, void> {
  const results = yield* judged(all, shares);
  const area = (side: 'standing' | 'proposed', some: readonly Judged[]): number =>
    areaUnderCurve(some.map((one) => ({ accepted: one.accepted, score: one[side].score })));
  const loss = (side: 'standing' | 'proposed', some: readonly Judged[]): number =>
    mean(some.map((one) => one[side].loss));
  const lossGain = jackknifed(results, (some) => loss('standing', some) - loss('proposed', some));
  const areaGain = jackknifed(results, (some) => area('proposed', some) - area('standing', some));
  return {
    folds: FOLDS,
    logLoss: { standing: loss('standing', results), proposed: loss('proposed', results), gain: lossGain },
    auc: {
      standing: area('standing', results),
      proposed: area('proposed', results),
      gain: areaGain,
    },
    verdict: verdictOf(lossGain, areaGain),
  };
}
