import type { FieldError } from '../http/errors.ts';
import type { NeedRecord } from './model.ts';
import type { NeedCard, NeedStep, NeedView } from './schema.ts';

/*
 * What leaves the server of a need. Every field is listed by hand, so that a new field of the record stays inside until somebody decides
 * who may see it.
 */

/** Characters of the words that a card shows. */
const OPENING = 240;

/** A record without its confidential part, as lists read it. */
export type PublicNeed = Omit<NeedRecord, 'confidential'>;

export interface CardMore {
  readonly mine: boolean;
  readonly interests: NeedCard['interests'];
  readonly fit: NeedCard['fit'];
}

function openingOf(words: string): string {
  const clean = words.trim().replaceAll(/\s+/g, ' ');
  if (clean.length <= OPENING) return clean;
  return `${clean.slice(0, Math.max(clean.lastIndexOf(' ', OPENING), 1))} …`;
}

function presentDemonstrator(demonstrator: NeedRecord['demonstrator']): NeedCard['demonstrator'] {
  if (demonstrator === null) return null;
  const { what, where, from, until } = demonstrator;
  return { what, where, from, until };
}

/** A need in a list. Its organisation's name is left out for others where it is not to be shown. */
export function presentCard(need: PublicNeed, more: CardMore): NeedCard {
  return {
    id: need._id,
    state: need.state,
    title: need.title,
    opening: openingOf(need.words),
    organisation: need.showOrganisation || more.mine ? need.organisation : null,
    organisationKind: need.organisationKind,
    country: need.country,
    capabilities: [...need.capabilities],
    technologies: [...need.technologies],
    fields: [...need.fields],
    sectors: [...need.sectors],
    trlMin: need.trlMin,
    trlMax: need.trlMax,
    neededBy: need.neededBy,
    demonstrator: presentDemonstrator(need.demonstrator),
    publishedAt: need.publishedAt?.toISOString() ?? null,
    updatedAt: need.updatedAt.toISOString(),
    mine: more.mine,
    interests: more.interests,
    fit: more.fit,
  };
}

/** The whole need as others read it. */
export function presentNeed(
  need: PublicNeed,
  more: CardMore & { readonly challenges: NeedView['challenges'] },
): NeedView {
  return { ...presentCard(need, more), words: need.words, challenges: more.challenges };
}

/** What only the organisation itself and staff see besides. */
export function presentOwn(
  need: NeedRecord,
  more: { missing: readonly FieldError[]; steps: readonly NeedStep[] },
): NonNullable<NeedView['own']> {
  const { contactName, contactEmail, contactPhone, notes } = need.confidential;
  return {
    version: need.version,
    organisation: need.organisation,
    showOrganisation: need.showOrganisation,
    confidential: { contactName, contactEmail, contactPhone, notes },
    review: need.review && {
      step: need.review.step,
      text: need.review.text,
      at: need.review.at.toISOString(),
    },
    missing: more.missing.map(({ field, message }) => ({ field, message })),
    steps: [...more.steps],
  };
}
