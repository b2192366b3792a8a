import { byFactor } from '../../../matching/learning/model.ts';
import type { Decision, DecisionKind } from '../../../matching/learning/decisions.ts';
import { proposeWeights, type NoProposal, type Proposal } from '../../../matching/learning/propose.ts';
import { FACTORS, SCALE, type Weights } from '../../../matching/types.ts';
import { seededRandom } from '../../../scripts/demo/random.ts';

/** One decision, about a pair of which all factors are known. */
export function buildDecision(given: Partial<Decision> & Pick<Decision, 'sme' | 'partner'>): Decision {
  return {
    kind: 'not-for-me',
    values: byFactor(() => SCALE / 2),
    known: byFactor(() => true),
    ...given,
  };
}

/** Decisions of people who follow these weights: the odds of a yes grow with the score, e-fold for each 1/steepness. */
export function decisionsBy(
  weights: Weights,
  {
    count,
    smes = 60,
    steepness = 12,
    seed = 7,
  }: { count: number; smes?: number; steepness?: number; seed?: number },
): Decision[] {
  const random = seededRandom(seed);
  const total = FACTORS.reduce((sum, factor) => sum + weights[factor], 0);
  return Array.from({ length: count }, (_, i) => {
    const values = byFactor(() => Math.floor(random() * SCALE));
    const score = FACTORS.reduce(
      (sum, factor) => sum + (values[factor] * weights[factor]) / total / SCALE,
      0,
    );
    const says = random() < 1 / (1 + Math.exp(-steepness * (score - 0.5)));
    const kind: DecisionKind = says ? 'would-like' : 'not-for-me';
    return buildDecision({ sme: `S${i % smes}`, partner: `P${i}`, kind, values });
  });
}

/** A proposal at once. */
export function proposalFrom(decisions: readonly Decision[], standing: Weights): Proposal | NoProposal {
  const work = proposeWeights(decisions, standing);
  let step = work.next();
  while (step.done !== true) step = work.next();
  return step.value;
}

/** A proposal that is one. */
export function proposed(decisions: readonly Decision[], standing: Weights): Proposal {
  const proposal = proposalFrom(decisions, standing);
  if (!proposal.ok) throw new Error(`No proposal: ${proposal.reason}`);
  return proposal;
}
