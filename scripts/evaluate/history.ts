import { knownBefore, needOf, needQuestions, profileQuestions, type Material } from './questions.ts';
import type { Collaboration, Company, NeedRow, Participation, Project, TruthRow } from './records.ts';
import type { Row } from './table.ts';

/*
 * Earlier periods for cross-validation: what a company file would have said on an earlier day, and who worked together for the first time in the
 * years after it. Only projects that start before that day make up the profiles; nothing later comes in.
 */

/** Everything that earlier periods are built from. */
export interface History {
  readonly projects: readonly Project[];
  readonly participations: readonly Participation[];
  readonly collaborations: readonly Collaboration[];
  /** Names and countries; nothing else of them is read. */
  readonly companies: readonly Company[];
}

/** Known up to `from` (that day not included), asked about projects that start from then until `until` (not included). */
export interface Period {
  readonly from: string;
  readonly until: string;
}

const YEARS_OF_TRUTH = 3;
/** Projects that a headline of the company files names. */
const IN_HEADLINE = 2;
const EARLIER_PERIODS = 4;

/** The periods that end before a day: known up to four, three, two and one years earlier, each asked about up to three years. */
export function earlierPeriods(before: string): Period[] {
  const year = Number(before.slice(0, 4));
  const day = before.slice(4);
  return Array.from({ length: EARLIER_PERIODS }, (_, i) => {
    const from = year - EARLIER_PERIODS + i;
    return { from: `${from}${day}`, until: `${Math.min(year, from + YEARS_OF_TRUTH)}${day}` };
  });
}

/** Newest first, by id where two start on one day. */
const newestFirst = (a: Project, b: Project): number =>
  a.start === b.start ? (a.id < b.id ? 1 : -1) : a.start < b.start ? 1 : -1;

const each = (projects: readonly Project[], read: (project: Project) => readonly string[]): string[] => [
  ...new Set(projects.flatMap(read)),
];

function companyAsOf({ id, name, country }: Company, projects: readonly Project[]): Company {
  const newest = projects.toSorted(newestFirst);
  return {
    id,
    name,
    country,
    domains: each(newest, ({ domains }) => domains),
    tags: each(newest, ({ tags }) => tags),
    headline: newest
      .slice(0, IN_HEADLINE)
      .map(({ acronym, title }) => `${acronym}: ${title}`)
      .join('; '),
    ownText: '',
    text: newest.map(({ title, objective }) => `${title}. ${objective}`).join(' '),
    projects: newest.length,
    projectIds: newest.map(({ id: project }) => project),
  };
}

const projectsOf = ({ projects, participations }: History, before: string): Map<string, Project[]> => {
  const byId = new Map(projects.filter(({ start }) => start < before).map((one) => [one.id, one]));
  const found = new Map<string, Project[]>();
  for (const { company, project } of participations) {
    const one = byId.get(project);
    if (!one) continue;
    const list = found.get(company);
    if (list) list.push(one);
    else found.set(company, [one]);
  }
  return found;
};

/** Companies as a file of the day before would have them: those with a project so far. */
export function companiesAsOf(history: History, before: string): Company[] {
  const projects = projectsOf(history, before);
  return history.companies.flatMap((company) => {
    const own = projects.get(company.id);
    return own ? [companyAsOf(company, own)] : [];
  });
}

/** Stands for the row of a file where there is none. */
const noRow = (what: string): Row => ({ file: what, number: 0, cell: () => '' });

/** Both tasks for an earlier period. */
export function materialOf(history: History, { from, until }: Period): Material {
  const companies = companiesAsOf(history, from);
  const byId = new Map(companies.map((company) => [company.id, company]));
  const countries = new Map(history.companies.map(({ id, country }) => [id, country]));
  const started = new Map(
    history.projects.filter(({ start }) => start >= from && start < until).map((one) => [one.id, one]),
  );
  const row = noRow(`period from ${from}`);
  const truth: TruthRow[] = [];
  const needs: NeedRow[] = [];
  for (const [project, members] of membersOf(history, started)) {
    for (const asker of members) {
      const askerCountry = countries.get(asker);
      const partners = members.filter(
        (partner) => byId.has(partner) && countries.get(partner) !== askerCountry,
      );
      if (askerCountry === undefined) continue;
      for (const partner of partners) {
        needs.push({ row, project, asker, askerCountry, partner });
        if (byId.has(asker)) truth.push({ row, query: asker, partner });
      }
    }
  }
  return {
    companies,
    profileTask: profileQuestions(truth, byId),
    needTask: needQuestions(needs, byId, new Map([...started].map(([id, one]) => [id, needOf(one)]))),
    known: knownBefore(history.collaborations, from),
  };
}

function membersOf(
  { participations }: History,
  projects: ReadonlyMap<string, Project>,
): Map<string, string[]> {
  const members = new Map<string, string[]>();
  for (const { company, project } of participations) {
    if (!projects.has(project)) continue;
    const list = members.get(project);
    if (list) list.push(company);
    else members.set(project, [company]);
  }
  return members;
}
