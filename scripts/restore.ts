/** npm run restore -- FILE [--replace] [--data-dir DIR]. Exit codes: 0 done, 1 failed, 2 wrong use. */
import { parseArgs } from 'node:util';
import { loadEnvFile } from '../server/env-file.ts';
import { restore } from '../server/storage/backup.ts';
import { errorText } from '../server/storage/error-text.ts';

const usage = `npm run restore -- FILE [--replace] [--data-dir DIR]

Puts a backup into an empty database. The file is checked as a whole first; a broken one changes nothing.
  --replace        remove what the database holds now
  --data-dir DIR   data folder of the embedded database (default: DATA_DIR or ./data)
With MONGODB_URI set, that MongoDB is filled instead.
Exit codes: 0 done, 1 failed, 2 wrong use.`;

function options() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        'data-dir': { type: 'string' },
        replace: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h' },
      },
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
const [file] = positionals;
if (file === undefined || positionals.length > 1) {
  console.error(`Name one file.\n\n${usage}`);
  process.exit(2);
}
loadEnvFile();
const target = {
  mongodbUri: values['data-dir'] === undefined ? process.env['MONGODB_URI'] : undefined,
  dataDir: values['data-dir'] ?? process.env['DATA_DIR'] ?? './data',
};
try {
  const counts = await restore(target, file, values.replace);
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  console.log(`${total} documents of ${Object.keys(counts).length} collections restored from ${file}.`);
} catch (error) {
  console.error(`Not restored: ${errorText(error)}`);
  process.exitCode = 1;
}
