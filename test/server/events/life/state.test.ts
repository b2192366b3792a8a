import { expect } from 'chai';
import fc from 'fast-check';
import { eventActionSchema, eventStateSchema, type EventState } from '../../../../server/events/schema.ts';
import {
  actionsIn,
  isFinal,
  isLive,
  isOpen,
  stateAfter,
  TRANSITIONS,
} from '../../../../server/events/life/state.ts';

describe('the states of an event', () => {
  const actions = eventActionSchema.options;
  const states = eventStateSchema.options;

  it('are reached from a draft only by what the table allows, and a final one is never left', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...actions), { maxLength: 20 }), (tried) => {
        let state: EventState = 'draft';
        for (const action of tried) {
          const next = stateAfter(state, action);
          expect(next !== null).to.equal(actionsIn(state).includes(action));
          if (next === null) continue;
          expect(isFinal(state)).to.equal(false);
          expect(TRANSITIONS[action].from).to.include(state);
          state = next;
        }
        expect(states).to.include(state);
      }),
    );
  });

  it('are all reachable, and two of them are final', () => {
    const reached = new Set<EventState>(['draft']);
    for (const state of reached) {
      for (const action of actionsIn(state)) reached.add(stateAfter(state, action) ?? state);
    }
    expect([...reached].toSorted()).to.deep.equal([...states].toSorted());
    expect(states.filter(isFinal)).to.deep.equal(['ended', 'cancelled']);
  });

  it('say when doors are open and when SMEs may agree on meetings', () => {
    expect(states.filter(isOpen)).to.deep.equal(['open', 'paused']);
    expect(states.filter(isLive)).to.deep.equal(['published', 'open', 'paused']);
  });
});
