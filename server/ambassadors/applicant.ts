import { trusted } from 'mongoose';
import type { Logger } from 'pino';
import { hashToken, newToken } from '../accounts/tokens.ts';
import { conflict, HttpProblem, invalidField, staleVersion } from '../http/errors.ts';
import type { Post } from '../mail/post.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import { newId } from '../storage/ids.ts';
import { OPEN_STATES, openKeyOf, type Applications } from './applications.ts';
import { loadConsent } from './criteria.ts';
import type { FormTokens } from './form-token.ts';
import { confirmMail, newLinkMail } from './mails.ts';
import type { ApplicationRecord } from './model.ts';
import { presentOwn } from './present.ts';
import type { ApplicationInput, OwnApplication } from './schema.ts';

const DAY_MS = 86_400_000;
/** What nobody confirmed is deleted after so many days. */
export const CONFIRM_DAYS = 7;
/** Applications that wait to be confirmed from one address of e-mail within a day: nobody's mailbox is filled through us. */
export const UNCONFIRMED_MAX = 3;
/** Between two links that are asked for. */
export const LINK_EVERY_MS = 10 * 60_000;
const CHANGEABLE = ['unconfirmed', ...OPEN_STATES] as const;

export interface ApplicantDeps {
  readonly applications: Applications;
  readonly forms: FormTokens;
  readonly post: Post;
  readonly link: (token: string) => string;
  readonly log: Pick<Logger, 'info'>;
}

export type Applicant = ReturnType<typeof createApplicant>;

function alreadyApplied(): HttpProblem {
  return conflict(
    'already-applied',
    'An application of this cluster is with the team already. Whoever sent it can follow it by the link in their mail.',
  );
}

function closed(state: ApplicationRecord['state']): HttpProblem {
  return conflict('application-closed', `This application is ${state}: it can no longer be changed.`);
}

const isChangeable = (state: ApplicationRecord['state']): boolean =>
  CHANGEABLE.some((open) => open === state);

