/** Run by connect.test.ts under a limit on the size of files, which stands for a full disk: writes until it cannot. */
import { argv, exit, stdout } from 'node:process';
import { openStorage } from '../../../server/storage/connect.ts';

function log(line: string): void {
  stdout.write(`${line}\n`);
}

const [, , dataDir = ''] = argv;
const storage = await openStorage({ dataDir, log, onFailure: () => exit(1) });
const rows = storage.connection.collection<{ text: string }>('rows');
for (;;) {
  await rows.insertOne({ text: 'x'.repeat(100_000) }).catch(() => {
    log('a write was refused');
  });
}
