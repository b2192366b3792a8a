import { trusted, type Connection } from 'mongoose';
import type { Audience, Recipient } from '../audience/audience.ts';
import type { Audit } from '../audit/audit.ts';
import type { Live } from '../live/live.ts';
import type { MailChoicesStore } from '../mail/choices.ts';
import type { Mail } from '../mail/mailer.ts';
import { choicesLines, type UnsubscribeUrls } from '../mail/unsubscribe.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { announcementModel, newsMailModel, type AnnouncementRecord } from './model.ts';
import { announcementState } from './state.ts';

export interface TellingDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly audience: Pick<Audience, 'recipients'>;
  readonly live: Pick<Live, 'notify'>;
  readonly mail: Pick<MailChoicesStore, 'wanting'>;
  readonly send: (mail: Mail) => void;
  readonly publicUrl: () => string;
  /** Addresses that end this mail for an account. */
  readonly unsubscribe: (accountId: string) => UnsubscribeUrls;
  readonly audit: Audit;
}

const DAY = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });

export function newsMail(
  to: Pick<Recipient, 'email' | 'name'>,
  news: Pick<AnnouncementRecord, '_id' | 'title' | 'words'>,
  options: { publicUrl: string; embargoUntil: Date | null; unsubscribe: UnsubscribeUrls },
): Mail {
  const embargo =
    options.embargoUntil === null
      ? []
      : [`Under embargo until ${DAY.format(options.embargoUntil)} UTC: please do not pass it on before.`];
  return {
    to: to.email,
    subject: news.title,
    oneClick: options.unsubscribe.oneClick,
    text: `${[
      `Good day ${to.name},`,
      ...embargo,
      news.words,
      `Read it on Tandem:\n${options.publicUrl}/news/${news._id}`,
      choicesLines(options.publicUrl, options.unsubscribe),
      'Tandem, the partner search for small companies',
    ].join('\n\n')}\n`,
  };
}

/**
 * Problem: an announcement becomes visible at an hour, to some hundred or thousand accounts, in two steps, while several processes run.
 * Method: what a reader may see is a matter of the times alone, so nobody waits for this. Telling goes over all recipients; the live
 * stream takes each announcement once per account (its key is unique), and a mail is claimed in the database before it leaves. Only when all
 * were told is that noted, so a run that was cut off is done again, and what it had done already has no effect.
 */
export function createTelling(deps: TellingDeps) {
  const { clock, audience, live, audit } = deps;
  const announcements = announcementModel(deps.connection);
  const mails = newsMailModel(deps.connection);

  /** True for exactly one caller per account and announcement. */
  async function claimMail(announcementId: string, accountId: string): Promise<boolean> {
    try {
      await mails.insertMany([{ _id: `${announcementId}:${accountId}`, announcementId, accountId }], {
        lean: true,
      });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async function mailTo(record: AnnouncementRecord, people: readonly Recipient[]): Promise<void> {
    const ids = people.map(({ _id }) => _id);
    const wanting = await deps.mail.wanting('news', ids);
    const embargoed = record.publicAt !== null && record.publicAt > clock();
    for (const person of people) {
      if (!wanting.has(person._id) || !(await claimMail(record._id, person._id))) continue;
      deps.send(
        newsMail(person, record, {
          publicUrl: deps.publicUrl(),
          embargoUntil: embargoed ? record.publicAt : null,
          unsubscribe: deps.unsubscribe(person._id),
        }),
      );
    }
  }

  /** @returns how many accounts it is for */
  async function tell(record: AnnouncementRecord, early: boolean): Promise<number> {
    let count = 0;
    for await (const people of audience.recipients(record.target, early ? ['cluster'] : undefined)) {
      const notice = { kind: 'announcement', announcementId: record._id } as const;
      await live.notify(
        people.map(({ _id }) => _id),
        notice,
        `announcement:${record._id}`,
      );
      if (record.mail) await mailTo(record, people);
      count += people.length;
    }
    return count;
  }

  /** The hour has come for the clusters. */
  async function tellEarly(record: AnnouncementRecord): Promise<void> {
    await tell(record, true);
    await announcements.updateOne(
      { _id: record._id, version: record.version },
      { $set: { toldEarly: true } },
    );
  }

  /** The hour has come for everybody: of several processes, one notes it. */
  async function tellAll(record: AnnouncementRecord): Promise<void> {
    await tell(record, false);
    const after = { ...record, state: 'published' as const, version: record.version + 1 };
    const { matchedCount } = await announcements.updateOne(
      { _id: record._id, state: 'scheduled', version: record.version },
      { $set: { state: after.state, version: after.version, toldEarly: true } },
    );
    if (matchedCount === 0) return;
    await audit.record({
      actor: 'system',
      action: 'announcement.publish',
      thing: { kind: 'announcement', id: record._id },
      before: announcementState(record),
      after: announcementState(after),
    });
  }

  return {
    /** Tells everybody of what has become visible to them. Safe to repeat and to run in several processes. @returns how many were due */
    async tellDue(): Promise<number> {
      const now = clock();
      const due = trusted({ $lte: now });
      const scheduled = await announcements
        .find({ state: 'scheduled', $or: [{ publicAt: due }, { earlyAt: due, toldEarly: false }] })
        .lean<AnnouncementRecord[]>()
        .exec();
      for (const record of scheduled) {
        if (record.publicAt !== null && record.publicAt <= now) await tellAll(record);
        else await tellEarly(record);
      }
      return scheduled.length;
    },
  };
}
