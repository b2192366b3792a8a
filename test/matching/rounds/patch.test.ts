import { expect } from 'chai';
import fc from 'fast-check';
import { patchRounds, type PatchInput } from '../../../matching/rounds/patch.ts';
import { planRounds } from '../../../matching/rounds/plan.ts';
import { replan } from '../../../matching/rounds/replan.ts';
import { roomOf, type Room } from '../../../matching/rounds/room.ts';
import type { Meeting, PlannedRound, RoundsOptions } from '../../../matching/rounds/types.ts';
import { finish } from '../support/oracle.ts';
import { arbitraryOptions, arbitraryRoom, fullRoom, sme } from './oracle.ts';

const SCORE = (u: number, v: number): number => ((u * 37 + v * 91) % 50) * 10_000;

/** What a room of scores answers. */
function asked(room: Room): Pick<PatchInput, 'participants' | 'scoresOf' | 'mayMeet'> {
  const { participants, scores } = room;
  const score = (a: string, b: string): number =>
    scores[participants.indexOf(a) * participants.length + participants.indexOf(b)] ?? -1;
  return {
    participants,
    scoresOf: (own, others) => Int32Array.from(others, (other) => (own === other ? -1 : score(own, other))),
    mayMeet: (a, b) => participants.includes(a) && participants.includes(b) && score(a, b) >= 0,
  };
}

const meetingsOf = (room: Room, options: RoundsOptions): Meeting[] =>
  finish(planRounds(room, options)).rounds.flatMap(({ meetings }) => meetings);
const keyOf = ({ round, a, b }: Meeting): string => `${round} ${a} ${b}`;
const seats = (rounds: readonly PlannedRound[]): number[] => rounds.map(({ meetings }) => meetings.length);

describe('patching the coming rounds', () => {
  it('changes nothing where nothing has happened', () => {
    const room = fullRoom(10, SCORE);
    const told = meetingsOf(room, { rounds: 4 });
    const patched = patchRounds({ ...asked(room), options: { rounds: 4, first: 2 }, told });
    expect(patched?.flatMap(({ meetings }) => meetings)).to.have.deep.members(
      told.filter(({ round }) => round > 1),
    );
  });

  it('seats the two who are left alone by those who left with each other, at a table of those', () => {
    const room = fullRoom(8, SCORE);
    const told = meetingsOf(room, { rounds: 1 });
    const [one, other] = told;
    const gone = [one?.a ?? '', other?.a ?? ''];
    const absences = gone.map((id) => ({ sme: id, round: 1 }));
    const patched = patchRounds({ ...asked(room), options: { rounds: 1, first: 1, absences }, told });
    const meetings = patched?.[0]?.meetings ?? [];
    const added = meetings.filter((meeting) => !told.some((old) => keyOf(old) === keyOf(meeting)));
    expect(added).to.have.length(1);
    expect([added[0]?.a, added[0]?.b]).to.have.members([one?.b, other?.b]);
    expect(meetings).to.have.length(3);
  });

  it('opens the one meeting that fits best where the two who are alone may not meet', () => {
    const room = fullRoom(6, SCORE);
    const told = meetingsOf(room, { rounds: 1 });
    const [one, other, third] = told;
    const absences = [one?.a ?? '', other?.a ?? ''].map((id) => ({ sme: id, round: 1 }));
    const never = [[one?.b ?? '', other?.b ?? '']] as const;
    const patched = patchRounds({ ...asked(room), options: { rounds: 1, first: 1, absences, never }, told });
    expect(patched?.[0]?.byes).to.deep.equal([]);
    expect(patched?.[0]?.meetings).to.have.length(2);
    expect(patched?.[0]?.meetings.some((meeting) => keyOf(meeting) === (third && keyOf(third)))).to.equal(
      false,
    );
  });

  it('leaves it to a new plan where somebody has to meet somebody, or sat out more often than others', () => {
    const room = fullRoom(5, SCORE);
    const told = meetingsOf(room, { rounds: 2 });
    const stranger = told.find(({ round }) => round === 1);
    const wishes = [{ from: sme(0), to: sme(1), kind: 'must' as const }];
    const open = told.filter(({ a, b }) => !(a === sme(0) && b === sme(1)));
    expect(patchRounds({ ...asked(room), options: { rounds: 2, first: 2, wishes }, told: open })).to.equal(
      null,
    );
    // Whoever was alone in round 1 is alone again.
    const alone = room.participants.find(
      (id) => !told.some((m) => m.round === 1 && (m.a === id || m.b === id)),
    );
    const again = told
      .filter(({ round }) => round === 1)
      .map((meeting, at, all) => ({ ...meeting, round: 2, a: meeting.a, b: all[(at + 1) % 2]?.b ?? '' }))
      .map(({ a, b, ...rest }) => (a < b ? { ...rest, a, b } : { ...rest, a: b, b: a }));
    expect(alone).to.be.a('string');
    expect(stranger).to.be.an('object');
    const first = told.filter(({ round }) => round === 1);
    const options = { rounds: 2, first: 2 };
    expect(patchRounds({ ...asked(room), options, told: [...first, ...again] })).to.equal(null);
  });

  it('keeps every rule, all that is settled, and seats at least as many as a new plan, whatever happens', () => {
    let patches = 0;
    fc.assert(
      fc.property(arbitraryRoom(9), arbitraryOptions(9), arbitraryOptions(9), (plain, before, after) => {
        const room = roomOf(plain.ids, plain.pairs);
        const told = meetingsOf(room, { ...before, rounds: 3 });
        const options = { ...after, rounds: 3, first: 2 };
        const patched = patchRounds({ ...asked(room), options, told });
        if (patched === null) return;
        patches += 1;
        const fresh = finish(replan({ room, options, told })).plan;
        // A new plan may even leave somebody out whom a patch seats: it makes one round better at a time.
        const needed = seats(fresh.rounds);
        for (const [at, count] of seats(patched).entries()) expect(count).to.be.at.least(needed[at] ?? 0);
        const barred = new Set([
          ...told.filter(({ round }) => round < 2).map(({ a, b }) => `${a} ${b}`),
          ...[...(options.never ?? []), ...(options.met ?? [])].map(([a, b]) =>
            a < b ? `${a} ${b}` : `${b} ${a}`,
          ),
        ]);
        for (const { round, meetings } of patched) {
          const people = meetings.flatMap(({ a, b }) => [a, b]);
          expect(new Set(people).size).to.equal(people.length);
          const tables = meetings.map(({ table }) => table);
          expect(new Set(tables).size).to.equal(tables.length);
          for (const { a, b } of meetings) {
            expect(barred.has(`${a} ${b}`), `${a} ${b} in round ${round}`).to.equal(false);
            barred.add(`${a} ${b}`);
            expect(asked(room).mayMeet(a, b)).to.equal(true);
          }
          for (const { sme: id, round: away } of options.absences ?? []) {
            if (away === round) expect(people).to.not.include(id);
          }
        }
      }),
      { numRuns: 300 },
    );
    expect(patches).to.be.greaterThan(20);
  });
});
