import type { CallState } from './schema.ts';

/** What may follow a state. Staff move a call by hand: the days in its rules tell people when, they do not move it by themselves. */
const NEXT: Readonly<Record<CallState, readonly CallState[]>> = {
  draft: ['open'],
  // Closed too early, or prolonged: it opens again.
  open: ['closed'],
  closed: ['open', 'decided'],
  // Decided by mistake, or an appeal was heard.
  decided: ['closed'],
};

/** States that a call can go to from this one. */
export const statesAfter = (state: CallState): readonly CallState[] => NEXT[state];

/** Going back is the exception, and says why. */
export const needsReason = (from: CallState, to: CallState): boolean =>
  (from === 'closed' && to === 'open') || from === 'decided';
