import type { EventAction, EventState } from './schema.ts';

/*
 * The states of an event as data. Nothing else moves an event from one state to another.
 */

interface Transition {
  readonly from: readonly EventState[];
  readonly to: EventState;
  /** What happened, for the event's history. */
  readonly what: string;
}

/** Every transition that there is. `ended` and `cancelled` are final. */
export const TRANSITIONS: Readonly<Record<EventAction, Transition>> = {
  publish: { from: ['draft'], to: 'published', what: 'Published' },
  open: { from: ['published'], to: 'open', what: 'Doors opened' },
  pause: { from: ['open'], to: 'paused', what: 'Paused' },
  resume: { from: ['paused'], to: 'open', what: 'Resumed' },
  end: { from: ['open', 'paused'], to: 'ended', what: 'Ended' },
  cancel: { from: ['draft', 'published', 'open', 'paused'], to: 'cancelled', what: 'Cancelled' },
};

// Object.entries forgets the names of the keys.
const entries = Object.entries(TRANSITIONS) as [EventAction, Transition][];

/** What may be done in a state, in the order of an event's life; empty in a final state. */
export function actionsIn(state: EventState): EventAction[] {
  return entries.filter(([, { from }]) => from.includes(state)).map(([action]) => action);
}

/** The state after an action; null where the action is not allowed in this state. */
export function stateAfter(state: EventState, action: EventAction): EventState | null {
  const { from, to } = TRANSITIONS[action];
  return from.includes(state) ? to : null;
}

/** Doors are open: SMEs can be checked in. */
export const isOpen = (state: EventState): boolean => state === 'open' || state === 'paused';

/** SMEs may prepare and agree on meetings: it is announced and not over. */
export const isLive = (state: EventState): boolean => state === 'published' || isOpen(state);

/** Over for good: nothing of it changes any more. */
export const isFinal = (state: EventState): boolean => actionsIn(state).length === 0;
