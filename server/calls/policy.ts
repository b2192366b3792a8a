import type { Viewer } from '../accounts/viewer.ts';
import type { CallState } from './schema.ts';

/** A call is public among those signed in once it is opened; a draft is for staff. */
export const mayReadCall = (viewer: Viewer, state: CallState): boolean =>
  state !== 'draft' || viewer.role === 'staff';
