import { DRAWS, type Estimate } from './bootstrap.ts';
import { METRICS } from './metrics.ts';
import { BASELINE, type TaskReport } from './report.ts';

const NAME_WIDTH = 30;
const number = (value: number): string => (Number.isNaN(value) ? '  -  ' : value.toFixed(3));
const cell = ({ mean, low, high }: Estimate): string => `${number(mean)} (${number(low)}-${number(high)})`;
const signed = (value: number): string => `${value < 0 ? '-' : '+'}${number(Math.abs(value))}`;

/** A difference whose interval holds 0 is noise. */
export const isNoise = ({ low, high }: Estimate): boolean => !(low > 0 || high < 0);

const difference = (one: Estimate): string => `${signed(one.mean)} ${isNoise(one) ? 'noise' : 'real '}`;

const TASKS = {
  A: 'A, a company asks with its profile',
  B: 'B, a company posts a need',
  'B, terms': 'B, a company posts a need with terms of the taxonomy',
} as const;
const SCOPES = { new: 'partners that are new to it', all: 'all partners' } as const;

/** One task as a table for people: figures with their intervals, then the differences from BM25. */
export function taskLines({ task, scope, questions, groups, rows }: TaskReport): string[] {
  const counted = task !== 'A' ? `${questions} questions from ${groups} projects` : `${questions} questions`;
  const row = (name: string, cells: readonly string[]): string =>
    [name.padEnd(NAME_WIDTH), ...cells.map((one) => one.padEnd(21))].join(' ').trimEnd();
  return [
    `${TASKS[task]}; ${SCOPES[scope]}: ${counted}`,
    row('', METRICS),
    ...rows.map(({ name, figures }) =>
      row(
        name,
        METRICS.map((metric) => cell(figures[metric])),
      ),
    ),
    `  less ${BASELINE}, question by question:`,
    ...rows
      .filter(({ name }) => name !== BASELINE)
      .map(({ name, against }) =>
        row(
          `  ${name}`,
          METRICS.map((metric) => difference(against[metric])),
        ),
      ),
    '',
  ];
}

export const NOTES: readonly string[] = [
  `In brackets: 95 % intervals by ${DRAWS} bootstrap draws (of questions in A, of whole projects in B). 'noise': the interval of the difference holds 0.`,
  'Candidates with the same score count with their expected value. Active: companies with at least two projects so far.',
  "Popularity is in no weight of Tandem; 'Tandem + popularity' only shows what it would add.",
  'Source: CORDIS, European Union, via Open Security Data Europe.',
];
