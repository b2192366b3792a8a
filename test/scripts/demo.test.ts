import { expect } from 'chai';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const demo = (...options: string[]) =>
  promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/demo.ts', ...options]);

describe('npm run demo', function () {
  // A whole server with 844 companies, in a process of its own.
  this.timeout(240_000);

  it('plays an event to its end and sums up in its last line that everything promised happened', async () => {
    const { stdout } = await demo('--once', '--json', '--participants', '24');
    const summary = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Record<string, unknown>;
    expect(summary).to.include({
      smes: 844,
      countries: 35,
      suggestionLists: 844,
      participants: 24,
      rounds: 3,
      violations: 0,
      lostOrDoubled: 0,
      ineligiblePairs: 0,
      faults: 0,
      ok: true,
    });
    for (const counted of [
      'pushes',
      'pairs',
      'meetings',
      'repairs',
      'late',
      'noShows',
      'leavers',
      'consortia',
    ]) {
      expect(summary[counted], counted).to.be.greaterThan(0);
    }
  });

  it('says what is allowed where an option is wrong', async () => {
    const failed = await demo('--once', '--participants', '1').catch((error: unknown) => error);
    expect(failed).to.have.property('code', 1);
    expect(failed)
      .to.have.property('stderr')
      .that.matches(/--participants must be a whole number from 2 to 200/);
  });
});
