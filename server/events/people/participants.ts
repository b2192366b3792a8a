import type { Invited } from '../life/invited.ts';
import type { EventRecord } from '../model.ts';
import type { PresenceStore } from './presence-store.ts';
import type { PlanInput } from '../plan/schema.ts';

/**
 * Who is planned for: those who are here, or also those who are expected. Before anybody has said that it comes, everybody invited is
 * expected.
 */
export async function participantsOf(
  event: EventRecord,
  who: PlanInput['who'],
  { invited, presence }: { invited: Invited; presence: PresenceStore },
): Promise<string[]> {
  const states = await presence.all(event._id);
  const all = (await invited.all(event)).map(({ _id }) => _id);
  if (who === 'here') return all.filter((id) => states.get(id)?.state === 'here');
  const known = all.filter((id) => ['here', 'expected'].includes(states.get(id)?.state ?? ''));
  const isSilent = [...states.values()].every(({ state }) => state === 'left');
  return isSilent ? all.filter((id) => states.get(id)?.state !== 'left') : known;
}
