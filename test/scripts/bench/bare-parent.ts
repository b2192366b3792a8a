/** Starts a child server as the benches do, prints its address and waits, to be killed hard. */
import { serve } from '../../../scripts/bench/processes.ts';

const { url } = await serve('scripts/bench/bare-server.ts', {});
process.stdout.write(`child: ${url}\n`);
