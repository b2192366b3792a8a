import type { Need } from '../../matching/types.ts';
import { searchName } from '../smes/search-name.ts';
import type { NeedRecord } from './model.ts';
import type { NeedInput } from './schema.ts';

/** The fields of a record that its input decides. */
export type NeedFields = Omit<
  NeedRecord,
  | '_id'
  | 'ownerId'
  | 'requestKey'
  | 'state'
  | 'version'
  | 'review'
  | 'listedAt'
  | 'publishedAt'
  | 'createdAt'
  | 'updatedAt'
>;

/** After every day that anybody types. */
const NO_DAY = '9999-12-31';
const unique = (items: readonly string[]): string[] => [...new Set(items)];

/** What a checked need becomes in the database. */
export function needFields(input: NeedInput): NeedFields {
  const { title, words, organisation, organisationKind, showOrganisation, country } = input;
  const { trlMin, trlMax, neededBy, demonstrator, confidential } = input;
  return {
    title,
    searchTitle: searchName(title),
    words,
    organisation,
    organisationKind,
    showOrganisation,
    country,
    capabilities: unique(input.capabilities),
    technologies: unique(input.technologies),
    fields: unique(input.fields),
    sectors: unique(input.sectors),
    trlMin,
    trlMax,
    neededBy,
    dueKey: neededBy ?? NO_DAY,
    demonstrator,
    hasDemonstrator: demonstrator !== null,
    confidential,
  };
}

/** What companies are found and decide by: where this changes, a published need is reviewed again. */
const REVIEWED = [
  'title',
  'words',
  'organisation',
  'organisationKind',
  'country',
  'capabilities',
  'technologies',
  'fields',
  'sectors',
  'trlMin',
  'trlMax',
] as const;

/** Whether an edit changes what staff have reviewed. */
export const changesReviewed = (before: NeedFields, after: NeedFields): boolean =>
  REVIEWED.some((field) => JSON.stringify(before[field]) !== JSON.stringify(after[field]));

/** What the engine reads of a need: never its confidential part. */
export function toEngineNeed(need: Pick<NeedRecord, '_id' | 'title' | 'words'> & EngineParts): Need {
  return {
    id: need._id,
    words: `${need.title}. ${need.words}`,
    capabilities: need.capabilities,
    technologies: need.technologies,
    fields: need.fields,
    sectors: need.sectors,
    trlMin: need.trlMin,
    trlMax: need.trlMax,
  };
}

type EngineParts = Pick<
  NeedRecord,
  'capabilities' | 'technologies' | 'fields' | 'sectors' | 'trlMin' | 'trlMax'
>;
