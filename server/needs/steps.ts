import type { Viewer } from '../accounts/viewer.ts';
import type { NeedRecord } from './model.ts';
import { mayManageNeed } from './policy.ts';
import type { NeedState, NeedStep } from './schema.ts';

interface Step {
  readonly from: readonly NeedState[];
  readonly to: NeedState;
  /** `owner`: who stated it, or staff for them. */
  readonly by: 'owner' | 'staff';
  /** The organisation must be told why. */
  readonly reason: boolean;
  /** Nothing may be missing of it. */
  readonly complete: boolean;
}

/** Every way from one state to another; there are no others but an edit of a published need, which goes to review again. */
export const STEPS: Readonly<Record<NeedStep, Step>> = {
  submit: { from: ['draft'], to: 'submitted', by: 'owner', reason: false, complete: true },
  recall: { from: ['submitted'], to: 'draft', by: 'owner', reason: false, complete: false },
  publish: { from: ['submitted'], to: 'published', by: 'staff', reason: false, complete: true },
  'ask-back': { from: ['submitted'], to: 'draft', by: 'staff', reason: true, complete: false },
  reject: { from: ['submitted'], to: 'rejected', by: 'staff', reason: true, complete: false },
  close: { from: ['published'], to: 'closed', by: 'owner', reason: false, complete: false },
  withdraw: {
    from: ['draft', 'submitted', 'published'],
    to: 'withdrawn',
    by: 'owner',
    reason: false,
    complete: false,
  },
};

/** States in which a need may still be edited. */
export const OPEN_STATES: readonly NeedState[] = ['draft', 'submitted', 'published'];

const stepNames = Object.keys(STEPS) as NeedStep[]; // the keys are written in full above

/** Whether this reader may take a step with a need at all, in whatever state it is. */
export function mayTakeStep(viewer: Viewer, need: Pick<NeedRecord, 'ownerId'>, step: NeedStep): boolean {
  return STEPS[step].by === 'staff' ? viewer.role === 'staff' : mayManageNeed(viewer, need);
}

/** Steps that this reader may take now. */
export function stepsFor(viewer: Viewer, need: Pick<NeedRecord, 'ownerId' | 'state'>): NeedStep[] {
  return stepNames.filter((step) => mayTakeStep(viewer, need, step) && STEPS[step].from.includes(need.state));
}
