import { Catalogue } from '../../../server/mapping/catalogue.ts';
import { loadPhases } from '../../../server/mapping/phases.ts';
import type { MappedSme } from '../../../server/mapping/catalogue.ts';
import type { StoredSolution } from '../../../server/smes/model.ts';
import { searchName } from '../../../server/smes/search-name.ts';
import { taxonomy } from '../smes/support.ts';

export const findPhases = loadPhases(taxonomy.terms);
export const emptyCatalogue = (): Catalogue => new Catalogue(taxonomy, findPhases);

export function solution(overrides: Partial<StoredSolution> = {}): StoredSolution {
  return {
    id: 's1',
    title: 'Harbour watch',
    offer: '',
    trl: null,
    capabilities: [],
    technologies: [],
    fields: [],
    sectors: [],
    phases: [],
    ...overrides,
  };
}

let made = 0;
export function sme(overrides: Partial<MappedSme> = {}): MappedSme {
  made += 1;
  const name = overrides.name ?? `Company ${made}`;
  return {
    _id: `sme${String(made).padStart(5, '0')}`,
    name,
    searchName: searchName(name),
    country: 'FR',
    listedPublicly: true,
    solutions: [solution()],
    updatedAt: new Date('2026-01-01T00:00:00Z'),
    ...overrides,
  };
}
