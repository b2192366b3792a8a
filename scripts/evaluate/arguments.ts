import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { InputProblem } from '../match/problem.ts';
import { isDate } from './table.ts';

export const HELP = `Usage: npm run evaluate -- --data DIR [options]

Measures how well Tandem finds real partners, beside simple methods, on files of companies and of who worked together later.
Task A: a company asks with its profile. Task B: it posts a need. Candidates are all companies of another country.

  --data DIR             folder with the files below under their usual names
  --profiles FILE        companies as known before         [cordis-dev-profiles.csv]
  --truth FILE           task A: query, partner            [cordis-dev-truth.csv]
  --needs FILE           task B: project_id, asker, asker_country, partner [cordis-dev-needs.csv]
  --projects FILE        texts of the projects             [cordis-projects.csv]
  --collaborations FILE  who shared a project, and when    [cordis-collaborations.csv]
  --participations FILE  company in project, only for --cross-validate [cordis-participations.csv]
  --need FILE            needs in other words: project_id, words, and, where wanted, capabilities, technologies, fields, sectors
                         (ids of terms, joined with ;). They take the place of the project's title and objective.
  --terms                task B once more for the needs that have terms: those that the import reads from the tags of the project, or
                         those of --need
  --before YYYY-MM-DD    what came from this day on was not known [2014-01-01]
  --cross-validate       earlier periods as well: profiles as they were one to four years before, built from the projects;
                         then all periods together
  --write-a FILE         the whole ranking of task A: query,candidate,score
  --write-b FILE         the whole ranking of task B: project_id,asker,candidate,score
  --json                 one JSON object instead of tables
  --help                 this text

Exit code 2: something in the options or the files does not fit; one line on stderr says what, with file and row.
`;

/** What the user asked for. */
export interface Ask {
  readonly files: {
    readonly profiles: string;
    readonly truth: string;
    readonly needs: string;
    readonly projects: string;
    readonly collaborations: string;
    readonly participations: string;
  };
  /** null: not given. */
  readonly needFile: string | null;
  /** Needs are also posted with terms. */
  readonly terms: boolean;
  readonly before: string;
  readonly crossValidate: boolean;
  readonly writeA: string | null;
  readonly writeB: string | null;
  readonly json: boolean;
}

const USUAL_NAMES = {
  profiles: 'cordis-dev-profiles.csv',
  truth: 'cordis-dev-truth.csv',
  needs: 'cordis-dev-needs.csv',
  projects: 'cordis-projects.csv',
  collaborations: 'cordis-collaborations.csv',
  participations: 'cordis-participations.csv',
} as const;

const OPTIONS = {
  data: { type: 'string' },
  profiles: { type: 'string' },
  truth: { type: 'string' },
  needs: { type: 'string' },
  projects: { type: 'string' },
  collaborations: { type: 'string' },
  participations: { type: 'string' },
  need: { type: 'string' },
  terms: { type: 'boolean', default: false },
  before: { type: 'string', default: '2014-01-01' },
  'cross-validate': { type: 'boolean', default: false },
  'write-a': { type: 'string' },
  'write-b': { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    // node words its own refusals well; the first sentence is enough
    throw new InputProblem(error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error));
  }
}

/**
 * Reads the command line; null where help is asked for.
 *
 * @throws InputProblem
 */
export function readArguments(args: readonly string[]): Ask | null {
  const values = parse(args);
  if (values.help) return null;
  if (!isDate(values.before)) {
    throw new InputProblem(`--before is '${values.before}'; it must be a day as YYYY-MM-DD`);
  }
  const fileOf = (name: keyof typeof USUAL_NAMES): string => {
    const given = values[name];
    if (given !== undefined) return given;
    if (values.data !== undefined) return join(values.data, USUAL_NAMES[name]);
    throw new InputProblem(`give the folder by --data DIR, or the file by --${name} FILE; try --help`);
  };
  // only a cross-validation reads these, so that nobody else needs the file
  const participations = values['cross-validate'] ? fileOf('participations') : '';
  return {
    files: {
      profiles: fileOf('profiles'),
      truth: fileOf('truth'),
      needs: fileOf('needs'),
      projects: fileOf('projects'),
      collaborations: fileOf('collaborations'),
      participations,
    },
    needFile: values.need ?? null,
    terms: values.terms,
    before: values.before,
    crossValidate: values['cross-validate'],
    writeA: values['write-a'] ?? null,
    writeB: values['write-b'] ?? null,
    json: values.json,
  };
}
