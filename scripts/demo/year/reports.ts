import type { Page } from '../../../server/http/schema.ts';
import type { PeriodView, ReportExport, ReportLine, ReportView } from '../../../server/reports/schema.ts';
import { runJob } from './jobs.ts';
import { expect, type Story } from './story.ts';

/** First and last day that the reports are about, and the day by which they are due; days after the start. */
export const PERIOD = { from: 0, to: 120, due: 150 } as const;

export interface ReportsSummary {
  readonly reportsAccepted: number;
  readonly reportsOutstanding: number;
  readonly reminders: number;
  readonly peopleReached: number;
}

/** The people of a cluster, and the id of the cluster. */
export interface Manager {
  readonly name: string;
  readonly clusterId: string;
}

export async function openPeriod({ people, calendar }: Story): Promise<PeriodView> {
  const staff = await people.signIn('staff');
  const { from, to, due } = PERIOD;
  return staff.call<PeriodView>('POST', '/report-periods', {
    body: {
      name: 'First half of the year',
      from: calendar.dayAfterStart(from),
      to: calendar.dayAfterStart(to),
      dueOn: calendar.dayAfterStart(due),
    },
  });
}

/** What the cluster at this place in the list reached; drawn so that the sum can be checked. */
const reachedBy = (at: number): number => 100 + 10 * at;

/** Every manager but the last one reports; the first one is asked back and hands in again. */
export async function handIn(story: Story, period: PeriodView, managers: readonly Manager[]): Promise<void> {
  const { people, calendar, tell } = story;
  const staff = await people.signIn('staff');
  for (const [at, { name, clusterId }] of managers.slice(0, -1).entries()) {
    const path = `/report-periods/${period.id}/reports/${clusterId}`;
    const manager = await people.signIn(name);
    const blank = await manager.call<ReportView>('GET', path);
    const activity = {
      kind: 'newsletter',
      date: calendar.dayAfterStart(60),
      title: 'The open call in our newsletter',
      audience: 'members',
      reached: reachedBy(at),
    };
    const submit = async (version: number): Promise<ReportView> => {
      const saved = await manager.call<ReportView>('PUT', path, {
        body: { version, report: { activities: [activity], comments: '' } },
      });
      return manager.call<ReportView>('POST', `${path}/submit`, { body: { version: saved.version } });
    };
    let handedIn = await submit(blank.version);
    if (at === 0) {
      const returned = await staff.call<ReportView>('POST', `${path}/decision`, {
        body: { version: handedIn.version, decision: 'return', note: 'Was there an event as well?' },
      });
      handedIn = await submit(returned.version);
    }
    const accepted = await staff.call<ReportView>('POST', `${path}/decision`, {
      body: { version: handedIn.version, decision: 'accept' },
    });
    expect(story, `the report of ${name} is`, accepted.state, 'accepted');
  }
  tell(`${managers.length - 1} reports are accepted`);
}

/** The days before and after the due day: whoever has not reported is reminded; then all is collected and added up. */
export async function collect(
  story: Story,
  period: PeriodView,
  managers: readonly Manager[],
): Promise<ReportsSummary> {
  const { people, calendar, tell } = story;
  calendar.goTo(PERIOD.due - 3);
  await runJob(await people.signIn('staff'), 'report-reminders');
  calendar.goTo(PERIOD.due + 1);
  const staff = await people.signIn('staff');
  await runJob(staff, 'report-reminders');
  // The same job a second time reminds nobody twice.
  await runJob(staff, 'report-reminders');
  const { items } = await staff.call<Page<ReportLine>>(
    'GET',
    `/report-periods/${period.id}/reports?limit=100`,
  );
  const late = items.find(({ cluster }) => cluster.id === managers.at(-1)?.clusterId);
  expect(story, 'reminders of the cluster that did not report', (late?.reminders ?? 0) >= 1, true);
  const { reports } = await staff.call<ReportExport>('GET', `/report-periods/${period.id}/export`);
  const accepted = reports.filter(({ state }) => state === 'accepted');
  const reached = accepted.reduce((sum, report) => sum + report.reached, 0);
  const wanted = managers.slice(0, -1).reduce((sum, _, at) => sum + reachedBy(at), 0);
  expect(story, 'accepted reports', accepted.length, managers.length - 1);
  expect(story, 'people reached, by the export', reached, wanted);
  tell(`${late?.reminders ?? 0} reminders went to the cluster that is late`);
  return {
    reportsAccepted: accepted.length,
    reportsOutstanding: items.filter(({ state }) => state !== 'accepted').length,
    reminders: items.reduce((sum, line) => sum + line.reminders, 0),
    peopleReached: reached,
  };
}
