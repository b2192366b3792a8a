import { expect } from 'chai';
import { createReadiness } from '../../../server/http/health.ts';

describe('readiness', () => {
  it('names the parts that are not ready, also those that fail', async () => {
    const readiness = createReadiness({
      database: () => Promise.resolve(true),
      matcher: () => false,
      mail: () => Promise.reject(new Error('away')),
      jobs: () => {
        throw new Error('away');
      },
    });
    expect(await readiness.missing()).to.deep.equal(['matcher', 'mail', 'jobs']);
  });

  it('ends with the first word of stopping, whatever the parts say', async () => {
    const readiness = createReadiness({ database: () => true });
    expect(await readiness.missing()).to.deep.equal([]);
    readiness.drain();
    expect(await readiness.missing()).to.deep.equal(['draining']);
  });
});
