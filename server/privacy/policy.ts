import type { Viewer } from '../accounts/viewer.ts';
import type { Subject } from './personal-data.ts';
import type { Purpose } from './purposes.ts';

/** Whom a viewer answers for where a purpose is asked: its company, or itself; null: it is not asked this. */
export function subjectOf(viewer: Viewer, purpose: Pick<Purpose, 'of'>): Subject | null {
  if (purpose.of === 'account') return { kind: 'account', id: viewer.id };
  return viewer.role === 'sme' && viewer.smeId !== null ? { kind: 'sme', id: viewer.smeId } : null;
}

/** Whose data a viewer may take out, and have erased: its own, and that of the SME that it speaks for. */
export function subjectsOf(viewer: Viewer): readonly Subject[] {
  const own: Subject = { kind: 'account', id: viewer.id };
  return viewer.role === 'sme' && viewer.smeId !== null ? [own, { kind: 'sme', id: viewer.smeId }] : [own];
}
