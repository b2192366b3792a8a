import { trusted, type Connection } from 'mongoose';
import type { People } from '../accounts/people.ts';
import type { AccountsService } from '../accounts/service.ts';
import { clusterModel } from '../clusters/model.ts';
import type { Live } from '../live/live.ts';
import type { MailChoicesStore } from '../mail/choices.ts';
import type { Mail } from '../mail/mailer.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { endOf, stageAt, type Stage } from './days.ts';
import { periodModel, reminderModel, reportModel, type PeriodRecord, type ReportRecord } from './model.ts';

export interface ReminderDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly accounts: Pick<AccountsService, 'accountsOf'>;
  readonly people: Pick<People, 'addresses'>;
  readonly live: Pick<Live, 'notify'>;
  readonly choices: Pick<MailChoicesStore, 'wanting'>;
  readonly send: (mail: Mail) => void;
  readonly publicUrl: () => string;
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' });
const OPENINGS: Readonly<Record<Stage, (due: string) => string>> = {
  before: (due) => `Your light report is due on ${due}.`,
  due: (due) => `Your light report is due: the day is ${due}.`,
  after: (due) => `Your light report was due on ${due}, and we do not have it yet.`,
};

export function reminderMail(
  to: { email: string; name: string },
  period: Pick<PeriodRecord, '_id' | 'name' | 'dueOn'>,
  options: { stage: Stage; publicUrl: string },
): Mail {
  const due = DAY.format(new Date(`${period.dueOn}T00:00:00Z`));
  return {
    to: to.email,
    subject: `Light report: ${period.name}`,
    text: `${[
      `Good day ${to.name},`,
      `${OPENINGS[options.stage](due)} It takes two minutes: what you did in Tandem is filled in already.`,
      `Open it here:\n${options.publicUrl}/reports/${period._id}`,
      `Choose which mail you get: ${options.publicUrl}/account`,
      'Tandem, the partner search for small companies',
    ].join('\n\n')}\n`,
  };
}

/**
 * Reminds clusters of the reports that are due. Each reminder is claimed in the database before it leaves, so that none is sent twice,
 * however often and in however many processes this runs.
 */
export function createReminders(deps: ReminderDeps) {
  const periods = periodModel(deps.connection);
  const reports = reportModel(deps.connection);
  const reminders = reminderModel(deps.connection);
  const clusters = clusterModel(deps.connection);

  /** True for exactly one caller. */
  async function claim(period: PeriodRecord, clusterId: string, stage: Stage): Promise<boolean> {
    const _id = `${period._id}:${clusterId}:${stage}`;
    try {
      await reminders.insertMany([{ _id, periodId: period._id, clusterId, stage, at: deps.clock() }], {
        lean: true,
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  /** Clusters that were there in the period, are with us still, and have not handed in. */
  async function missing(period: PeriodRecord): Promise<string[]> {
    const [all, done] = await Promise.all([
      clusters
        .find({ leftAt: null, createdAt: trusted({ $lt: endOf(period.to) }) }, { _id: 1 })
        .lean<{ _id: string }[]>()
        .exec(),
      reports
        .find({ periodId: period._id, state: trusted({ $in: ['submitted', 'accepted'] }) }, { clusterId: 1 })
        .lean<Pick<ReportRecord, 'clusterId'>[]>()
        .exec(),
    ]);
    const handedIn = new Set(done.map(({ clusterId }) => clusterId));
    return all.map(({ _id }) => _id).filter((id) => !handedIn.has(id));
  }

  /** @returns whether somebody was reminded */
  async function remind(period: PeriodRecord, clusterId: string, stage: Stage): Promise<boolean> {
    const people = await deps.accounts.accountsOf({ clusterId });
    // Nobody to remind: the claim is left for when somebody has an account.
    if (people.length === 0 || !(await claim(period, clusterId, stage))) return false;
    await deps.live.notify(
      people,
      { kind: 'report', periodId: period._id, clusterId, state: stage === 'after' ? 'overdue' : 'due' },
      `report-reminder:${period._id}:${stage}`,
    );
    const wanting = await deps.choices.wanting('reports', people);
    for (const person of await deps.people.addresses([...wanting])) {
      deps.send(reminderMail(person, period, { stage, publicUrl: deps.publicUrl() }));
    }
    return true;
  }

  return {
    /** Sends what is due. @returns how many clusters were reminded */
    async remindDue(): Promise<number> {
      let count = 0;
      for (const period of await periods.find().lean<PeriodRecord[]>().exec()) {
        const stage = stageAt(period.dueOn, deps.clock());
        if (stage === null) continue;
        for (const clusterId of await missing(period)) {
          if (await remind(period, clusterId, stage)) count += 1;
        }
      }
      return count;
    },
  };
}
