import type { OutcomeState } from './schema.ts';

/** How far each state is along the way; the two ends that are not a success stand where the way ended. */
const REACHED: Readonly<Record<OutcomeState, number>> = {
  submitted: 1,
  'not-selected': 1,
  selected: 2,
  'jury-day': 3,
  'not-in-programme': 3,
  'in-programme': 4,
};

/** Stages that a recorded outcome counts for: 1 submitted, 2 selected, 3 Jury Day, 4 in the programme. */
export const stagesReached = (state: OutcomeState): number => REACHED[state];

const ENDS: ReadonlySet<OutcomeState> = new Set(['not-selected', 'not-in-programme', 'in-programme']);

/** Whether one outcome follows another by itself; anything else is a correction, which says why. A step may be skipped. */
export function follows(before: OutcomeState | null, after: OutcomeState): boolean {
  if (before === null) return true;
  if (before === after) return true;
  if (ENDS.has(before)) return false;
  return REACHED[after] > REACHED[before] || (ENDS.has(after) && REACHED[after] === REACHED[before]);
}
