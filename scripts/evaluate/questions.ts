import type { TaxonomyTerms } from '../../matching/types.ts';
import type { CordisMapping } from '../../server/imports/cordis.ts';
import type { Collaboration, Company, NeedRow, Project, TruthRow } from './records.ts';
import { rowProblem } from './table.ts';

/** What a question asks for. */
export interface Asked {
  readonly text: string;
  readonly domains: readonly string[];
  readonly tags: readonly string[];
  /** Terms of the taxonomy, where the asker chose them itself. */
  readonly terms?: TaxonomyTerms | undefined;
}

/** One company that looks for a partner among all companies of another country. */
export interface Question {
  /** What names it in the written file: the query (A), or project and asker (B). */
  readonly key: readonly string[];
  /** Questions of one group are not independent of each other. */
  readonly group: string;
  readonly asker: string;
  readonly country: string;
  readonly asked: Asked;
  /** False where the asker posts no need, and its own profile is all that there is to go by (task A). */
  readonly posted: boolean;
  readonly right: ReadonlySet<string>;
}

/** A need as it is posted, by project. */
export type NeedTexts = ReadonlyMap<string, Asked>;

/** Both tasks over one set of companies. */
export interface Material {
  readonly companies: readonly Company[];
  readonly profileTask: readonly Question[];
  readonly needTask: readonly Question[];
  /** For each company those it shared a project with before. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Who had worked together before a day (YYYY-MM-DD), both ways. */
export function knownBefore(
  collaborations: readonly Collaboration[],
  before: string,
): Map<string, Set<string>> {
  const known = new Map<string, Set<string>>();
  const add = (one: string, other: string): void => {
    const set = known.get(one);
    if (set) set.add(other);
    else known.set(one, new Set([other]));
  };
  for (const { a, b, start } of collaborations) {
    if (start >= before) continue;
    add(a, b);
    add(b, a);
  }
  return known;
}

/** Rows with the same key, in the order of their first row. */
function grouped<Row>(rows: readonly Row[], keyOf: (row: Row) => string): [Row, ...Row[]][] {
  const groups = new Map<string, [Row, ...Row[]]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return [...groups.values()];
}

const partnersIn = (
  rows: readonly (TruthRow | NeedRow)[],
  companies: ReadonlyMap<string, Company>,
): Set<string> =>
  new Set(
    rows.map(({ row, partner }) => {
      if (!companies.has(partner)) throw rowProblem(row, `partner '${partner}' is not in the profiles`);
      return partner;
    }),
  );

/**
 * Task A: a company asks with its profile.
 *
 * @throws InputProblem for a query or partner that has no profile
 */
export function profileQuestions(
  rows: readonly TruthRow[],
  companies: ReadonlyMap<string, Company>,
): Question[] {
  return grouped(rows, ({ query }) => query).map((group) => {
    const [{ row, query }] = group;
    const company = companies.get(query);
    if (!company) throw rowProblem(row, `query '${query}' is not in the profiles`);
    return {
      key: [query],
      group: query,
      asker: query,
      country: company.country,
      asked: company,
      posted: false,
      right: partnersIn(group, companies),
    };
  });
}

/**
 * Task B: a company posts a need. The asker may be a company without a profile.
 *
 * @throws InputProblem for a project without a text, or a partner that has no profile
 */
export function needQuestions(
  rows: readonly NeedRow[],
  companies: ReadonlyMap<string, Company>,
  needs: NeedTexts,
): Question[] {
  return grouped(rows, ({ project, asker }) => `${project} ${asker}`).map((group) => {
    const [{ row, project, asker, askerCountry }] = group;
    const asked = needs.get(project);
    if (!asked) throw rowProblem(row, `project '${project}' has no text`);
    return {
      key: [project, asker],
      group: project,
      asker,
      country: companies.get(asker)?.country ?? askerCountry,
      asked,
      posted: true,
      right: partnersIn(group, companies),
    };
  });
}

/** The questions whose need has capabilities or technologies, posted with its terms: its own, or what the import makes of its tags. */
export const questionsWithTerms = (questions: readonly Question[], mapping: CordisMapping): Question[] =>
  questions.flatMap((question) => {
    const terms = question.asked.terms ?? mapping([], question.asked.tags);
    if (terms.capabilities.length + terms.technologies.length === 0) return [];
    return [{ ...question, asked: { ...question.asked, terms } }];
  });

/** The same need without its terms. */
export const withoutTerms = (question: Question): Question => ({
  ...question,
  asked: { ...question.asked, terms: undefined },
});

/** A project as the need that its partners posted: its title and objective. */
export const needOf = ({ title, objective, domains, tags }: Project): Asked => ({
  text: [title, objective].filter((part) => part !== '').join('. '),
  domains,
  tags,
});

/** A company that may be ranked for a question, with its position. */
export interface Candidate {
  readonly company: Company;
  readonly position: number;
}

/** The companies that may be ranked for a question: of another country, and not the asker itself. */
export const candidatesFor = (
  { asker, country }: Question,
  companies: readonly Company[],
): readonly Candidate[] =>
  companies.flatMap((company, position) =>
    company.country === country || company.id === asker ? [] : [{ company, position }],
  );

/** What a ranking of all companies says of one of them; those that it leaves out share the last place. */
export const scoreOf = (scores: readonly number[], { position }: Candidate): number =>
  scores[position] ?? -Infinity;
