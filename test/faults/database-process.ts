/** A process of its own that hosts an embedded database, for tests that kill it. Arguments: the data folder. */
import { startEmbedded } from '../../server/storage/embedded/start.ts';

const [dataDir = ''] = process.argv.slice(2);

function stop(error: unknown): void {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
}

startEmbedded({ dataDir, onFailure: stop }).then((embedded) => {
  process.stdout.write(`${embedded.uriOf('kill')}\n`);
  process.on('SIGTERM', () => {
    embedded.close().then(() => {
      process.exit(0);
    }, stop);
  });
}, stop);
