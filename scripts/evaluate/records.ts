import { dateIn, listIn, readTable, rowProblem, textIn, type Row } from './table.ts';

/** A company as it was known on a day. */
export interface Company {
  readonly id: string;
  readonly name: string;
  readonly country: string;
  readonly domains: readonly string[];
  readonly tags: readonly string[];
  readonly headline: string;
  readonly ownText: string;
  readonly text: string;
  /** Projects so far. Only the baseline 'popularity' reads it; the engine never does. */
  readonly projects: number;
  readonly projectIds: readonly string[];
}

export interface Project {
  readonly id: string;
  readonly acronym: string;
  readonly title: string;
  readonly objective: string;
  /** YYYY-MM-DD */
  readonly start: string;
  readonly domains: readonly string[];
  readonly tags: readonly string[];
}

/** Two companies that shared a project. */
export interface Collaboration {
  readonly a: string;
  readonly b: string;
  readonly start: string;
}

/** What was asked for and who turned out to be right, one row of a file. */
export interface TruthRow {
  readonly row: Row;
  readonly query: string;
  readonly partner: string;
}

export interface NeedRow {
  readonly row: Row;
  readonly project: string;
  readonly asker: string;
  readonly askerCountry: string;
  readonly partner: string;
}

/** A company's part in a project. */
export interface Participation {
  readonly company: string;
  readonly project: string;
}

function countIn(row: Row, column: string): number {
  const text = row.cell(column);
  if (!/^\d+$/.test(text)) throw rowProblem(row, `${column} is '${text}'; it must be a whole number`);
  return Number(text);
}

function unique<Item extends { readonly id: string }>(rows: readonly Row[], items: readonly Item[]): Item[] {
  const seen = new Set<string>();
  rows.forEach((row, i) => {
    const id = items[i]?.id ?? '';
    if (seen.has(id)) throw rowProblem(row, `the id '${id}' comes twice`);
    seen.add(id);
  });
  return [...items];
}

/** @throws InputProblem as do all readers here: a missing column, an empty id, a wrong date or number */
export function readCompanies(file: string): Company[] {
  const rows = readTable(file, ['sme_id', 'country', 'domains', 'tags', 'n_projects', 'headline', 'text']);
  const companies = rows.map((row) => ({
    id: textIn(row, 'sme_id'),
    name: row.cell('name') || textIn(row, 'sme_id'),
    country: textIn(row, 'country'),
    domains: listIn(row.cell('domains')),
    tags: listIn(row.cell('tags')),
    headline: row.cell('headline'),
    ownText: row.cell('own_text'),
    text: row.cell('text'),
    projects: countIn(row, 'n_projects'),
    projectIds: listIn(row.cell('project_ids')),
  }));
  return unique(rows, companies);
}

/** Tags are the last part of each path of EuroSciVoc, as in the company files. */
const leavesOf = (paths: string): string[] => [
  ...new Set(listIn(paths).map((path) => path.slice(path.lastIndexOf('/') + 1))),
];

export function readProjects(file: string): Project[] {
  const rows = readTable(file, ['project_id', 'title', 'start', 'domain', 'euroscivoc', 'objective']);
  const projects = rows.map((row) => ({
    id: textIn(row, 'project_id'),
    acronym: row.cell('acronym'),
    title: row.cell('title'),
    objective: row.cell('objective'),
    start: dateIn(row, 'start'),
    domains: listIn(row.cell('domain')),
    tags: leavesOf(row.cell('euroscivoc')),
  }));
  return unique(rows, projects);
}

export const readCollaborations = (file: string): Collaboration[] =>
  readTable(file, ['a', 'b', 'start']).map((row) => ({
    a: textIn(row, 'a'),
    b: textIn(row, 'b'),
    start: dateIn(row, 'start'),
  }));

export const readTruth = (file: string): TruthRow[] =>
  readTable(file, ['query', 'partner']).map((row) => ({
    row,
    query: textIn(row, 'query'),
    partner: textIn(row, 'partner'),
  }));

export const readNeeds = (file: string): NeedRow[] =>
  readTable(file, ['project_id', 'asker', 'asker_country', 'partner']).map((row) => ({
    row,
    project: textIn(row, 'project_id'),
    asker: textIn(row, 'asker'),
    askerCountry: textIn(row, 'asker_country'),
    partner: textIn(row, 'partner'),
  }));

export const readParticipations = (file: string): Participation[] =>
  readTable(file, ['sme_id', 'project_id']).map((row) => ({
    company: textIn(row, 'sme_id'),
    project: textIn(row, 'project_id'),
  }));
