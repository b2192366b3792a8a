/** npm run backup -- [FILE] [--data-dir DIR]. Exit codes: 0 done, 1 failed, 2 wrong use. */
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../server/env-file.ts';
import { backup } from '../server/storage/backup.ts';
import { errorText } from '../server/storage/error-text.ts';

const usage = `npm run backup -- [FILE] [--data-dir DIR]

Writes all data to one file (default: tandem-YYYY-MM-DD.backup.gz), whether the server is running or not.
  --data-dir DIR   data folder of the embedded database (default: DATA_DIR or ./data)
With MONGODB_URI set, that MongoDB is backed up instead.
Exit codes: 0 done, 1 failed, 2 wrong use.`;

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { 'data-dir': { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    console.error(`${errorText(error)}\n\n${usage}`);
    process.exit(2);
  }
}

const { values, positionals } = options();
if (values.help === true) {
  console.log(usage);
  process.exit(0);
}
if (positionals.length > 1) {
  console.error(`One file is enough: ${positionals.join(' ')}\n\n${usage}`);
  process.exit(2);
}
const now = new Date();
const file = positionals[0] ?? `tandem-${now.toISOString().slice(0, 10)}.backup.gz`;
loadEnvFile();
const target = {
  mongodbUri: values['data-dir'] === undefined ? process.env['MONGODB_URI'] : undefined,
  dataDir: values['data-dir'] ?? process.env['DATA_DIR'] ?? './data',
};
try {
  const counts = await backup(target, file, now);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${file}: ${total} documents of ${Object.keys(counts).length} collections.`);
} catch (error) {
  console.error(`The backup failed, and no file was written: ${errorText(error)}`);
  process.exitCode = 1;
}
