import type { People } from '../accounts/people.ts';
import type { AccountsService } from '../accounts/service.ts';
import type { Live } from '../live/live.ts';
import type { MailChoicesStore } from '../mail/choices.ts';
import type { Mail } from '../mail/mailer.ts';
import type { ReportRecord } from './model.ts';

export interface ReportTellingDeps {
  readonly accounts: Pick<AccountsService, 'accountsOf'>;
  readonly people: Pick<People, 'addresses'>;
  readonly live: Pick<Live, 'notify'>;
  readonly choices: Pick<MailChoicesStore, 'wanting'>;
  readonly send: (mail: Mail) => void;
  readonly publicUrl: () => string;
}

export function returnedMail(
  to: { email: string; name: string },
  report: Pick<ReportRecord, 'periodId' | 'note'>,
  publicUrl: string,
): Mail {
  return {
    to: to.email,
    subject: 'Your light report: something is missing',
    text: `${[
      `Good day ${to.name},`,
      `The staff ask you to complete your report:\n${report.note}`,
      `Open it here:\n${publicUrl}/reports/${report.periodId}`,
      `Choose which mail you get: ${publicUrl}/account`,
      'Tandem, the partner search for small companies',
    ].join('\n\n')}\n`,
  };
}

/** Tells the other side that a report was handed in, accepted or asked back; the last also by mail. */
export function createReportTelling(deps: ReportTellingDeps) {
  return async (report: ReportRecord): Promise<void> => {
    const { periodId, clusterId, state, version } = report;
    const cluster = await deps.accounts.accountsOf({ clusterId });
    const staff = await deps.accounts.accountsOf({ role: 'staff' });
    await deps.live.notify(
      [...cluster, ...staff],
      { kind: 'report', periodId, clusterId, state },
      `report:${report._id}:${version}`,
    );
    if (state !== 'returned') return;
    const wanting = await deps.choices.wanting('reports', cluster);
    for (const person of await deps.people.addresses([...wanting])) {
      deps.send(returnedMail(person, report, deps.publicUrl()));
    }
  };
}
