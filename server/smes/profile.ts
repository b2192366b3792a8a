import type { Profile, SmeId } from '../../matching/types.ts';
import type { SmeRecord } from './model.ts';

/**
 * What the engine gets to know of an SME: the non-confidential part, with its conflicts of interest and the partners it answered
 * 'not for me' (`declined`). Contacts, notes and money figures never come in.
 */
export function toProfile(record: SmeRecord, declined: readonly SmeId[] = []): Profile {
  return {
    id: record._id,
    name: record.name,
    country: record.country,
    clusterId: record.clusterId,
    sizeClass: record.sizeClass,
    marketRole: record.marketRole,
    languages: record.languages,
    group: record.group,
    available: record.available,
    solutions: record.solutions.map((solution) => ({
      id: solution.id,
      title: solution.title,
      offer: solution.offer,
      trl: solution.trl,
      ...termsOf(solution),
    })),
    needs: record.needs.map((need) => ({
      id: need.id,
      words: need.words,
      trlMin: need.trlMin,
      trlMax: need.trlMax,
      ...termsOf(need),
    })),
    projects: record.projects ?? [],
    conflicts: record.conflicts,
    declined,
  };
}

type Terms = Pick<SmeRecord['solutions'][number], 'capabilities' | 'technologies' | 'fields' | 'sectors'>;

/** The taxonomy terms of a solution or need, and nothing else of it. */
export const termsOf = ({ capabilities, technologies, fields, sectors }: Terms): Terms => ({
  capabilities,
  technologies,
  fields,
  sectors,
});
