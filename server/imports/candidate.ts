import type { TaxonomyService } from '../taxonomy/service.ts';
import { CORDIS_SOURCE, type CordisMapping } from './cordis.ts';

/** The cells of one row by column name; an empty or missing cell is ''. */
export type Cell = (column: string) => string;

/** What a row says, not checked yet: a profile-shaped value and where it comes from. */
export interface Candidate {
  readonly profile: Record<string, unknown>;
  readonly externalId: string | null;
  readonly source: string | null;
  /** Columns whose text was shortened to fit. */
  readonly shortened: readonly string[];
}

const TITLE_CHARACTERS = 200;

const orNull = (text: string): string | null => (text === '' ? null : text);
const listIn = (text: string): string[] =>
  text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
/** Digits become a number; anything else stays text, which validation then refuses by name. */
const numberIn = (text: string): number | string | null => {
  const plain = text.replace(/^TRL\s*/i, '').replace(/(?<=\d)[ \u00a0\u202f](?=\d{3}\b)/g, '');
  if (plain === '') return null;
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : text;
};

/** A row of Tandem's template. Terms may be given by id or by label. */
export function templateCandidate(cell: Cell, taxonomy: TaxonomyService): Candidate {
  const terms = (column: string): string[] => listIn(cell(column)).map((given) => termId(given, taxonomy));
  const solution = {
    title: cell('solution_title') || titleFrom(cell('solution_text')),
    offer: cell('solution_text'),
    trl: numberIn(cell('solution_trl')),
    capabilities: terms('capabilities'),
    technologies: terms('technologies'),
    fields: terms('fields'),
    sectors: terms('sectors'),
    phases: listIn(cell('phases').toLowerCase()),
  };
  const need = {
    words: cell('need_text'),
    trlMin: numberIn(cell('need_trl_min')),
    trlMax: numberIn(cell('need_trl_max')),
    capabilities: terms('need_capabilities'),
    technologies: terms('need_technologies'),
    fields: terms('need_fields'),
    sectors: terms('need_sectors'),
  };
  const profile = {
    name: cell('name'),
    country: countryCode(cell('country'), taxonomy),
    city: orNull(cell('city')),
    website: orNull(cell('website')),
    languages: listIn(cell('languages')),
    marketRole: orNull(cell('market_role').toLowerCase()),
    group: orNull(cell('group')),
    projects: listIn(cell('projects')),
    solutions: saysSomething(solution) ? [solution] : [],
    needs: saysSomething(need) ? [need] : [],
    declaration: declarationIn(cell),
    confidential: {
      contactName: orNull(cell('contact_name')),
      contactEmail: orNull(cell('contact_email')),
      contactPhone: orNull(cell('contact_phone')),
      notes: cell('notes'),
    },
  };
  return { profile, externalId: orNull(cell('external_id')), source: null, shortened: [] };
}

function declarationIn(cell: Cell): Record<string, unknown> | null {
  const declaration = {
    headcount: numberIn(cell('headcount')),
    turnoverEur: numberIn(cell('turnover_eur')),
    balanceSheetEur: numberIn(cell('balance_sheet_eur')),
    date: orNull(cell('declaration_date')),
  };
  return saysSomething(declaration) ? declaration : null;
}

/** A row of a CORDIS company file: the file has no TRL, needs, languages or size, so they stay 'not yet declared'. */
export function cordisCandidate(cell: Cell, mapping: CordisMapping): Candidate {
  const offer = [cell('own_text'), cell('text')].filter((text) => text !== '').join('\n\n');
  const headline = cell('headline');
  const title = titleFrom(headline || offer);
  const solution = { title, offer, trl: null, ...mapping(listIn(cell('domains')), listIn(cell('tags'))) };
  const profile = {
    name: cell('name'),
    country: cell('country'),
    city: orNull(cell('city')),
    website: orNull(cell('website')),
    projects: listIn(cell('project_ids')),
    solutions: saysSomething(solution) ? [solution] : [],
  };
  const shortened = headline.length > TITLE_CHARACTERS ? ['headline'] : [];
  return { profile, externalId: orNull(cell('sme_id')), source: CORDIS_SOURCE, shortened };
}

function saysSomething(part: Record<string, unknown>): boolean {
  return Object.values(part).some((value) =>
    Array.isArray(value) ? value.length > 0 : value !== null && value !== '',
  );
}

/** The first line of a text, cut between words where it is longer than a title may be. */
function titleFrom(text: string): string {
  const line = text.split('\n', 1)[0]?.trim() ?? '';
  if (line.length <= TITLE_CHARACTERS) return line;
  const head = line.slice(0, TITLE_CHARACTERS - 1);
  const lastSpace = head.lastIndexOf(' ');
  return `${lastSpace > TITLE_CHARACTERS / 2 ? head.slice(0, lastSpace) : head.replace(/[\ud800-\udbff]$/, '')}…`;
}

function termId(given: string, taxonomy: TaxonomyService): string {
  if (taxonomy.facetOf(given) !== undefined) return given;
  const lower = given.toLowerCase();
  return taxonomy.terms.find((term) => term.label.toLowerCase() === lower)?.id ?? given;
}

function countryCode(given: string, taxonomy: TaxonomyService): string {
  if (given.length <= 2) return given;
  const lower = given.toLowerCase();
  return taxonomy.view().countries.find((country) => country.name.toLowerCase() === lower)?.code ?? given;
}
