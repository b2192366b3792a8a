import { parseArgs } from 'node:util';

export const USAGE = `npm run import -- FILE.csv [--cluster NAME-OR-ID] [--dry-run] [--duplicates merge|skip|new] [--data-dir DIR] [--json]

Checks a company file row by row, then registers the accepted rows. Works whether the server is running or not.
  --cluster NAME-OR-ID   register them as members of this cluster (default: the one cluster of each company's country)
  --dry-run              check only, change nothing
  --duplicates WHAT      what to do with companies that are there already: merge fills their empty fields,
                         skip leaves them out (default), new registers them again
  --data-dir DIR         data folder of the embedded database (default: DATA_DIR or ./data)
  --json                 print one JSON object instead of lines
With MONGODB_URI set, that MongoDB is used. The columns are described in docs/import.md.
Exit codes: 0 all rows accepted, 1 some rows refused or the import failed, 2 unusable input.`;

export interface ImportArguments {
  readonly file: string;
  readonly cluster: string | undefined;
  readonly dryRun: boolean;
  readonly duplicates: 'merge' | 'skip' | 'new';
  readonly dataDir: string | undefined;
  readonly json: boolean;
}

const DECISIONS = ['merge', 'skip', 'new'] as const;

/** Reads the command line; a text where the usage is asked for. Throws a plain sentence where it is wrong. */
export function readArguments(args: readonly string[]): ImportArguments | 'help' {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      cluster: { type: 'string' },
      'dry-run': { type: 'boolean' },
      duplicates: { type: 'string' },
      'data-dir': { type: 'string' },
      json: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) return 'help';
  const [file, ...others] = positionals;
  if (file === undefined || others.length > 0) throw new Error('Name exactly one CSV file.');
  const duplicates = DECISIONS.find((decision) => decision === (values.duplicates ?? 'skip'));
  if (duplicates === undefined) throw new Error(`--duplicates must be one of ${DECISIONS.join(', ')}.`);
  return {
    file,
    cluster: values.cluster,
    dryRun: values['dry-run'] ?? false,
    duplicates,
    dataDir: values['data-dir'],
    json: values.json ?? false,
  };
}