/** What somebody without an account can do: apply, confirm, follow, correct, answer, withdraw. Everything after the first goes by the mailed link. */
export function createApplicant({ applications, forms, post, link, log }: ApplicantDeps) {
  const { records, now: clock } = applications;
  const consent = loadConsent();

  const recipient = (record: ApplicationRecord, token: string) => ({
    email: record.contactEmail ?? '',
    contactName: record.contactName ?? '',
    name: record.name,
    link: link(token),
  });

  async function checkMailbox(email: string, now: Date): Promise<void> {
    const since = trusted({ $gt: new Date(now.getTime() - DAY_MS) });
    const waiting = await records.countDocuments({
      contactEmail: email,
      state: 'unconfirmed',
      createdAt: since,
    });
    if (waiting < UNCONFIRMED_MAX) return;
    throw new HttpProblem({
      status: 429,
      code: 'confirm-first',
      detail:
        'This e-mail address has several applications that wait for it. Open the link in one of these mails first.',
    });
  }

  async function insert(formId: string, input: ApplicationInput): Promise<void> {
    const now = clock();
    const id = newId();
    const token = newToken();
    const record: ApplicationRecord = {
      _id: id,
      version: 1,
      state: 'unconfirmed',
      formId,
      tokenHash: hashToken(token),
      openKey: id,
      ...(await applications.fieldsOf(input)),
      consentVersion: consent.version,
      consentAt: now,
      reviewerId: null,
      reviewerName: null,
      messages: [],
      verdict: null,
      decisionReason: '',
      decidedAt: null,
      decidedById: null,
      clusterId: null,
      sentAt: now,
      sentCount: 1,
      createdAt: now,
      submittedAt: null,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + CONFIRM_DAYS * DAY_MS),
    };
    await records.insertMany([record]);
    post.send(confirmMail(recipient(record, token), CONFIRM_DAYS));
  }

  /** One write that goes through only if nobody was first; a name that is taken is told as such. */
  async function write(
    before: ApplicationRecord,
    fields: Partial<ApplicationRecord>,
  ): Promise<ApplicationRecord | null> {
    try {
      return await records
        .findOneAndUpdate(
          { _id: before._id, version: before.version, state: before.state },
          { $set: { ...fields, updatedAt: clock() }, $inc: { version: 1 } },
          { returnDocument: 'after' },
        )
        .lean<ApplicationRecord>()
        .exec();
    } catch (error) {
      if (isDuplicateKey(error)) throw alreadyApplied();
      throw error;
    }
  }

  async function sendNewLink(email: string): Promise<void> {
    const now = clock();
    const found = await records
      .findOne({ contactEmail: email, sentAt: trusted({ $lt: new Date(now.getTime() - LINK_EVERY_MS) }) })
      .sort({ _id: -1 })
      .lean<ApplicationRecord>()
      .exec();
    if (found === null) return;
    const token = newToken();
    const { modifiedCount } = await records.updateOne(
      { _id: found._id, tokenHash: found.tokenHash },
      { $set: { tokenHash: hashToken(token), sentAt: now }, $inc: { sentCount: 1 } },
    );
    if (modifiedCount === 0) return;
    const to = recipient(found, token);
    post.send(found.state === 'unconfirmed' ? confirmMail(to, CONFIRM_DAYS) : newLinkMail(to));
  }

  return {
    /** What the form needs to be sent. */
    form: () => ({ form: forms.issue(), consent }),

    /** Takes a form in and mails the link that confirms it. Sent twice, it is one application. */
    async apply(sent: {
      form: string;
      consentVersion: string;
      nickname: string;
      application: ApplicationInput;
    }): Promise<{ mailedTo: string }> {
      const { application } = sent;
      const done = { mailedTo: application.contactEmail };
      if (sent.nickname !== '') {
        // A program filled in what people do not see: it is told what people are told, and nothing is kept.
        log.info({ event: 'application_trapped' }, 'an application of a program was dropped');
        return done;
      }
      const formId = forms.check(sent.form);
      if (sent.consentVersion !== consent.version) {
        throw conflict(
          'consent-changed',
          'The text to agree to has changed. Load the page again and read it once more.',
        );
      }
      if ((await records.exists({ formId })) !== null) return done;
      await checkMailbox(application.contactEmail, clock());
      try {
        await insert(formId, application);
      } catch (error) {
        // The second click of two at once.
        if (!isDuplicateKey(error)) throw error;
      }
      return done;
    },

    /** @throws HttpProblem 410 */
    async lookUp(token: string): Promise<OwnApplication> {
      return presentOwn(await applications.byToken(token));
    },

    /** Puts the application into the team's queue; safe to repeat. @throws HttpProblem 410, 409 another one of this cluster is there */
    async confirm(token: string): Promise<OwnApplication> {
      const before = await applications.byToken(token);
      if (before.state !== 'unconfirmed') return presentOwn(before);
      const after = await write(before, {
        state: 'submitted',
        openKey: openKeyOf(before),
        submittedAt: clock(),
        expiresAt: null,
      });
      if (after === null) return presentOwn(await applications.byToken(token));
      await applications.note('system', 'submit', null, after);
      await applications.rescore();
      return presentOwn(await applications.byToken(token));
    },

    /** Corrects an application that is not decided yet, and answers what the team asked. */
    async change(
      token: string,
      change: { version: number; application: ApplicationInput; answer: string },
    ): Promise<OwnApplication> {
      const before = await applications.byToken(token);
      if (!isChangeable(before.state)) throw closed(before.state);
      if (change.version !== before.version) throw staleVersion('application');
      const { application, answer } = change;
      if (application.contactEmail !== before.contactEmail) {
        throw invalidField(
          'application.contactEmail',
          'stays as it was confirmed: to use another address, withdraw this application and send a new one',
        );
      }
      if (before.state === 'more-asked' && answer === '')
        throw invalidField('answer', 'must answer what the team asked');
      const at = clock();
      const after = await write(before, {
        ...(await applications.fieldsOf(application)),
        ...(before.state === 'unconfirmed' ? {} : { state: 'submitted', openKey: openKeyOf(application) }),
        ...(answer === '' ? {} : { messages: [...before.messages, { by: 'applicant', at, text: answer }] }),
      });
      if (after === null) throw staleVersion('application');
      if (after.state !== 'unconfirmed') await applications.note('system', 'change', before, after);
      return presentOwn(after);
    },

    /** Takes an application back: its contact is erased, and one that was never confirmed is deleted as a whole. */
    async withdraw(token: string): Promise<void> {
      const before = await applications.byToken(token);
      if (!isChangeable(before.state)) throw closed(before.state);
      if (before.state === 'unconfirmed') {
        await records.deleteOne({ _id: before._id, state: 'unconfirmed' }).exec();
        return;
      }
      const after = await write(before, {
        state: 'withdrawn',
        openKey: before._id,
        contactName: null,
        contactEmail: null,
      });
      if (after === null) throw staleVersion('application');
      await applications.note('system', 'withdraw', before, after);
    },

    /** Mails a new link, where there is an application; whether there is one shows neither in the answer nor in its time. */
    sendLink(email: string): void {
      post.prepare(() => sendNewLink(email));
    },
  };
}
