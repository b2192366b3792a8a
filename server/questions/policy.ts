import type { Viewer } from '../accounts/viewer.ts';
import type { QuestionRecord } from './model.ts';

/** Whose threads a viewer has part in: those of their cluster, of their SME, or their own. */
export function askedByOf(viewer: Viewer): string {
  if (viewer.role === 'cluster' && viewer.clusterId !== null) return `cluster:${viewer.clusterId}`;
  if (viewer.role === 'sme' && viewer.smeId !== null) return `sme:${viewer.smeId}`;
  return `account:${viewer.id}`;
}

/** The side that asked, and staff. */
export function mayReadQuestion(viewer: Viewer, question: Pick<QuestionRecord, 'askedBy'>): boolean {
  return viewer.role === 'staff' || askedByOf(viewer) === question.askedBy;
}
