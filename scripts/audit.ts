/** npm run audit -- [--data-dir DIR] [--json]. Exit codes: 0 no faults, 1 faults, 2 wrong use or no database. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkAudit, checkSentence, isSound, type AuditCheck } from '../server/audit/check.ts';
import { recount, type Recount } from '../server/audit/invariants/recount.ts';
import { allAudited } from '../server/audited.ts';
import { loadEnvFile } from '../server/env-file.ts';
import { errorText } from '../server/storage/error-text.ts';
import { openDatabase } from './import/database.ts';

const usage = `npm run audit -- [--data-dir DIR] [--json]

Follows the chain of the audit log, plays every decision and compares where they lead with what is stored, and recounts from
the raw documents what must always hold. Changes nothing; works whether the server is running or not.
  --data-dir DIR   data folder of the embedded database (default: DATA_DIR or ./data)
  --json           print one JSON object instead of lines
With MONGODB_URI set, that MongoDB is looked at.
Exit codes: 0 no faults, 1 faults, 2 wrong use or no database.`;

function options() {
  try {
    return parseArgs({
      options: {
        'data-dir': { type: 'string' },
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
      },
    }).values;
  } catch (error) {
    console.error(`${errorText(error)}\n\n${usage}`);
    process.exit(2);
  }
}

function report(check: AuditCheck, counts: readonly Recount[], faults: number): void {
  console.log(checkSentence(check));
  for (const { kind, id } of check.differences) console.log(`  differs: ${kind} ${id}`);
  for (const { name, faults: found } of counts) {
    console.log(`${found.length === 0 ? 'holds' : 'BROKEN'}: ${name}`);
    for (const fault of found) console.log(`  ${fault}`);
  }
  console.log(`${faults} ${faults === 1 ? 'fault' : 'faults'}`);
}

const values = options();
if (values.help === true) {
  console.log(usage);
  process.exit(0);
}
loadEnvFile();
const target = {
  mongodbUri: values['data-dir'] === undefined ? process.env['MONGODB_URI'] : undefined,
  dataDir: values['data-dir'] ?? process.env['DATA_DIR'] ?? './data',
};
// Opening a folder would make a new, empty database in it, in which nothing could be wrong.
if (!target.mongodbUri && !existsSync(join(target.dataDir, 'db'))) {
  console.error(`There is no database in ${target.dataDir}. Name the data folder with --data-dir.`);
  process.exit(2);
}
try {
  const database = await openDatabase(target);
  try {
    const check = await checkAudit(database.connection, allAudited(database.connection));
    const counts = await recount(database.connection);
    const broken = counts.reduce((sum, { faults }) => sum + faults.length, 0);
    const faults = broken + check.differences.length + (check.chainFault === null ? 0 : 1);
    if (values.json === true) console.log(JSON.stringify({ faults, check, counts }));
    else report(check, counts, faults);
    process.exitCode = isSound(check) && broken === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
} catch (error) {
  console.error(`The audit could not be done: ${errorText(error)}`);
  process.exitCode = 2;
}
