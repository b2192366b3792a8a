import { expect } from 'chai';
import fc from 'fast-check';
import { roundSlots, type RoundTimes } from '../../../../server/events/life/timetable.ts';

const MINUTE = 60_000;
const START = Date.parse('2026-11-23T09:00:00.000Z');

const timetables = fc.record({
  startsAt: fc.constant(new Date(START).toISOString()),
  rounds: fc.integer({ min: 1, max: 20 }),
  roundMinutes: fc.integer({ min: 3, max: 120 }),
  breakMinutes: fc.integer({ min: 0, max: 120 }),
  longBreaks: fc.array(
    fc.record({ afterRound: fc.integer({ min: 1, max: 20 }), minutes: fc.integer({ min: 1, max: 600 }) }),
    { maxLength: 3 },
  ),
});

describe('the timetable of an event', () => {
  it('has rounds of full length one after the other, breaks between them, all later by the delay', () => {
    fc.assert(
      fc.property(timetables, fc.integer({ min: -600, max: 600 }), (timetable, delay) => {
        const slots = roundSlots(timetable, delay, () => undefined);
        expect(slots).to.have.length(timetable.rounds);
        expect(slots[0]?.startsAt.getTime()).to.equal(START + delay * MINUTE);
        for (const [index, { number, startsAt, endsAt }] of slots.entries()) {
          expect(endsAt.getTime() - startsAt.getTime()).to.equal(timetable.roundMinutes * MINUTE);
          const next = slots[index + 1];
          if (!next) continue;
          const long = timetable.longBreaks
            .filter(({ afterRound }) => afterRound === number)
            .reduce((sum, { minutes }) => sum + minutes, 0);
          const pause = (timetable.breakMinutes + long) * MINUTE;
          expect(next.startsAt.getTime() - endsAt.getTime()).to.equal(pause);
        }
      }),
    );
  });

  it('keeps what has begun as it was, and begins nothing before the round in front of it is over', () => {
    const gone = fc.array(fc.integer({ min: 0, max: 300 }), { maxLength: 5 });
    fc.assert(
      fc.property(timetables, gone, (timetable, lateness) => {
        let free = START;
        const begun = new Map<number, RoundTimes>();
        for (const [index, late] of lateness.entries()) {
          const startedAt = new Date(free + late * MINUTE);
          const endsAt = new Date(startedAt.getTime() + timetable.roundMinutes * MINUTE);
          begun.set(index + 1, { startedAt, endsAt });
          free = endsAt.getTime();
        }
        const slots = roundSlots(timetable, 0, (number) => begun.get(number));
        for (const [index, slot] of slots.entries()) {
          const times = begun.get(slot.number);
          if (times) expect([slot.startsAt, slot.endsAt]).to.deep.equal([times.startedAt, times.endsAt]);
          const before = slots[index - 1];
          if (before) expect(slot.startsAt.getTime()).to.be.at.least(before.endsAt.getTime());
        }
      }),
    );
  });
});
