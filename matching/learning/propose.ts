import { FACTORS, type Factor, type Weights } from '../types.ts';
import { observationsOf, type Decision, type DecisionKind, type Observations } from './decisions.ts';
import { evaluate, type Evaluation } from './evaluate.ts';
import { byFactor, directionOf, learnt, shareErrors, sharesInOrder, wholeWeights } from './model.ts';

/*
 * Weights proposed from decisions. What it may not do is stated here once: it sees only pairs that were shown, so it learns what people
 * choose among what the standing weights put before them (selection and position bias; Joachims et al. 2005), and it sees the profiles as
 * they are now, not as they were when it was decided. So it proposes, with its confidence, and never applies anything.
 */

/** One weight, standing and proposed. */
export interface ProposedWeight {
  readonly standing: number;
  readonly proposed: number;
  /** Within which the weight lies 19 times out of 20, in the unit of the proposed weights, before rounding. */
  readonly low: number;
  readonly high: number;
}

/** What the decisions were. */
export interface DecisionCounts {
  readonly byKind: Readonly<Record<DecisionKind, number>>;
  /** Pairs that were accepted, and declined; what both sides said alike counts once. */
  readonly accepted: number;
  readonly declined: number;
  /** SMEs that decided. */
  readonly smes: number;
  /** Left out because an SME decided both ways about the same partner. */
  readonly contradicting: number;
}

export interface Proposal {
  readonly ok: true;
  readonly weights: Weights;
  /** Sum of the proposed weights: that of the standing ones, unless one of them would come above 100. */
  readonly total: number;
  readonly byFactor: Readonly<Record<Factor, ProposedWeight>>;
  readonly decisions: DecisionCounts;
  readonly evaluation: Evaluation;
}

/** Something that there is too little of. */
export interface Shortage {
  readonly what: 'decisions' | 'accepted' | 'declined' | 'smes';
  readonly have: number;
  readonly need: number;
}

export interface NoProposal {
  readonly ok: false;
  /** 'no-direction': no factor speaks for a yes, so no weights can be read from the decisions. */
  readonly reason: 'too-few' | 'no-direction';
  /** What is missing, where it is too few. */
  readonly missing: readonly Shortage[];
  readonly decisions: DecisionCounts;
}

/** Fewer than these say nothing: pairs decided on in all, accepted, declined, and SMEs that decided. */
export const NEEDED = { decisions: 30, accepted: 10, declined: 10, smes: 10 } as const;

/** Normal quantile of 97.5 %. */
const TWO_SIDED = 1.96;

function countsOf({ all, counts, contradicting }: Observations): DecisionCounts {
  const accepted = all.filter((one) => one.accepted).length;
  const smes = new Set(all.flatMap(({ deciders }) => deciders)).size;
  return { byKind: counts, accepted, declined: all.length - accepted, smes, contradicting };
}

function shortages({ accepted, declined, smes }: DecisionCounts): Shortage[] {
  const have = { decisions: accepted + declined, accepted, declined, smes };
  return (['decisions', 'accepted', 'declined', 'smes'] as const)
    .filter((what) => have[what] < NEEDED[what])
    .map((what) => ({ what, have: have[what], need: NEEDED[what] }));
}

/**
 * Proposes weights from decisions: a logistic model of the seven factors, held by the standing weights so that few decisions move little, no
 * weight below zero, with a standard error for each and a comparison on held-out decisions. The order of the decisions does not matter.
 *
 * @example
 * const work = proposeWeights(decisions, standing); // a generator; its value is the proposal or a refusal
 */
export function* proposeWeights(
  decisions: readonly Decision[],
  standing: Weights,
): Generator<{ done: number; total: number }, Proposal | NoProposal, void> {
  const observations = observationsOf(decisions);
  const counts = countsOf(observations);
  const missing = shortages(counts);
  if (missing.length > 0) return { ok: false, reason: 'too-few', missing, decisions: counts };
  const shares = sharesInOrder(standing);
  const model = learnt(observations.all, shares);
  const direction = directionOf(model);
  if (direction === null) return { ok: false, reason: 'no-direction', missing: [], decisions: counts };
  const sum = FACTORS.reduce((total, factor) => total + standing[factor], 0);
  const weights = wholeWeights(direction, sum);
  const total = FACTORS.reduce((all, factor) => all + weights[factor], 0);
  const errors = shareErrors(model);
  return {
    ok: true,
    weights,
    total,
    byFactor: byFactor((i) => ({
      standing: standing[FACTORS[i]],
      proposed: weights[FACTORS[i]],
      low: Math.max(0, total * (direction[i] - TWO_SIDED * errors[i])),
      high: Math.min(total, total * (direction[i] + TWO_SIDED * errors[i])),
    })),
    decisions: counts,
    evaluation: yield* evaluate(observations.all, shares),
  };
}
