import type { SmeRecord } from './model.ts';
import { PHASES, type SmeInput } from './schema.ts';
import { searchName } from './search-name.ts';
import { sizeClassOf } from './declaration.ts';

/** The fields of a record that a profile decides. */
export type ProfileFields = Omit<
  Required<SmeRecord>,
  '_id' | 'version' | 'clusterId' | 'handedOverFrom' | 'source' | 'externalId' | 'createdAt' | 'updatedAt'
>;

/** A new SME on its way into the database. */
export interface NewSme {
  readonly id: string;
  readonly clusterId: string | null;
  readonly input: SmeInput;
  readonly source: string | null;
  readonly externalId: string | null;
}

/**
 * What a checked profile becomes in the database: lists without repeats, an id for each solution and need that has none, the size
 * class derived from the declaration.
 */
export function profileFields(input: SmeInput, newId: () => string): ProfileFields {
  return {
    name: input.name,
    searchName: searchName(input.name),
    country: input.country,
    city: input.city,
    website: input.website,
    languages: unique(input.languages),
    marketRole: input.marketRole,
    group: input.group,
    available: input.available,
    solutions: input.solutions.map((solution) => ({
      id: solution.id ?? newId(),
      title: solution.title,
      offer: solution.offer,
      trl: solution.trl,
      ...uniqueTerms(solution),
      phases: PHASES.filter((phase) => solution.phases.includes(phase)),
    })),
    needs: input.needs.map((need) => ({
      id: need.id ?? newId(),
      words: need.words,
      trlMin: need.trlMin,
      trlMax: need.trlMax,
      ...uniqueTerms(need),
    })),
    projects: unique(input.projects),
    conflicts: unique(input.conflicts),
    declaration: input.declaration,
    sizeClass: sizeClassOf(input.declaration),
    confidential: input.confidential,
    demoAnswers: unique(input.demoAnswers),
  };
}

/** The first version of an SME's record. */
export function newRecord(sme: NewSme, now: Date, newId: () => string): SmeRecord {
  return {
    _id: sme.id,
    version: 1,
    clusterId: sme.clusterId,
    ...profileFields(sme.input, newId),
    source: sme.source,
    externalId: sme.externalId,
    createdAt: now,
    updatedAt: now,
  };
}

type Terms = Pick<SmeInput['solutions'][number], 'capabilities' | 'technologies' | 'fields' | 'sectors'>;

const uniqueTerms = ({ capabilities, technologies, fields, sectors }: Terms): Terms => ({
  capabilities: unique(capabilities),
  technologies: unique(technologies),
  fields: unique(fields),
  sectors: unique(sectors),
});

const unique = <T>(items: readonly T[]): T[] => [...new Set(items)];
