import { completeness, mostUsefulField } from '../../matching/completeness.ts';
import type { Profile, Weights } from '../../matching/types.ts';
import type { CompletenessView } from './schema.ts';

/** Names of the fields as the profile page shows them; the engine knows them by their path. */
const LABELS: Readonly<Record<string, string>> = {
  'solutions.offer': 'What you offer, in words',
  'solutions.capabilities': 'Capabilities you offer',
  'solutions.trl': 'Readiness level (TRL)',
  'solutions.fields': 'Fields of application',
  'solutions.sectors': 'Sectors',
  'needs.words': 'What you seek, in words',
  'needs.capabilities': 'Capabilities you seek',
  marketRole: 'Security market or deep tech',
  languages: 'Working languages',
  sizeClass: 'Declaration of your size',
};

/** A field that the engine reads, as people call it. */
export const fieldLabel = (field: string): string => LABELS[field] ?? field;

/** How complete a profile is, field by field, and which empty field would help its suggestions most under the weights in force. */
export function completenessView(profile: Profile, weights: Weights): CompletenessView {
  const { share, fields } = completeness(profile);
  const next = mostUsefulField(profile, weights);
  return {
    share,
    fields: fields.map(({ field, filled, why }) => ({ field, label: fieldLabel(field), filled, why })),
    next: next ? { field: next.field, label: fieldLabel(next.field), sentence: next.sentence } : null,
  };
}
