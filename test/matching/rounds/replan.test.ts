import { expect } from 'chai';
import fc from 'fast-check';
import { planRounds } from '../../../matching/rounds/plan.ts';
import { replan, type Replan, type ReplanInput } from '../../../matching/rounds/replan.ts';
import { roomOf } from '../../../matching/rounds/room.ts';
import type { Meeting, RoundsOptions } from '../../../matching/rounds/types.ts';
import { finish } from '../support/oracle.ts';
import { arbitraryOptions, arbitraryRoom, fullRoom, sme } from './oracle.ts';

const SCORE = (u: number, v: number): number => ((u * 37 + v * 91) % 50) * 10_000;
const meetingsOf = (room: ReturnType<typeof fullRoom>, options: RoundsOptions): Meeting[] =>
  finish(planRounds(room, options)).rounds.flatMap(({ meetings }) => meetings);
const again = (input: ReplanInput): Replan => finish(replan(input));

describe('planning the coming rounds again', () => {
  it('changes nothing where nothing has happened', () => {
    const room = fullRoom(10, SCORE);
    const told = meetingsOf(room, { rounds: 4 });
    const { changes } = again({ room, options: { rounds: 4, first: 2 }, told });
    expect(changes.kept).to.have.length(15);
    expect([changes.moved, changes.cancelled, changes.added]).to.deep.equal([[], [], []]);
  });

  it('fills the place of a no-show with the one that sat out, and touches nobody else in that round', () => {
    const room = fullRoom(5, SCORE);
    const told = meetingsOf(room, { rounds: 1 });
    const gone = told[0]?.a ?? '';
    const { plan, changes } = again({
      room,
      options: { rounds: 1, first: 1, absences: [{ sme: gone, round: 1 }] },
      told,
    });
    expect(changes.kept).to.have.length(1);
    expect(changes.cancelled).to.have.length(1);
    expect(changes.added).to.have.length(1);
    expect(changes.added[0]?.table).to.equal(changes.cancelled[0]?.table);
    expect(plan.rounds[0]?.byes).to.deep.equal([]);
  });

  it('seats somebody who comes late without undoing what the others were told', () => {
    const five = fullRoom(5, SCORE);
    const told = meetingsOf(five, { rounds: 3 });
    const { plan, changes } = again({ room: fullRoom(6, SCORE), options: { rounds: 3, first: 3 }, told });
    expect(changes.kept).to.have.length(2);
    expect(changes.cancelled).to.deep.equal([]);
    expect(changes.added.flatMap(({ a, b }) => [a, b])).to.include(sme(5));
    expect(plan.rounds).to.have.length(1);
  });

  it('never repeats a pair that has met, keeps the rules, and tells every change exactly', () => {
    fc.assert(
      fc.property(arbitraryRoom(9), arbitraryOptions(9), arbitraryOptions(9), (plain, before, after) => {
        const room = roomOf(plain.ids, plain.pairs);
        const told = meetingsOf(room, { ...before, rounds: 3 });
        const options = { ...after, rounds: 3, first: 2 };
        const { plan, changes } = again({ room, options, told });
        const held = told.filter(({ round }) => round === 1);
        const now = plan.rounds.flatMap(({ meetings }) => meetings);
        for (const { a, b, round } of now) {
          expect(round).to.be.at.least(2);
          expect(held.some((old) => old.a === a && old.b === b)).to.equal(false);
        }
        // what people were told, with the changes, is the plan
        const where = ({ a, b, round, table }: Meeting): string => `${round} ${table} ${a} ${b}`;
        const told2 = told.filter(({ round }) => round >= 2).map(where);
        const undone = new Set(
          [...changes.cancelled, ...changes.moved.map((move) => move.before)].map(where),
        );
        const fresh = [...changes.added, ...changes.moved.map((move) => move.after)].map(where);
        const expected = [...told2.filter((one) => !undone.has(one)), ...fresh].sort();
        expect(now.map(where).sort()).to.deep.equal(expected);
        expect(changes.kept).to.have.length(told2.length - undone.size);
      }),
    );
  });

  it('counts rounds sat out before, so that those are seated first who had to wait', () => {
    const room = fullRoom(3);
    const told = meetingsOf(room, { rounds: 1 });
    const waited = room.participants.find((id) => !told.some(({ a, b }) => a === id || b === id));
    const { plan } = again({ room, options: { rounds: 2, first: 2 }, told });
    expect(plan.rounds[0]?.byes).not.to.include(waited);
    expect(plan.smes.map(({ byes }) => byes).sort()).to.deep.equal([0, 1, 1]);
  });
});
