import { spawn } from 'node:child_process';
import { ROOT } from '../../../scripts/bench/processes.ts';
import { until } from '../../support/until.ts';

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(`${url}/readyz`)).ok;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
};

describe('the server of a measurement', () => {
  it('ends when the measurement is killed hard', async function () {
    this.timeout(60_000);
    const parent = spawn(process.execPath, ['--import', 'tsx', 'test/scripts/bench/bare-parent.ts'], {
      cwd: ROOT,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let output = '';
    parent.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    try {
      await until(() => /child: \S+/.test(output));
      const url = /child: (\S+)/.exec(output)?.[1] ?? '';
      await until(() => answers(url));
      parent.kill('SIGKILL');
      await until(async () => !(await answers(url)));
    } finally {
      parent.kill('SIGKILL');
    }
  });
});
