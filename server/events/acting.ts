import type { Viewer } from '../accounts/viewer.ts';
import { conflict, invalidField, notAllowed, notFound } from '../http/errors.ts';
import { mayManageSme } from '../smes/policy.ts';
import type { SmeService } from '../smes/service.ts';
import type { Invited } from './life/invited.ts';
import type { EventRecord } from './model.ts';
import type { PresenceStore } from './people/presence-store.ts';
import { isLive } from './life/state.ts';

/**
 * Whose event it is: an SME's account speaks for its SME; staff and clusters name one (`smeId`), clusters one of their members.
 * @throws HttpProblem 400, 403, 404
 */
export async function smeOf(
  viewer: Viewer,
  named: string | undefined,
  smes: Pick<SmeService, 'owner'>,
): Promise<string> {
  const smeId = named ?? viewer.smeId;
  if (smeId === null) throw invalidField('smeId', 'say which SME: ?smeId=');
  const owner = await smes.owner(smeId);
  if (!owner) throw notFound('SME');
  if (!mayManageSme(viewer, owner)) throw notAllowed('This is for the SME itself, its cluster and staff.');
  return smeId;
}

/** The SME that an account speaks for; nobody else may act in its name. @throws HttpProblem 403 */
export function ownSme(viewer: Viewer): string {
  if (viewer.smeId === null) throw notAllowed('Only the SME itself may do this.');
  return viewer.smeId;
}

/**
 * Refuses what speaks of an SME that does not take part (any more).
 * @throws HttpProblem 409
 */
export async function checkTakesPart(
  event: EventRecord,
  smeId: string,
  { invited, presence }: { invited: Invited; presence: PresenceStore },
): Promise<void> {
  if (!isLive(event.state)) throw conflict('event-not-live', `${event.name} is ${event.state}.`);
  const [isInvited, state] = await Promise.all([
    invited.includes(event, smeId),
    presence.stateOf(event._id, smeId),
  ]);
  if (!isInvited) throw conflict('not-invited', `This SME is not invited to ${event.name}.`);
  if (state === 'left') throw conflict('has-left', `This SME has left ${event.name}.`);
}
