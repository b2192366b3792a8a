import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { OverviewOfPeriod } from './OverviewOfPeriod.tsx';
import { OwnReport } from './OwnReport.tsx';

/** One period: a cluster's own report, or for staff where all reports stand. */
export function PeriodPage({ params }: PageProps) {
  const periodId = params.periodId ?? '';
  const { role, clusterId } = currentUser();
  if (role === 'cluster') return <OwnReport periodId={periodId} clusterId={clusterId ?? ''} />;
  return <OverviewOfPeriod periodId={periodId} />;
}
