import type { Viewer } from '../accounts/viewer.ts';
import type { UseCaseRecord } from './model.ts';

/** The cluster that tells a use case, and staff, may change it and take it down. */
export function mayChangeUseCase(viewer: Viewer | null, useCase: Pick<UseCaseRecord, 'clusterId'>): boolean {
  if (viewer?.role === 'staff') return true;
  return viewer?.role === 'cluster' && viewer.clusterId !== null && viewer.clusterId === useCase.clusterId;
}

/** A published one is for all who may read the mapping; a withdrawn one only for those who may change it. */
export function mayReadUseCase(
  viewer: Viewer | null,
  useCase: Pick<UseCaseRecord, 'clusterId' | 'state'>,
): boolean {
  return useCase.state === 'published' || mayChangeUseCase(viewer, useCase);
}

/** What staff took down only staff put up again. */
export function mayPublishAgain(viewer: Viewer, useCase: Pick<UseCaseRecord, 'clusterId' | 'takenDown'>) {
  return viewer.role === 'staff' || (mayChangeUseCase(viewer, useCase) && !useCase.takenDown);
}
