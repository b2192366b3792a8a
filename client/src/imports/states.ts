import type { ImportRowView, ImportView } from '../../../server/imports/schema.ts';

export type Outcome = ImportRowView['outcome'];

/** How a state is marked in lists. */
export const stateKinds = {
  checking: 'accent',
  checked: 'accent',
  refused: 'bad',
  committing: 'accent',
  committed: 'good',
  cancelled: 'plain',
  failed: 'bad',
} as const satisfies Record<ImportView['state'], string>;

/** True while the server works on it. */
export function isRunning(state: ImportView['state']): boolean {
  return state === 'checking' || state === 'committing';
}

export interface OutcomeCount {
  readonly outcome: Outcome;
  readonly count: number;
}

/** The outcomes that an import in this state has, what needs the reader first. */
export function outcomesOf(item: ImportView): readonly OutcomeCount[] {
  const { rows } = item;
  const before: OutcomeCount[] = [
    { outcome: 'refused', count: rows.refused },
    { outcome: 'duplicate', count: rows.duplicates },
    { outcome: 'accepted', count: rows.accepted },
  ];
  const after: OutcomeCount[] = [
    { outcome: 'created', count: rows.created },
    { outcome: 'merged', count: rows.merged },
    { outcome: 'skipped', count: rows.skipped },
    { outcome: 'refused', count: rows.refused },
  ];
  const wasWritten = item.state === 'committed' || rows.created + rows.merged + rows.skipped > 0;
  return (wasWritten ? after : before).filter(({ count }) => count > 0);
}
