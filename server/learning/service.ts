import type { Decision } from '../../matching/learning/decisions.ts';
import { byFactor } from '../../matching/learning/model.ts';
import { proposeWeights, type NoProposal, type Proposal } from '../../matching/learning/propose.ts';
import { FACTORS, type Explanation } from '../../matching/types.ts';
import { conflict } from '../http/errors.ts';
import type { Matcher } from '../matching/matcher.ts';
import { runSliced } from '../matching/slices.ts';
import type { WeightsService } from '../weights/service.ts';
import { standing, type DecisionSource, type Statement } from './decisions.ts';
import type { WeightsProposal } from './schema.ts';

export interface LearningServiceDeps {
  readonly sources: readonly DecisionSource[];
  readonly matcher: Pick<Matcher, 'explain'>;
  readonly weights: Pick<WeightsService, 'current'>;
}

export interface LearningService {
  /** Weights as people's answers suggest them, or what is missing; changes nothing. @throws HttpProblem 409 where it was stopped, 503 */
  propose(signal: AbortSignal): Promise<WeightsProposal>;
}

function decisionOf({ sme, partner, kind }: Statement, { factors }: Explanation): Decision {
  const of = (place: number) => factors.find(({ factor }) => factor === FACTORS[place]);
  return {
    sme,
    partner,
    kind,
    values: byFactor((place) => of(place)?.value ?? 0),
    known: byFactor((place) => of(place)?.known ?? false),
  };
}

function presentOutcome(outcome: Proposal | NoProposal): WeightsProposal['outcome'] {
  if (!outcome.ok) {
    return outcome.reason === 'no-direction'
      ? { kind: 'no-direction' }
      : { kind: 'too-few', missing: [...outcome.missing] };
  }
  return {
    kind: 'proposal',
    values: outcome.weights,
    total: outcome.total,
    factors: FACTORS.map((factor) => ({ factor, ...outcome.byFactor[factor] })),
    evaluation: outcome.evaluation,
  };
}

const stopped = () => conflict('proposal-stopped', 'The proposal was stopped: nobody waited for it.');

export function createLearningService({ sources, matcher, weights }: LearningServiceDeps): LearningService {
  /** The factors of each pair as they are now; pairs with an SME that is gone are left out. */
  async function decisionsOf(statements: readonly Statement[], signal: AbortSignal): Promise<Decision[]> {
    const bySme = new Map<string, Statement[]>();
    for (const one of statements) bySme.set(one.sme, [...(bySme.get(one.sme) ?? []), one]);
    const decisions: Decision[] = [];
    for (const [sme, said] of bySme) {
      if (signal.aborted) throw stopped();
      const explained = await matcher.explain(
        sme,
        said.map(({ partner }) => partner),
      );
      const byPartner = new Map(explained.map((explanation) => [explanation.b, explanation]));
      for (const statement of said) {
        const explanation = byPartner.get(statement.partner);
        if (explanation) decisions.push(decisionOf(statement, explanation));
      }
    }
    return decisions;
  }

  return {
    async propose(signal) {
      const [inForce, ...stated] = await Promise.all([weights.current(), ...sources.map((read) => read())]);
      const statements = standing(stated.flatMap((one) => one.statements));
      const decisions = await decisionsOf(statements, signal);
      const run = await runSliced(proposeWeights(decisions, inForce.values), { stop: () => signal.aborted });
      if (!run.finished) throw stopped();
      const { byKind, accepted, declined, smes, contradicting } = run.value.decisions;
      return {
        weightsVersion: inForce.version,
        decisions: {
          consortium: byKind.consortium,
          wouldLike: byKind['would-like'],
          metAgain: byKind['met-again'],
          notForMe: byKind['not-for-me'],
          accepted,
          declined,
          smes,
          notOfTheMatch: stated.reduce((sum, one) => sum + one.notOfTheMatch, 0),
          contradicting,
          gone: statements.length - decisions.length,
        },
        outcome: presentOutcome(run.value),
      };
    },
  };
}
