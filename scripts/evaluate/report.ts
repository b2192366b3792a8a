import { DEFAULT_WEIGHTS } from '../../matching/weights.ts';
import type { Factor, Weights } from '../../matching/types.ts';
import {
  blend,
  bm25Ranker,
  domainRanker,
  popularityRanker,
  tagRanker,
  tfidfRanker,
  type Ranker,
} from './baselines.ts';
import { estimate, type Estimate } from './bootstrap.ts';
import { measure, rankCorrelation, type Metric } from './metrics.ts';
import {
  candidatesFor,
  questionsWithTerms,
  scoreOf,
  withoutTerms,
  type Candidate,
  type Material,
  type Question,
} from './questions.ts';
import type { CordisMapping } from '../../server/imports/cordis.ts';
import { tandemRankers, type Reference } from './tandem.ts';

/** Which partners count: those that are new to the asker, or all. */
export const SCOPES = ['new', 'all'] as const;
export type Scope = (typeof SCOPES)[number];

/** A: with a profile alone. B: with a need in words. 'B, terms': those needs of B that have terms, posted with them. */
export type Task = 'A' | 'B' | 'B, terms';

export const BASELINE = 'BM25';
export const TANDEM = 'Tandem';
/** Tandem where the terms of a need are not posted, beside where they are. */
const WITHOUT_TERMS = 'Tandem, words only';

/** One way of ranking, measured. */
export interface ReportRow {
  readonly name: string;
  readonly figures: Readonly<Record<Metric, Estimate>>;
  /** Row less BM25, question by question; an interval around 0 is noise. */
  readonly against: Readonly<Record<Metric, Estimate>>;
}

/** All ways of ranking on one task. */
export interface TaskReport {
  readonly task: Task;
  readonly scope: Scope;
  /** Questions that have a right answer among the candidates, and independent groups of these. */
  readonly questions: number;
  readonly groups: number;
  readonly rows: readonly ReportRow[];
}

const only = (factor: Factor): Weights => ({
  capability: 0,
  text: 0,
  trl: 0,
  domain: 0,
  challenge: 0,
  reach: 0,
  practical: 0,
  [factor]: 1,
});

/** Every way of ranking, by name, in the order in which they are shown. */
export function rankersFor({ companies }: Material, reference: Reference): ReadonlyMap<string, Ranker> {
  const popularity = popularityRanker(companies);
  const tfidf = tfidfRanker(companies);
  const domain = domainRanker(companies);
  const tandemBy = tandemRankers(companies, reference);
  const tandem = tandemBy(DEFAULT_WEIGHTS);
  return new Map<string, Ranker>([
    ['random', () => companies.map(() => 0)],
    ['same domain', domain],
    ['EuroSciVoc tags', tagRanker(companies)],
    ['popularity', popularity],
    ['TF-IDF cosine', tfidf],
    [BASELINE, bm25Ranker(companies)],
    ['popularity + TF-IDF + domain', blend(popularity, tfidf, domain)],
    ['Tandem, text alone', tandemBy(only('text'))],
    [TANDEM, tandem],
    ['Tandem + popularity', blend(tandem, popularity)],
  ]);
}

/** From this many projects so far a company is called active. */
const ACTIVE_PROJECTS = 2;

/** A question with those who may be ranked in one scope. */
interface Asking {
  readonly question: Question;
  readonly candidates: readonly Candidate[];
}

function askings(questions: readonly Question[], material: Material, scope: Scope): Asking[] {
  const { companies, known } = material;
  const all = questions.map((question) => {
    const met = scope === 'new' ? known.get(question.asker) : undefined;
    const candidates = candidatesFor(question, companies).filter(({ company }) => !met?.has(company.id));
    return { question, candidates };
  });
  return all.filter(({ question, candidates }) =>
    candidates.some(({ company }) => question.right.has(company.id)),
  );
}

type Values = Record<Metric, number>;

const valuesOf = (ranker: Ranker, asked: readonly Asking[]): Values[] =>
  asked.map(({ question, candidates }) => {
    const scores = ranker(question);
    const ranking = {
      scores: candidates.map((one) => scoreOf(scores, one)),
      right: candidates.map(({ company }) => question.right.has(company.id)),
    };
    return measure(
      ranking,
      candidates.map(({ company }) => company.projects >= ACTIVE_PROJECTS),
    );
  });

const byMetric = <Value>(make: (metric: Metric) => Value): Record<Metric, Value> => ({
  'hit@10': make('hit@10'),
  'recall@50': make('recall@50'),
  MRR: make('MRR'),
  AUC: make('AUC'),
  'AUC active': make('AUC active'),
});

