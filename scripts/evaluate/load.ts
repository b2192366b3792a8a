import type { TaxonomyTerms } from '../../matching/types.ts';
import { FACETS, type TaxonomyService } from '../../server/taxonomy/service.ts';
import { InputProblem } from '../match/problem.ts';
import type { Ask } from './arguments.ts';
import { companiesAsOf, type History } from './history.ts';
import {
  knownBefore,
  needOf,
  needQuestions,
  profileQuestions,
  type Asked,
  type Material,
} from './questions.ts';
import {
  readCollaborations,
  readCompanies,
  readNeeds,
  readParticipations,
  readProjects,
  readTruth,
  type Company,
  type Project,
} from './records.ts';
import { listIn, readTable, rowProblem, textIn, type Row } from './table.ts';

/** Nobody may be ranked by what came later: a profile must not know a project that had not started. */
function refuseLater(
  companies: readonly Company[],
  projects: readonly Project[],
  before: string,
  file: string,
): void {
  const starts = new Map(projects.map(({ id, start }) => [id, start]));
  for (const { id, projectIds } of companies) {
    const later = projectIds.find((project) => (starts.get(project) ?? '') >= before);
    if (later !== undefined) {
      throw new InputProblem(
        `'${file}': company '${id}' has project '${later}', which starts ${starts.get(later) ?? ''}: not known before ${before}`,
      );
    }
  }
}

function termsIn(row: Row, taxonomy: TaxonomyService): TaxonomyTerms {
  const terms = { capabilities: [], technologies: [], fields: [], sectors: [] };
  const read = FACETS.map((facet) => {
    const ids = listIn(row.cell(facet));
    const wrong = ids.find((id) => taxonomy.facetOf(id) !== facet);
    if (wrong !== undefined) throw rowProblem(row, `the taxonomy has no ${facet} '${wrong}'`);
    return [facet, ids] as const;
  });
  return { ...terms, ...Object.fromEntries(read) };
}

/** Needs in other words, by project; what is asked by domain and tag stays that of the project. */
function rewordings(file: string, projects: ReadonlyMap<string, Asked>, taxonomy: TaxonomyService) {
  return readTable(file, ['project_id', 'words']).map((row): [string, Asked] => {
    const project = textIn(row, 'project_id');
    const known = projects.get(project) ?? { domains: [], tags: [] };
    return [project, { ...known, text: row.cell('words'), terms: termsIn(row, taxonomy) }];
  });
}

/**
 * Reads both tasks.
 *
 * @throws InputProblem with file and row
 */
export function loadMaterial({ files, needFile, before }: Ask, taxonomy: TaxonomyService): Material {
  const companies = readCompanies(files.profiles);
  const projects = readProjects(files.projects);
  refuseLater(companies, projects, before, files.profiles);
  const byId = new Map(companies.map((company) => [company.id, company]));
  const own = new Map(projects.map((project) => [project.id, needOf(project)]));
  const needs = new Map([...own, ...(needFile === null ? [] : rewordings(needFile, own, taxonomy))]);
  return {
    companies,
    profileTask: profileQuestions(readTruth(files.truth), byId),
    needTask: needQuestions(readNeeds(files.needs), byId, needs),
    known: knownBefore(readCollaborations(files.collaborations), before),
  };
}

/**
 * Reads what earlier periods are built from; nothing from `before` on is kept.
 *
 * @throws InputProblem with file and row
 */
export function loadHistory({ files, before }: Ask): History {
  const history: History = {
    companies: readCompanies(files.profiles),
    projects: readProjects(files.projects).filter(({ start }) => start < before),
    participations: readParticipations(files.participations),
    collaborations: readCollaborations(files.collaborations).filter(({ start }) => start < before),
  };
  if (companiesAsOf(history, before).length === 0) {
    throw new InputProblem(`no company of '${files.profiles}' has a project before ${before}`);
  }
  return history;
}
