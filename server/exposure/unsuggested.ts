import { mostUsefulField, type Unseen } from '../../matching/index.ts';
import type { Profile, Weights } from '../../matching/types.ts';
import { fieldLabel } from '../smes/completeness.ts';
import type { SmeCard } from '../smes/schema.ts';
import type { UnsuggestedView } from './schema.ts';

export interface UnsuggestedDeps {
  /** Profiles as the engine reads them; ids without an SME are left out. */
  readonly profiles: (ids: readonly string[]) => Promise<readonly Profile[]>;
  readonly weights: () => Promise<Weights>;
}

/** An SME on nobody's list, with its card. */
export interface UnseenSme extends Unseen {
  readonly card: SmeCard;
}

/** Adds what would help: where it is only never among the best, the empty field that opens most of the weight. */
export async function withHelp(
  unseen: readonly UnseenSme[],
  { profiles, weights }: UnsuggestedDeps,
): Promise<UnsuggestedView[]> {
  const outdone = unseen.filter(({ reason }) => reason === 'never-among-the-best');
  const [found, values] = await Promise.all([profiles(outdone.map(({ sme }) => sme)), weights()]);
  const fields = new Map(found.map((profile) => [profile.id, mostUsefulField(profile, values)?.field]));
  return unseen.map(({ sme, card, reason, rules }) => {
    const field = fields.get(sme);
    const help = field === undefined ? null : { field, label: fieldLabel(field) };
    return { sme: card, reason, rules: [...rules], help };
  });
}
