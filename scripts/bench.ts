import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { benchAssignment } from './bench/assignment.ts';
import { benchChange } from './bench/change.ts';
import { benchHttp } from './bench/http.ts';
import { benchIndexes } from './bench/indexes.ts';
import { benchLive } from './bench/live.ts';
import { benchOptimum } from './bench/optimum.ts';
import { benchRepair } from './bench/repair.ts';
import type { BenchResult, BenchRow } from './bench/result.ts';
import { benchStartup } from './bench/startup.ts';
import { benchWords } from './bench/words.ts';
import { benchSuggestions, benchWeights, type SuggestionsOptions } from './bench/suggestions.ts';
import { loadCall } from '../server/calls/calls.ts';
import { createTaxonomyService } from '../server/taxonomy/service.ts';
import { readCompanyFile } from './match/companies.ts';

interface BenchOptions {
  /** Sizes of synthetic pools or graphs, where a bench has any; undefined: its own choice. */
  sizes: readonly number[] | undefined;
  /** Folder for what is measured on, where a bench can leave that; undefined: nowhere. */
  dump: string | undefined;
  /** How often an action is repeated, where a bench repeats one; undefined: its own choice. */
  repeat: number | undefined;
  /** Which pages of http are asked; undefined: all. */
  pages: RegExp | undefined;
  /** Which graphs of assignment are solved; undefined: all. */
  graphs: RegExp | undefined;
}

/** The real companies with what they are measured under. */
async function pools({ sizes }: BenchOptions): Promise<SuggestionsOptions> {
  const taxonomy = createTaxonomyService();
  const file = fileURLToPath(new URL('./demo/cordis-smes.csv', import.meta.url));
  const { profiles } = await readCompanyFile(file, taxonomy);
  return { companies: profiles, taxonomy: taxonomy.terms, call: loadCall(), ...(sizes && { sizes }) };
}

const assignment = ({ sizes, graphs, dump }: BenchOptions): Promise<BenchResult> =>
  benchAssignment({
    ...(sizes && { sizes }),
    ...(graphs && { graphs }),
    ...(dump !== undefined && { dump }),
  });

/** Weights change at least once, and a tenth as often as people arrive. */
const live = ({ sizes, repeat }: BenchOptions): Promise<BenchResult> =>
  benchLive({
    ...(sizes?.[0] !== undefined && { connected: sizes[0] }),
    ...(repeat !== undefined && {
      arrivals: repeat,
      accepted: repeat,
      weightChanges: Math.ceil(repeat / 10),
    }),
  });

const BENCHES: Readonly<
  Record<string, { what: string; run: (options: BenchOptions) => Promise<BenchResult> }>
> = {
  suggestions: {
    what: 'all suggestion lists from a cold start, and after one change',
    run: async (options) => benchSuggestions(await pools(options)),
  },
  weights: {
    what: 'all suggestion lists under new weights',
    run: async (options) => benchWeights(await pools(options)),
  },
  words: {
    what: 'what suggestion lists show of their pairs, under new weights',
    run: async (options) => benchWords(await pools(options)),
  },
  assignment: { what: 'the heaviest matching of generated graphs', run: assignment },
  optimum: {
    what: 'the best set over all pairs, beside scoring and solving them all',
    run: async (options) => benchOptimum(await pools(options)),
  },
  repair: {
    what: 'changes to a room that stays the best, beside solving it anew',
    run: ({ sizes }) => benchRepair({ ...(sizes && { sizes }) }),
  },
  change: { what: 'one profile change to the last pushed list', run: benchChange },
  live: { what: 'an event with a thousand open windows', run: live },
  http: {
    what: 'pages of a large programme at 50 requests per second',
    run: ({ sizes, pages, dump }) =>
      benchHttp({
        ...(sizes && { sizes }),
        ...(pages && { pages }),
        ...(dump !== undefined && { keptIn: dump }),
      }),
  },
  indexes: {
    what: 'an entry more or fewer in an index of the embedded database',
    run: ({ sizes }) => Promise.resolve(benchIndexes(sizes)),
  },
  startup: { what: 'start of the server until it is ready', run: benchStartup },
};

const USAGE = `Usage: npm run bench -- NAME [--json | --markdown] [--sizes 5000,20000] [--dump FOLDER] [--repeat N] [--pages REGEX] [--graphs REGEX]

${Object.entries(BENCHES)
  .map(([name, { what }]) => `  ${name.padEnd(12)}${what}`)
  .join('\n')}

Each is measured beside its peer in the same run. --json prints one JSON object as the last line, --markdown a table. Nothing is asserted.
--dump leaves the graphs of assignment in a folder, as 'n m' and then 'u v w' lines, and their optima in optima.json; http leaves the programme
there, and the next run takes it instead of writing one.
--repeat says how often each action of live is done. --pages takes only the pages of http with such a name, as in --pages '/needs.*sme',
--graphs only the graphs of assignment, as in --graphs '^smes-1000-'.
`;

