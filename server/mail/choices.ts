import { Schema, trusted, type Connection, type Model } from 'mongoose';
import { defineRoute, type Route } from '../http/route.ts';
import type { PersonalData } from '../privacy/personal-data.ts';
import { allowedAmong } from '../privacy/standing.ts';
import { mailChoicesSchema, mailKindSchema, type MailChoices, type MailKind } from './schema.ts';
import { modelOn } from '../storage/model-on.ts';

/** What an account does not want by mail; `_id` is the account. No record: it gets everything. */
interface ChoicesRecord {
  _id: string;
  off: MailKind[];
}

const choicesSchema = new Schema<ChoicesRecord>(
  { _id: String, off: [String] },
  { collection: 'mailchoices', versionKey: false },
);

function choicesModel(connection: Connection): Model<ChoicesRecord> {
  return modelOn<ChoicesRecord>(connection, 'MailChoices', choicesSchema);
}

/** Which mail each account wants. */
export interface MailChoicesStore {
  of(accountId: string): Promise<MailChoices>;
  set(accountId: string, choices: MailChoices): Promise<MailChoices>;
  /** This kind comes no more; the others stay as they were chosen. */
  turnOff(accountId: string, kind: MailKind): Promise<void>;
  /** Those of these accounts that want mail of this kind. */
  wanting(kind: MailKind, accountIds: readonly string[]): Promise<ReadonlySet<string>>;
  readonly personalData: PersonalData;
}

const KINDS = mailKindSchema.options;

function present(off: readonly MailKind[]): MailChoices {
  const wants = (kind: MailKind): boolean => !off.includes(kind);
  return {
    suggestions: wants('suggestions'),
    news: wants('news'),
    questions: wants('questions'),
    reports: wants('reports'),
    needs: wants('needs'),
  };
}

export function createMailChoices(connection: Connection): MailChoicesStore {
  const records = choicesModel(connection);
  return {
    async of(accountId) {
      return present((await records.findById(accountId).lean<ChoicesRecord>().exec())?.off ?? []);
    },
    async set(accountId, choices) {
      const off = KINDS.filter((kind) => !choices[kind]);
      await records.updateOne({ _id: accountId }, { $set: { off } }, { upsert: true }).exec();
      return choices;
    },
    async turnOff(accountId, kind) {
      await records.updateOne({ _id: accountId }, { $addToSet: { off: kind } }, { upsert: true }).exec();
    },
    async wanting(kind, accountIds) {
      // Who agreed to no mails about news at all gets none of any kind.
      const agreed = await allowedAmong(connection, 'mails', accountIds);
      const refusing = await records
        .find({ _id: trusted({ $in: [...accountIds] }), off: kind }, { _id: 1 })
        .lean<Pick<ChoicesRecord, '_id'>[]>()
        .exec();
      const not = new Set(refusing.map(({ _id }) => _id));
      return new Set(accountIds.filter((id) => agreed.has(id) && !not.has(id)));
    },
    personalData: {
      name: 'mail-choices',
      title: 'Which mail you get',
      stays: null,
      async exportOf({ kind, id }) {
        const record = kind === 'account' ? await records.findById(id).lean<ChoicesRecord>().exec() : null;
        return record ? [{ ...present(record.off) }] : [];
      },
      async erase({ kind, id }) {
        if (kind !== 'account') return 0;
        return (await records.deleteOne({ _id: id }).exec()).deletedCount;
      },
    },
  };
}

/** The signed-in account's own choice of mail. */
export function mailChoicesRoutes(choices: MailChoicesStore): Route[] {
  const tag = 'Accounts';
  return [
    defineRoute({
      method: 'get',
      path: '/account/mail',
      id: 'getMailChoices',
      tag,
      summary: 'Which mail your account gets',
      access: 'signed-in',
      reply: mailChoicesSchema,
      handle: ({ viewer }) => choices.of(viewer.id),
    }),
    defineRoute({
      method: 'put',
      path: '/account/mail',
      id: 'setMailChoices',
      tag,
      summary: 'Choose which mail your account gets',
      access: 'signed-in',
      body: mailChoicesSchema,
      reply: mailChoicesSchema,
      handle: ({ viewer, body }) => choices.set(viewer.id, body),
    }),
  ];
}
