import { expect } from 'chai';
import fc from 'fast-check';
import { fieldsOf } from '../../../../server/events/plan/fields.ts';
import type { Meeting, Round } from '../../../../server/events/plan/plan.ts';
import { decode, type Doc, encode } from '../../../../server/storage/embedded/bson.ts';
import { compileUpdate } from '../../../../server/storage/embedded/update.ts';

const MEETINGS = 40;

const meeting = (at: number, more: Partial<Meeting> = {}): Meeting => ({
  id: `m${at}`,
  a: `A${at}`,
  b: `B${at}`,
  table: at + 1,
  score: 1,
  origin: 'plan',
  pinned: false,
  state: 'planned',
  sequence: 0,
  absent: null,
  ...more,
});
const whole: Round = {
  number: 2,
  state: 'planned',
  published: true,
  startedAt: null,
  endsAt: null,
  meetings: Array.from({ length: MEETINGS }, (_, at) => meeting(at)),
};
const read = (value: object): Doc => decode(encode(value as Doc));

/** What is stored of a round after a change of it. */
function stored(before: Round | undefined, after: Round): unknown {
  const plan = read({ _id: 'event', rounds: before ? { r2: before } : {} });
  const { doc } = compileUpdate(read({ $set: fieldsOf(before, after) }))(plan, false);
  return (doc['rounds'] as Doc)['r2'];
}

describe('what is written of a round', () => {
  it('makes the stored round the new one, whatever changed', () => {
    const edit = fc.record({
      changed: fc.array(fc.nat(MEETINGS - 1), { maxLength: 15 }),
      gone: fc.array(fc.nat(MEETINGS - 1), { maxLength: 2 }),
      added: fc.nat(12),
      state: fc.constantFrom('planned' as const, 'running' as const),
      endsAt: fc.constantFrom(null, new Date(0)),
    });
    fc.assert(
      fc.property(edit, ({ changed, gone, added, ...head }) => {
        const meetings = whole.meetings
          .map((one, at) => (changed.includes(at) ? { ...one, state: 'broken' as const, sequence: 1 } : one))
          .filter((_, at) => !gone.includes(at));
        const more = Array.from({ length: added }, (_, at) => meeting(MEETINGS + at));
        const after: Round = { ...whole, ...head, meetings: [...meetings, ...more] };
        expect(stored(whole, after)).to.deep.equal(read(after));
      }),
    );
    expect(stored(undefined, whole)).to.deep.equal(read(whole));
  });

  it('is of one agreed meeting that one, and the one that made room', () => {
    const moved = whole.meetings.map((one, at) => (at === 3 ? { ...one, state: 'broken' as const } : one));
    const fields = fieldsOf(whole, { ...whole, meetings: [...moved, meeting(MEETINGS)] });
    expect(Object.keys(fields)).to.deep.equal(['rounds.r2.meetings.3', `rounds.r2.meetings.${MEETINGS}`]);
  });
});
