import { refusals } from '../../matching/index.ts';
import type { Call, Profile } from '../../matching/types.ts';
import type { CallNow } from '../calls/store.ts';
import type { ConsortiumDetails } from './schema.ts';

/** One side of a consortium, as its rules read it. */
export interface Side {
  readonly profile: Profile;
  /** What stands between this SME and any consortium, in plain sentences. */
  readonly blockers: readonly string[];
}

/**
 * What keeps two SMEs from forming a consortium on these details, in plain sentences; empty: nothing. The call's hard rules are checked
 * as they stand now, whatever was true when the two met.
 */
export function pairBlockers(a: Side, b: Side, details: ConsortiumDetails, call: Call): string[] {
  const own = [a, b].flatMap(({ profile, blockers }) => blockers.map((one) => `${profile.name}: ${one}`));
  const pair = refusals(a.profile, b.profile, call).map(({ sentence }) => sentence);
  return [...new Set([...detailBlockers(a, b, details, call), ...own, ...pair])];
}

/** A consortium is formed while its call is open. */
export function callBlockers({ name, state }: Pick<CallNow, 'name' | 'state'>): string[] {
  return state === 'open' ? [] : [`${name} is not open${state === 'draft' ? ' yet' : ' any more'}.`];
}

function detailBlockers(a: Side, b: Side, details: ConsortiumDetails, call: Call): string[] {
  const blockers: string[] = [];
  const instrument = call.instruments.find(({ id }) => id === details.instrumentId);
  if (!instrument) blockers.push('Choose an instrument of the open call.');
  if (details.title === '') blockers.push('Give the project a working title.');
  const levels = [levelOf(a, details.solutionA, blockers), levelOf(b, details.solutionB, blockers)].flatMap(
    (level) => (level === null ? [] : [level]),
  );
  if (details.leadSmeId !== a.profile.id && details.leadSmeId !== b.profile.id) {
    blockers.push('Say which of the two leads.');
  }
  if (instrument && levels.some((level) => level < call.trlEntryMin || level > instrument.trlMax)) {
    blockers.push(
      `${instrument.name} takes solutions from TRL ${call.trlEntryMin} to TRL ${instrument.trlMax}.`,
    );
  }
  return blockers;
}

/** TRL of the solution that a side brings; notes what is missing. */
function levelOf({ profile }: Side, solutionId: string | null, blockers: string[]): number | null {
  const solution = profile.solutions.find(({ id }) => id === solutionId);
  if (!solution) {
    blockers.push(`Choose the solution that ${profile.name} brings.`);
    return null;
  }
  if (solution.trl === null) {
    blockers.push(`${profile.name}: the readiness level (TRL) of "${solution.title}" is not yet declared.`);
  }
  return solution.trl;
}
