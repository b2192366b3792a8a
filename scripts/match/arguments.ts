import { parseArgs } from 'node:util';
import { InputProblem } from './problem.ts';

export const HELP = `Usage: npm run match -- FILE.csv [options]
       npm run match -- --replay RUN.json

Scores the companies of a file against each other, without a server. FILE.csv is Tandem's import template or a CORDIS company file.

  --top K          the K best partners of each company, one JSON line per company [10]
  --pairs          the best set of consortia, each company in at most one, as JSON lines; the last line sums up
  --log RUN.json   with --pairs: writes everything that the run depends on, and what came of it, into a file
  --replay RUN.json  runs a logged run again from that file alone and says 'same bytes', or what differs (exit code 1);
                   of a run that a server's time limit ended, whether what it said of itself holds
  --explain A B    why the companies with the ids A and B fit, for people
  --need NEED.json the companies and the pairs that answer a need of the demand side, as JSON lines; the last line says how much of each
                   part there is; --top K: so many of each
  --weights FILE   JSON with a whole number from 0 to 100 per factor [the default weights]
  --call FILE      JSON with the rules of an open call [the newest that ships]
  --help           this text

Scores and their terms are decimals in [0, 1]; the terms of a score add up to it exactly.
Exit code 2: something in the file or the options does not fit; one line on stderr says what.
`;

/** What the user asked for. */
export interface Ask {
  readonly file: string;
  readonly task: { readonly kind: 'top' } | Pairs | Explain | AnswerNeed;
  /** null: not given. */
  readonly top: number | null;
  readonly weightsFile: string | null;
  readonly callFile: string | null;
}

/** A run that was logged is to be run again; its log is all that is needed. */
export interface Replay {
  readonly replay: string;
}

interface Pairs {
  readonly kind: 'pairs';
  /** Where to write the log of the run; null: nowhere. */
  readonly logFile: string | null;
}

interface AnswerNeed {
  readonly kind: 'need';
  readonly needFile: string;
}

interface Explain {
  readonly kind: 'explain';
  readonly a: string;
  readonly b: string;
}

const OPTIONS = {
  top: { type: 'string' },
  pairs: { type: 'boolean' },
  log: { type: 'string' },
  replay: { type: 'string' },
  explain: { type: 'string' },
  need: { type: 'string' },
  weights: { type: 'string' },
  call: { type: 'string' },
  help: { type: 'boolean' },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: OPTIONS,
      allowPositionals: true,
      tokens: true,
      strict: true,
    });
  } catch (error) {
    // node words its own refusals well ("Unknown option '--topp'…"); the first sentence is enough
    throw new InputProblem(
      error instanceof Error ? (error.message.split('. ')[0] ?? error.message) : String(error),
    );
  }
}

type Parsed = ReturnType<typeof parse>;

/** The second id follows `--explain A` at once. */
function explainIn({ tokens, values }: Parsed): Explain | null {
  if (values.explain === undefined) return null;
  const at = tokens.findIndex((token) => token.kind === 'option' && token.name === 'explain');
  const next = tokens[at + 1];
  if (next?.kind !== 'positional') {
    throw new InputProblem('--explain needs the ids of two companies: --explain A B');
  }
  return { kind: 'explain', a: values.explain, b: next.value };
}

function topIn({ values }: Parsed): number | null {
  if (values.top === undefined) return null;
  if (!/^[1-9]\d{0,8}$/.test(values.top)) {
    throw new InputProblem(`--top is '${values.top}'; it must be a whole number above 0`);
  }
  return Number(values.top);
}

function otherTask({ values }: Parsed): Ask['task'] {
  if (values.need !== undefined) return { kind: 'need', needFile: values.need };
  return values.pairs ? { kind: 'pairs', logFile: values.log ?? null } : { kind: 'top' };
}

/** `--replay` stands alone. */
function replayIn({ tokens, values }: Parsed): Replay | null {
  if (values.replay === undefined) return null;
  if (tokens.length > 1) {
    throw new InputProblem('--replay takes everything from the log; give it no file and no other option');
  }
  return { replay: values.replay };
}

/**
 * Reads the command line; null where help is asked for.
 *
 * @throws InputProblem
 */
export function readArguments(args: readonly string[]): Ask | Replay | null {
  const parsed = parse(args);
  const { values, positionals } = parsed;
  if (values.help) return null;
  const replay = replayIn(parsed);
  if (replay) return replay;
  const explain = explainIn(parsed);
  if (explain && values.pairs) throw new InputProblem('give either --pairs or --explain, not both');
  if (values.need !== undefined && (explain ?? values.pairs))
    throw new InputProblem('give --need without --pairs and --explain');
  if (values.log !== undefined && !values.pairs) throw new InputProblem('--log goes with --pairs');
  const files = [...positionals];
  if (explain) files.splice(files.lastIndexOf(explain.b), 1);
  const [file, ...more] = files;
  if (file === undefined) throw new InputProblem('no file given; try --help');
  if (more.length > 0)
    throw new InputProblem(`one file at a time, please: '${more.join("', '")}' is too much`);
  return {
    file,
    task: explain ?? otherTask(parsed),
    top: topIn(parsed),
    weightsFile: values.weights ?? null,
    callFile: values.call ?? null,
  };
}
