import { DEFAULT_WEIGHTS } from '../../matching/index.ts';
import type { Profile, Weights } from '../../matching/types.ts';
import type { CompletenessView } from './schema.ts';

const FIELDS: readonly {
  field: string;
  label: string;
  why: string;
  filled: (profile: Profile) => boolean;
}[] = [
  {
    field: 'solutions',
    label: 'What you offer',
    why: 'Partners are found by what you bring.',
    filled: (profile) => profile.solutions.some((solution) => solution.offer !== ''),
  },
  {
    field: 'needs',
    label: 'What you seek',
    why: 'A partner counts only where it brings what you lack.',
    filled: (profile) => profile.needs.length > 0,
  },
  {
    field: 'solutions.trl',
    label: 'Readiness level (TRL)',
    why: 'The two levels must fit the instrument and each other.',
    filled: (profile) => profile.solutions.some((solution) => solution.trl !== null),
  },
  {
    field: 'languages',
    label: 'Working languages',
    why: 'A common language makes working together possible.',
    filled: (profile) => profile.languages.length > 0,
  },
];

/** How complete a profile is, and what to fill next. */
export function completenessView(profile: Profile, _weights: Weights = DEFAULT_WEIGHTS): CompletenessView {
  const fields = FIELDS.map(({ field, label, why, filled }) => ({
    field,
    label,
    why,
    filled: filled(profile),
  }));
  const missing = fields.find((field) => !field.filled);
  return {
    share: fields.filter((field) => field.filled).length / fields.length,
    fields,
    next: missing ? { field: missing.field, label: missing.label, sentence: missing.why } : null,
  };
}
