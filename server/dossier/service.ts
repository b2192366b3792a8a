import { SCALE } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { CallService } from '../calls/service.ts';
import type { ConsortiumService } from '../consortia/service.ts';
import { answerOf } from '../eligibility/criteria.ts';
import type { EligibilityService } from '../eligibility/service.ts';
import { HttpProblem, notFound } from '../http/errors.ts';
import type { Matcher } from '../matching/matcher.ts';
import { mayManageSme } from '../smes/policy.ts';
import type { SmeService } from '../smes/service.ts';
import { FACTOR_LABELS } from '../suggestions/labels.ts';
import type { Dossier } from './schema.ts';

export interface DossierDeps {
  readonly clock: () => Date;
  readonly calls: Pick<CallService, 'find'>;
  readonly consortia: Pick<ConsortiumService, 'get'>;
  readonly eligibility: Pick<EligibilityService, 'criteriaOf'>;
  readonly smes: Pick<SmeService, 'get' | 'contact'>;
  readonly matcher: Pick<Matcher, 'explain'>;
}

type Consortium = Awaited<ReturnType<ConsortiumService['get']>>;
type Side = Dossier['sides'][number];

export type DossierService = ReturnType<typeof createDossierService>;

/** A consortium as the submission platform needs it, as far as the reader may see it. */
export function createDossierService(deps: DossierDeps) {
  const { smes } = deps;

  /** Figures are for the SME itself, its cluster and staff; contacts also for the other side, once the consortium is formed. */
  async function sideOf(viewer: Viewer, consortium: Consortium, side: 'a' | 'b'): Promise<Side> {
    const card = consortium[side];
    const { details, state } = consortium;
    const profile = await smes.get(viewer, card.id);
    const own = mayManageSme(viewer, { id: card.id, clusterId: card.clusterId });
    const disclosed = own || (state === 'formed' && viewer.role === 'sme');
    const chosen = side === 'a' ? details.solutionA : details.solutionB;
    return {
      sme: card,
      leads: details.leadSmeId === card.id,
      solution: profile.solutions.find(({ id }) => id === chosen) ?? null,
      declaration: profile.own?.declaration ?? null,
      contact: disclosed ? await smes.contact(card.id) : null,
    };
  }

  async function matchOf(a: string, b: string): Promise<Dossier['match']> {
    try {
      const [found] = await deps.matcher.explain(a, [b]);
      if (!found) return null;
      return {
        // The pair is taken by its own consortium, so the engine does not score it any more: the sum is what it would have.
        score: found.factors.reduce((sum, { contribution }) => sum + contribution, 0) / SCALE,
        factors: found.factors.map(({ factor, contribution, sentence }) => ({
          label: FACTOR_LABELS[factor],
          contribution: contribution / SCALE,
          sentence,
        })),
        aBrings: [...found.aBrings],
        bBrings: [...found.bBrings],
      };
    } catch (error) {
      // The engine is starting: all else of the dossier holds without it.
      if (error instanceof HttpProblem && error.status === 503) return null;
      throw error;
    }
  }

  return {
    /** @throws HttpProblem 404 where the reader has no part in the consortium */
    async of(viewer: Viewer, consortiumId: string): Promise<Dossier> {
      const consortium = await deps.consortia.get(viewer, consortiumId);
      const { a, b, callId, rulesVersion, details } = consortium;
      const call = await deps.calls.find(callId, rulesVersion ?? undefined);
      if (!call) throw notFound('call');
      const [one, other, criteria, match] = await Promise.all([
        sideOf(viewer, consortium, 'a'),
        sideOf(viewer, consortium, 'b'),
        deps.eligibility.criteriaOf(call, [a.id, b.id]),
        matchOf(a.id, b.id),
      ]);
      return {
        consortiumId,
        state: consortium.state,
        title: details.title,
        summary: details.summary,
        call: { id: call.id, name: call.name, rulesVersion: call.rulesVersion, source: call.source },
        instrument: call.instruments.find(({ id }) => id === details.instrumentId) ?? null,
        sides: [one, other],
        eligibility: { answer: answerOf(criteria ?? []), criteria: criteria ?? [] },
        match,
        formedAt: consortium.formedAt,
        madeAt: deps.clock().toISOString(),
      };
    },
  };
}
