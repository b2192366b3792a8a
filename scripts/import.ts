/** npm run import -- FILE.csv. Exit codes: 0 all rows accepted, 1 some rows refused or failed, 2 unusable input. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { Presets, SingleBar } from 'cli-progress';
import type { Viewer } from '../server/accounts/viewer.ts';
import { loadEnvFile } from '../server/env-file.ts';
import { HttpProblem } from '../server/http/errors.ts';
import type { ImportRowView, ImportView } from '../server/imports/schema.ts';
import { errorText } from '../server/storage/error-text.ts';
import { readArguments, USAGE, type ImportArguments } from './import/arguments.ts';
import { openDatabase } from './import/database.ts';
import { reportLines, type ImportReport } from './import/report.ts';
import { importServices } from './import/services.ts';

type Services = Awaited<ReturnType<typeof importServices>>;

/** Whoever may start this command may do what staff may. */
const operator: Viewer = {
  id: 'command-line',
  name: 'Command line',
  role: 'staff',
  clusterId: null,
  smeId: null,
};

/** The input cannot be used as it is: exit code 2. */
class UnusableInput extends Error {
  override readonly name = 'UnusableInput';
}

function parse(): ImportArguments | 'help' {
  try {
    return readArguments(process.argv.slice(2));
  } catch (error) {
    throw new UnusableInput(`${errorText(error)}\n\n${USAGE}`);
  }
}

async function sizeOf(file: string): Promise<number> {
  const found = await stat(file).catch((error: unknown) => {
    throw new UnusableInput(`${file} cannot be read: ${errorText(error)}`);
  });
  if (!found.isFile()) throw new UnusableInput(`${file} is not a file.`);
  return found.size;
}

async function clusterId(services: Services, nameOrId: string | undefined): Promise<string | undefined> {
  if (nameOrId === undefined) return undefined;
  const [found, another] = await services.clusters.find(nameOrId);
  if (!found) throw new UnusableInput(`--cluster: there is no cluster with the name or id '${nameOrId}'.`);
  if (another)
    throw new UnusableInput(
      `--cluster: several clusters are named '${nameOrId}'; give the id: ${found._id} or ${another._id}.`,
    );
  return found._id;
}

/** Rows that there is something to say about. */
async function remarksOf({ imports }: Services, importId: string): Promise<ImportRowView[]> {
  const remarks: ImportRowView[] = [];
  let cursor: string | undefined;
  do {
    const page = await imports.rows(operator, importId, { sort: 'line', limit: 100, cursor });
    remarks.push(...page.items.filter((row) => row.issues.length > 0 || row.duplicateOf !== null));
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return remarks;
}

async function check(services: Services, args: ImportArguments, bytes: number): Promise<ImportView> {
  const into = await clusterId(services, args.cluster);
  try {
    return await services.imports.upload(operator, {
      clusterId: into,
      fileName: basename(args.file),
      chunks: createReadStream(args.file),
      totalBytes: bytes,
    });
  } catch (error) {
    if (error instanceof HttpProblem) throw new UnusableInput(`${args.file}: ${error.message}`);
    throw error;
  }
}

async function importFile(services: Services, args: ImportArguments, bytes: number): Promise<ImportReport> {
  const { imports } = services;
  const checked = await check(services, args, bytes);
  if (args.dryRun) {
    const remarks = await remarksOf(services, checked.id);
    await imports.forget(operator, checked.id);
    return reportOf(args, checked, remarks);
  }
  await imports.commit(operator, checked.id, { duplicates: args.duplicates, decisions: [] });
  await imports.settled(checked.id);
  return reportOf(args, await imports.get(operator, checked.id), await remarksOf(services, checked.id));
}

function reportOf(args: ImportArguments, view: ImportView, remarks: ImportRowView[]): ImportReport {
  const { state, rows, ignoredColumns } = view;
  return { file: args.file, dryRun: args.dryRun, state, rows, ignoredColumns, remarks };
}

/** A bar on stderr where a person watches; silent otherwise. */
function progressBar(args: ImportArguments) {
  if (args.json || !process.stderr.isTTY) return { show: () => undefined, end: () => undefined };
  const bar = new SingleBar(
    { format: '{label} {bar} {percentage}%', stream: process.stderr },
    Presets.shades_classic,
  );
  let label = '';
  return {
    show: (progress: { label: string; done: number; total: number }) => {
      if (progress.label !== label) bar.start(progress.total, progress.done, { label: progress.label });
      else bar.update(progress.done, { label });
      label = progress.label;
    },
    end: () => {
      bar.stop();
    },
  };
}

async function main(): Promise<number> {
  const args = parse();
  if (args === 'help') {
    console.log(USAGE);
    return 0;
  }
  loadEnvFile();
  const bytes = await sizeOf(args.file);
  const mongodbUri = args.dataDir === undefined ? process.env['MONGODB_URI'] : undefined;
  const dataDir = args.dataDir ?? process.env['DATA_DIR'] ?? './data';
  const database = await openDatabase({ mongodbUri, dataDir });
  const bar = progressBar(args);
  try {
    const services = await importServices(database.connection, {
      progress: bar.show,
      fault: (message) => {
        console.error(message);
      },
    });
    const report = await importFile(services, args, bytes);
    bar.end();
    if (args.json) console.log(JSON.stringify(report));
    else for (const line of reportLines(report)) console.log(line);
    return report.rows.refused > 0 || report.state === 'failed' ? 1 : 0;
  } finally {
    bar.end();
    await database.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof UnusableInput ? error.message : `The import failed: ${errorText(error)}`);
  process.exitCode = error instanceof UnusableInput ? 2 : 1;
}
