import type { ReportState } from '../../../server/reports/schema.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';

const looks = {
  none: 'plain',
  draft: 'plain',
  submitted: 'accent',
  returned: 'warning',
  accepted: 'good',
} as const;

/** How a report stands. */
export function ReportStateMark({ state }: { state: ReportState }) {
  return <Badge kind={looks[state]}>{t.programme.reports.states[state]}</Badge>;
}

/** True where the due day is over and the report was not handed in. */
export function isOverdue(dueOn: string, state: ReportState, now: number = serverNow()): boolean {
  const done = state === 'submitted' || state === 'accepted';
  return !done && now >= Date.parse(`${dueOn}T00:00:00Z`) + 86_400_000;
}
