import { expect } from 'chai';
import fc from 'fast-check';
import { Events } from '../../../matching/assignment/events.ts';

describe('a queue of events', () => {
  it('gives them back by time, however many there are and in whatever order they come', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 200 }), (times) => {
        const events = new Events(1);
        times.forEach((time, code) => {
          events.push(time, code);
        });
        const out: number[] = [];
        while (events.size > 0) {
          const { time } = events;
          expect(times[events.pop()]).to.equal(time);
          out.push(time);
        }
        expect(out).to.deep.equal(times.toSorted((x, y) => x - y));
      }),
    );
  });
});
