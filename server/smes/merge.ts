import type { SmeRecord } from './model.ts';
import type { ProfileFields } from './record.ts';

/** Fields that a merge may fill; name and country are what the two had in common, so they stay as they were. */
export type Filled = Partial<
  Pick<
    ProfileFields,
    | 'city'
    | 'website'
    | 'languages'
    | 'marketRole'
    | 'group'
    | 'solutions'
    | 'needs'
    | 'projects'
    | 'declaration'
    | 'sizeClass'
  > & { confidential: SmeRecord['confidential']; externalId: string; source: string }
>;

/** Fields where empty is null. */
const SINGLE = ['city', 'website', 'marketRole', 'group'] as const;
const LISTS = ['languages', 'solutions', 'needs', 'projects'] as const;

/**
 * What an imported profile adds to an SME that is already there: only fields that are still empty, never one that somebody filled. An
 * empty result means that the import has nothing new. A solution without a TRL gets none from here: whose TRL it is cannot be told.
 */
export function fillEmpty(
  existing: SmeRecord,
  imported: ProfileFields,
  origin: { externalId: string | null; source: string | null },
): Filled {
  const filled: Filled = {};
  for (const field of SINGLE) {
    if (existing[field] === null && imported[field] !== null)
      Object.assign(filled, { [field]: imported[field] });
  }
  for (const field of LISTS) {
    if ((existing[field] ?? []).length === 0 && imported[field].length > 0) {
      Object.assign(filled, { [field]: imported[field] });
    }
  }
  if (existing.declaration === null && imported.declaration !== null) {
    filled.declaration = imported.declaration;
    filled.sizeClass = imported.sizeClass;
  }
  const confidential = fillConfidential(existing.confidential, imported.confidential);
  if (confidential) filled.confidential = confidential;
  if (existing.externalId === null && origin.externalId !== null) filled.externalId = origin.externalId;
  if (existing.source === null && origin.source !== null) filled.source = origin.source;
  return filled;
}

function fillConfidential(
  existing: SmeRecord['confidential'],
  imported: SmeRecord['confidential'],
): SmeRecord['confidential'] | null {
  const merged = {
    contactName: existing.contactName ?? imported.contactName,
    contactEmail: existing.contactEmail ?? imported.contactEmail,
    contactPhone: existing.contactPhone ?? imported.contactPhone,
    notes: existing.notes === '' ? imported.notes : existing.notes,
  };
  const same =
    merged.contactName === existing.contactName &&
    merged.contactEmail === existing.contactEmail &&
    merged.contactPhone === existing.contactPhone &&
    merged.notes === existing.notes;
  return same ? null : merged;
}
