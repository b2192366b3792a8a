import { loadCordisMapping } from '../server/imports/cordis.ts';
import { createTaxonomyService } from '../server/taxonomy/service.ts';
import { HELP, readArguments, type Ask } from './evaluate/arguments.ts';
import { earlierPeriods, materialOf } from './evaluate/history.ts';
import { loadHistory, loadMaterial } from './evaluate/load.ts';
import { NOTES, taskLines } from './evaluate/print.ts';
import type { Material } from './evaluate/questions.ts';
import {
  BASELINE,
  measuredTasks,
  measuredTerms,
  popularityInDisguise,
  rankersFor,
  TANDEM,
  taskReport,
  together,
  type Measured,
  type Popularity,
  type TaskReport,
} from './evaluate/report.ts';
import type { Reference } from './evaluate/tandem.ts';
import { rankingLines, writeRanking } from './evaluate/write.ts';
import { InputProblem } from './match/problem.ts';

/** One period, measured. */
interface PeriodReport {
  /** First day that was not known. */
  readonly before: string;
  readonly companies: number;
  readonly tasks: readonly TaskReport[];
  /** Spearman's correlation of scores with the number of projects so far, per task. */
  readonly popularity: Readonly<Record<'A' | 'B', Popularity>>;
}

interface MeasuredPeriod {
  readonly report: PeriodReport;
  readonly measured: readonly Measured[];
}

/** What is known before when, asked how. */
interface Measuring {
  readonly before: string;
  readonly terms: boolean;
  readonly reference: Reference;
}

function measure(material: Material, { before, terms, reference }: Measuring): MeasuredPeriod {
  const rankers = rankersFor(material, reference);
  const measured = [
    ...measuredTasks(material, rankers),
    ...(terms ? measuredTerms(material, rankers, reference.mapping) : []),
  ];
  const report = {
    before,
    companies: material.companies.length,
    tasks: measured.map(taskReport),
    popularity: {
      A: popularityInDisguise(material.profileTask, material, rankers),
      B: popularityInDisguise(material.needTask, material, rankers),
    },
  };
  return { report, measured };
}

function write({ writeA, writeB }: Ask, material: Material, reference: Reference): void {
  const tandem = rankersFor(material, reference).get(TANDEM);
  if (!tandem) throw new Error(`No ranker is called ${TANDEM}.`);
  if (writeA !== null) {
    writeRanking(writeA, 'query,candidate,score', rankingLines(material.profileTask, material, tandem));
  }
  if (writeB !== null) {
    const lines = rankingLines(material.needTask, material, tandem);
    writeRanking(writeB, 'project_id,asker,candidate,score', lines);
  }
}

function* periods(ask: Ask): Generator<MeasuredPeriod> {
  const taxonomy = createTaxonomyService();
  const reference = { taxonomy: taxonomy.terms, mapping: loadCordisMapping() };
  const { before, terms } = ask;
  // read first, so that a fault in it is told before anything is measured
  const material = loadMaterial(ask, taxonomy);
  if (ask.crossValidate) {
    const history = loadHistory(ask);
    for (const period of earlierPeriods(before)) {
      const earlier = materialOf(history, period);
      if (earlier.companies.length > 0) yield measure(earlier, { before: period.from, terms, reference });
    }
  }
  write(ask, material, reference);
  yield measure(material, { before, terms, reference });
}

const periodLines = ({ before, companies, tasks, popularity }: PeriodReport): string[] => [
  `As known before ${before}: ${companies} companies`,
  '',
  ...tasks.flatMap(taskLines),
  'Correlation of scores with the number of projects so far (Spearman), A and B:',
  ...([BASELINE, TANDEM] as const).map(
    (name) => `  ${name} ${popularity.A[name].toFixed(2)}, ${popularity.B[name].toFixed(2)}`,
  ),
  '',
];

function main(): void {
  const ask = readArguments(process.argv.slice(2));
  if (ask === null) {
    process.stdout.write(HELP);
    return;
  }
  const measured = [...periods(ask)];
  const reports = measured.map(({ report }) => report);
  const all = ask.crossValidate ? together(measured.map((period) => period.measured)).map(taskReport) : null;
  const lines = ask.json
    ? [JSON.stringify({ periods: reports, together: all, notes: NOTES })]
    : [
        ...reports.flatMap(periodLines),
        ...(all === null ? [] : ['All periods together', '', ...all.flatMap(taskLines)]),
        ...NOTES,
      ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

try {
  main();
} catch (error) {
  if (!(error instanceof InputProblem)) throw error;
  process.stderr.write(`evaluate: ${error.message}\n`);
  process.exitCode = 2;
}
