import { expect } from 'chai';
import { runSliced } from '../../../server/matching/slices.ts';

function* counting(to: number): Generator<number, string, void> {
  for (let step = 1; step <= to; step += 1) yield step;
  return 'done';
}

/** A clock that goes on by one millisecond each time it is read. */
function tickingClock(): () => number {
  let now = 0;
  return () => (now += 1);
}

describe('running in slices', () => {
  it('ends with the value of the generator and reports between slices', async () => {
    const reported: number[] = [];
    const outcome = await runSliced(counting(50), {
      sliceMs: 10,
      now: tickingClock(),
      onSlice: (step) => reported.push(step),
    });
    expect(outcome).to.deep.equal({ finished: true, value: 'done' });
    expect(reported.length).to.be.within(3, 6);
  });

  it('lets the event loop turn between slices', async () => {
    let turns = 0;
    const timer = setInterval(() => (turns += 1), 0);
    await runSliced(counting(2_000), { sliceMs: 1, now: tickingClock() });
    clearInterval(timer);
    expect(turns).to.be.greaterThan(1);
  });

  it('stops between slices when it is asked to', async () => {
    let asked = 0;
    const outcome = await runSliced(counting(1_000), {
      sliceMs: 5,
      now: tickingClock(),
      stop: () => (asked += 1) === 3,
    });
    expect(outcome).to.deep.equal({ finished: false });
    expect(asked).to.equal(3);
  });
});
