import type { Profile } from '../../matching/types.ts';
import type { Viewer } from '../accounts/viewer.ts';
import { toEngineCall } from '../calls/calls.ts';
import { mayReadCall } from '../calls/policy.ts';
import type { CallService } from '../calls/service.ts';
import type { CallNow } from '../calls/store.ts';
import { invalidField, notAllowed, notFound } from '../http/errors.ts';
import { mayManageSme } from '../smes/policy.ts';
import type { SmeService } from '../smes/service.ts';
import { answerOf, callCriterion, ownCriteria, pairCriteria } from './criteria.ts';
import type { Criterion, EligibilityView } from './schema.ts';

export interface EligibilityDeps {
  readonly calls: Pick<CallService, 'find'>;
  readonly smes: Pick<SmeService, 'cards' | 'owner'>;
  /** Profiles as the engine reads them; ids without an SME are left out. */
  readonly profiles: (ids: readonly string[]) => Promise<readonly Profile[]>;
  /** SMEs that are in a consortium of a call, with its id. */
  readonly taken: (callId: string) => Promise<ReadonlyMap<string, string>>;
  readonly countryName: (code: string) => string;
}

export interface EligibilityQuestion {
  readonly callId: string;
  readonly smeId: string;
  readonly partnerId?: string | undefined;
  readonly rulesVersion?: number | undefined;
}

export type EligibilityService = ReturnType<typeof createEligibilityService>;

/** 'Am I eligible?', for one SME or two, under any version of a call's rules. */
export function createEligibilityService(deps: EligibilityDeps) {
  const { calls, smes, countryName } = deps;

  async function findCall(viewer: Viewer, { callId, rulesVersion }: EligibilityQuestion): Promise<CallNow> {
    const call = await calls.find(callId, rulesVersion);
    if (call && mayReadCall(viewer, call.state)) return call;
    if (rulesVersion !== undefined && (await calls.find(callId)) !== null)
      throw notFound('version of the rules');
    throw notFound('call');
  }

  /** How the rules stand with these SMEs. A consortium that the two are in together does not count as another one. */
  async function criteriaOf(
    call: CallNow,
    ids: readonly [string] | readonly [string, string],
  ): Promise<Criterion[] | null> {
    const [found, taken] = await Promise.all([deps.profiles(ids), deps.taken(call.id)]);
    const [first, second] = ids.map((id) => taken.get(id));
    const together = first === second ? first : undefined;
    const elsewhere = [...taken]
      .filter(([, consortiumId]) => consortiumId !== together)
      .map(([smeId]) => smeId);
    const options = { call, rules: toEngineCall(call, elsewhere), countryName };
    const profiles = ids.flatMap((id) => found.find((profile) => profile.id === id) ?? []);
    if (profiles.length < ids.length) return null;
    const [a, b] = profiles;
    const own = profiles.flatMap((profile) => ownCriteria(profile, options));
    return [...own, ...(a && b ? pairCriteria(a, b, options) : [])];
  }

  return {
    criteriaOf,

    /** @throws HttpProblem 400, 403 for an SME of somebody else, 404 */
    async ask(viewer: Viewer, question: EligibilityQuestion): Promise<EligibilityView> {
      const { smeId, partnerId } = question;
      if (smeId === partnerId) throw invalidField('partnerId', 'must be another SME than smeId');
      const [call, owner] = await Promise.all([findCall(viewer, question), smes.owner(smeId)]);
      if (!owner) throw notFound('SME');
      if (!mayManageSme(viewer, owner)) {
        throw notAllowed('Only the SME itself, its cluster and staff may ask this.');
      }
      const ids = partnerId === undefined ? ([smeId] as const) : ([smeId, partnerId] as const);
      const [cards, criteria] = await Promise.all([smes.cards(ids), criteriaOf(call, ids)]);
      const sme = cards.get(smeId);
      const partner = partnerId === undefined ? null : (cards.get(partnerId) ?? null);
      if (!sme || !criteria || (partnerId !== undefined && !partner)) throw notFound('SME');
      const all = [callCriterion(call), ...criteria];
      const { id, name, state, rulesVersion, countryList } = call;
      return {
        call: {
          id,
          name,
          state,
          rulesVersion,
          countryList: { name: countryList.name, asOf: countryList.asOf },
        },
        sme,
        partner,
        answer: answerOf(all),
        criteria: all,
      };
    },
  };
}
