import { expect } from 'chai';
import fc from 'fast-check';
import { leftOver, type Held } from '../../../scripts/soak/held.ts';
import { soak } from '../../../scripts/soak/run.ts';
import { grows, trendOf } from '../../../scripts/soak/trend.ts';

const held = (resources: Record<string, number>): Held => ({
  heapMB: 60,
  externalMB: 5,
  residentMB: 300,
  resources,
});

describe('the soak', () => {
  it('finds a straight growth through noise, and none in noise alone', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.5, max: 0.5, noNaN: true }), { minLength: 20, maxLength: 60 }),
        (noise) => {
          const leaking = noise.map((value, minute) => ({ minute, value: 70 + minute + value }));
          // Noise that is turned around leans neither way.
          const flat = [...noise, ...noise.toReversed()].map((value, minute) => ({
            minute,
            value: 70 + value,
          }));
          const [leak, none] = [trendOf(leaking), trendOf(flat)];
          return (
            leak !== null && none !== null && grows(leak) && !grows(none) && Math.abs(none.perHour) < 1e-6
          );
        },
      ),
    );
    expect(trendOf([{ minute: 0, value: 1 }])).to.equal(null);
  });

  it('names what was not given back', () => {
    const before = held({ TCPSocketWrap: 2, Timeout: 7 });
    expect(leftOver(before, held({ TCPSocketWrap: 4, Timeout: 11, PipeWrap: 40 }))).to.deep.equal([]);
    expect(leftOver(before, held({ TCPSocketWrap: 60, Timeout: 11 }))).to.deep.equal([
      'TCPSocketWrap: 2 before, 60 after',
    ]);
  });

  it('plays a short one to its end, without a fault of the server', async function () {
    this.timeout(120_000);
    const looks: number[] = [];
    const result = await soak({
      minutes: 0.1,
      guests: 8,
      everySeconds: 2,
      onLook: (minute) => looks.push(minute),
    });
    expect(looks.length).to.be.greaterThan(1);
    expect(result.tally.done).to.be.greaterThan(10);
    expect([
      result.tally.faults,
      result.numberingFaults,
      leftOver(result.before, result.after),
    ]).to.deep.equal([[], [], []]);
  });
});