function seconds(value: number): string {
  if (value >= 1) return `${value.toFixed(2)} s`;
  return value < 1e-3 ? `${(value * 1e6).toFixed(0)} µs` : `${(value * 1000).toFixed(1)} ms`;
}

const ratioOf = (row: BenchRow): number => row.peerSeconds / row.oursSeconds;

/** One row in words: what, ours, the peer, and how many times faster or slower. */
function rowLine(row: BenchRow): string {
  const ratio = ratioOf(row);
  const atLeast = row.peerIs === 'capped' ? 'more than ' : '';
  const compared =
    ratio >= 1 ? `${atLeast}${ratio.toFixed(1)} times faster` : `${(1 / ratio).toFixed(1)} times slower`;
  const same = row.sameResult === null ? '' : `, same result: ${row.sameResult}`;
  const figures = Object.entries(row.figures ?? {}).map(
    ([name, value]) => `${name} ${Number(value.toPrecision(4))}`,
  );
  return [
    row.what,
    `  ours ${seconds(row.oursSeconds)}, peer ${seconds(row.peerSeconds)} (${row.peerIs}): ${compared}${same}`,
    ...(figures.length > 0 ? [`  ${figures.join(', ')}`] : []),
  ].join('\n');
}

/** All rows as one table for docs/performance.md, a column for each figure that a row has. */
function markdownTable(rows: readonly BenchRow[]): string {
  const names = [...new Set(rows.flatMap(({ figures }) => Object.keys(figures ?? {})))];
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |\n`;
  const head = ['what', 'ours', 'peer', 'peer / ours', ...names];
  const figure = (value: number | undefined): string =>
    value === undefined ? '' : String(Number(value.toPrecision(3)));
  return [
    line(head),
    line(head.map(() => '---')),
    ...rows.map((row) =>
      line([
        row.what,
        seconds(row.oursSeconds),
        seconds(row.peerSeconds),
        figure(ratioOf(row)),
        ...names.map((name) => figure(row.figures?.[name])),
      ]),
    ),
  ].join('');
}

/** A pattern, undefined where none was given, or null where it is none. */
function patternOf(text: string | undefined): RegExp | null | undefined {
  if (text === undefined) return undefined;
  try {
    return new RegExp(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean', default: false },
      markdown: { type: 'boolean', default: false },
      sizes: { type: 'string' },
      dump: { type: 'string' },
      repeat: { type: 'string' },
      pages: { type: 'string' },
      graphs: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const bench = BENCHES[positionals[0] ?? ''];
  if (values.help || bench === undefined) {
    process.stdout.write(USAGE);
    if (!values.help) process.exitCode = 2;
    return;
  }
  const sizes = values.sizes?.split(',').map(Number);
  if (sizes?.every((size) => Number.isInteger(size) && size >= 2 && size <= 200_000) === false) {
    process.stderr.write(
      `--sizes takes whole numbers from 2 to 200000, such as 5000,20000; not "${values.sizes ?? ''}".\n`,
    );
    process.exitCode = 2;
    return;
  }
  const repeat = values.repeat === undefined ? undefined : Number(values.repeat);
  if (repeat !== undefined && !(Number.isInteger(repeat) && repeat >= 1 && repeat <= 1_000)) {
    process.stderr.write(`--repeat takes a whole number from 1 to 1000; not "${values.repeat ?? ''}".\n`);
    process.exitCode = 2;
    return;
  }
  const pages = patternOf(values.pages);
  const graphs = patternOf(values.graphs);
  if (pages === null || graphs === null) {
    const wrong = pages === null ? 'pages' : 'graphs';
    process.stderr.write(`--${wrong} takes a regular expression; not "${values[wrong] ?? ''}".\n`);
    process.exitCode = 2;
    return;
  }
  const result = await bench.run({ sizes, dump: values.dump, repeat, pages, graphs });
  process.stdout.write(`${result.name}; the peer is ${result.peer}\n`);
  if (values.markdown) process.stdout.write(markdownTable(result.rows));
  else for (const row of result.rows) process.stdout.write(`${rowLine(row)}\n`);
  for (const note of result.notes) process.stdout.write(`${note}\n`);
  if (values.json) {
    const rows = result.rows.map((row) => ({ ...row, ratio: ratioOf(row) }));
    process.stdout.write(`${JSON.stringify({ ...result, rows, node: process.version })}\n`);
  }
}

await main();