/** One task in one scope, question by question: what each way of ranking reached. */
export interface Measured {
  readonly task: Task;
  readonly scope: Scope;
  /** Beside the questions: questions of one group are not independent of each other. */
  readonly groups: readonly string[];
  readonly values: ReadonlyMap<string, readonly Values[]>;
}

/** A task, and what is asked in it. */
interface Asked {
  readonly task: Task;
  readonly questions: readonly Question[];
}

function measured(
  { task, questions }: Asked,
  scope: Scope,
  material: Material,
  rankers: ReadonlyMap<string, Ranker>,
): Measured {
  const asked = askings(questions, material, scope);
  return {
    task,
    scope,
    groups: asked.map(({ question }) => question.group),
    values: new Map([...rankers].map(([name, ranker]) => [name, valuesOf(ranker, asked)])),
  };
}

/** Asks both tasks, for new partners and for all. */
export const measuredTasks = (material: Material, rankers: ReadonlyMap<string, Ranker>): Measured[] =>
  SCOPES.flatMap((scope) => [
    measured({ task: 'A', questions: material.profileTask }, scope, material, rankers),
    measured({ task: 'B', questions: material.needTask }, scope, material, rankers),
  ]);

/** Asks the needs that have terms, with them; one row has Tandem without. */
export function measuredTerms(
  material: Material,
  rankers: ReadonlyMap<string, Ranker>,
  mapping: CordisMapping,
): Measured[] {
  const tandem = rankers.get(TANDEM);
  if (!tandem) throw new Error(`No ranker is called ${TANDEM}.`);
  const rows = new Map<string, Ranker>(rankers);
  rows.set(WITHOUT_TERMS, (question) => tandem(withoutTerms(question)));
  const asked: Asked = { task: 'B, terms', questions: questionsWithTerms(material.needTask, mapping) };
  return SCOPES.map((scope) => measured(asked, scope, material, rows));
}

/**
 * The questions of several periods as if they were of one. Periods overlap, but who asks (A), and a project (B), is one group however many
 * periods it comes in, so that an interval does not count the same evidence twice.
 */
export function together(periods: readonly (readonly Measured[])[]): Measured[] {
  const [first = [], ...others] = periods;
  return first.map(({ task, scope, groups, values }, i) => {
    const same = others.flatMap((period) => period[i] ?? []);
    const ofAll = (name: string, own: readonly Values[]): Values[] => [
      ...own,
      ...same.flatMap((one) => one.values.get(name) ?? []),
    ];
    return {
      task,
      scope,
      groups: [...groups, ...same.flatMap((one) => one.groups)],
      values: new Map([...values].map(([name, own]) => [name, ofAll(name, own)])),
    };
  });
}

/** Means over the questions, and differences from BM25, with their intervals. */
export function taskReport({ task, scope, groups, values }: Measured): TaskReport {
  const base = values.get(BASELINE) ?? [];
  const rows = [...values].map(([name, own]) => ({
    name,
    figures: byMetric((metric) =>
      estimate(
        own.map((one) => one[metric]),
        groups,
      ),
    ),
    against: byMetric((metric) =>
      estimate(
        own.map((one, i) => one[metric] - (base[i]?.[metric] ?? NaN)),
        groups,
      ),
    ),
  }));
  return { task, scope, questions: groups.length, groups: new Set(groups).size, rows };
}

/** By name of the ranker. */
export type Popularity = Readonly<Record<typeof BASELINE | typeof TANDEM, number>>;

/**
 * How far scores go with the number of projects so far, as the mean rank correlation over the questions: a model that rewards long texts
 * favours who is active already, though it has no such term. BM25 stands beside Tandem, as some of it lies in the data.
 */
export function popularityInDisguise(
  questions: readonly Question[],
  { companies }: Material,
  rankers: ReadonlyMap<string, Ranker>,
): Popularity {
  const correlation = (name: string): number => {
    const ranker = rankers.get(name);
    const found = questions.map((question) => {
      const scores = ranker ? ranker(question) : [];
      const candidates = candidatesFor(question, companies);
      return rankCorrelation(
        candidates.map((one) => scoreOf(scores, one)),
        candidates.map(({ company }) => company.projects),
      );
    });
    const told = found.filter((value) => !Number.isNaN(value));
    return told.reduce((sum, value) => sum + value, 0) / told.length;
  };
  return { [BASELINE]: correlation(BASELINE), [TANDEM]: correlation(TANDEM) };
}
