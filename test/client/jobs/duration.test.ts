import { expect } from 'chai';
import { durationOf } from '../../../client/src/jobs/duration.ts';

const start = '2026-01-01T02:30:00.000Z';

describe('client: duration of a job', () => {
  it('says how long a run took', () => {
    expect(durationOf(start, '2026-01-01T02:30:00.250Z')).to.equal('250 ms');
    expect(durationOf(start, '2026-01-01T02:30:04.520Z')).to.equal('4.5 s');
    expect(durationOf(start, '2026-01-01T02:33:00.000Z')).to.equal('3 min');
  });

  it('says nothing of a run that has not ended since it began', () => {
    expect(durationOf(start, null)).to.equal(null);
    expect(durationOf(start, '2025-12-31T02:30:00.000Z')).to.equal(null);
  });
});
