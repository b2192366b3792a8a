import type { Connection } from 'mongoose';
import { accountModel, type AccountRecord } from '../accounts/model.ts';
import type { Mail } from '../mail/mailer.ts';
import { choicesLines, type UnsubscribeUrls } from '../mail/unsubscribe.ts';
import { isDuplicateKey } from '../storage/duplicate-key.ts';
import type { StoredLists } from '../suggestions/lists.ts';
import type { PartnersView } from '../suggestions/schema.ts';
import { trusted } from 'mongoose';
import { digestModel } from './model.ts';
import type { JobRun } from './run.ts';

export interface DigestDeps {
  readonly connection: Connection;
  readonly clock: () => Date;
  readonly lists: Pick<StoredLists, 'findMany'>;
  readonly partnersOf: (smeId: string) => Promise<PartnersView | null>;
  readonly countryName: (code: string) => string;
  readonly publicUrl: () => string;
  readonly send: (mail: Mail) => void;
  /** Those of these accounts that want this mail. */
  readonly wanting: (accountIds: readonly string[]) => Promise<ReadonlySet<string>>;
  /** Addresses that end this mail for an account. */
  readonly unsubscribe: (accountId: string) => UnsubscribeUrls;
}

const BATCH = 200;
const SHOWN = 5;

export function digestMail(
  account: Pick<AccountRecord, 'email' | 'name'>,
  partners: PartnersView['partners'],
  options: { countryName: (code: string) => string; publicUrl: string; unsubscribe: UnsubscribeUrls },
): Mail {
  const lines = partners
    .slice(0, SHOWN)
    .map(
      ({ partner, summary }) => `- ${partner.name} (${options.countryName(partner.country)})\n  ${summary}`,
    );
  return {
    to: account.email,
    subject: 'New partners for you on Tandem',
    oneClick: options.unsubscribe.oneClick,
    text: [
      `Good day ${account.name},`,
      'Your list of suggested partners has changed. These come first now:',
      lines.join('\n'),
      `See all of them, with the reasons:\n${options.publicUrl}/partners`,
      choicesLines(options.publicUrl, options.unsubscribe),
      'Tandem, the partner search for small companies\n',
    ].join('\n\n'),
  };
}

/**
 * One mail for each SME account whose list changed since its last digest. The day is claimed in the database before the mail leaves: a
 * run that is repeated, or that runs in two processes at once, mails nobody twice.
 *
 * @throws the signal's reason where the run was stopped
 */
export async function sendDigests(deps: DigestDeps, { signal, progress }: JobRun): Promise<string> {
  const { clock, lists, send } = deps;
  const accounts = accountModel(deps.connection);
  const digests = digestModel(deps.connection);
  const day = clock().toISOString().slice(0, 10);

  /** True for exactly one caller per account and day, and only for a list that was not mailed before. */
  async function claim(accountId: string, listVersion: number): Promise<boolean> {
    const older = { day: trusted({ $ne: day }), listVersion: trusted({ $lt: listVersion }) };
    const { matchedCount } = await digests
      .updateOne({ _id: accountId, ...older }, { $set: { day, listVersion } })
      .exec();
    if (matchedCount === 1) return true;
    if (await digests.exists({ _id: accountId }).exec()) return false;
    try {
      await digests.insertMany([{ _id: accountId, day, listVersion }], { lean: true });
      return true;
    } catch (error) {
      if (isDuplicateKey(error)) return false;
      throw error;
    }
  }

  async function mailTo(account: AccountRecord, smeId: string): Promise<void> {
    const view = await deps.partnersOf(smeId);
    if (!view || view.partners.length === 0) return;
    const { countryName } = deps;
    const options = { countryName, publicUrl: deps.publicUrl(), unsubscribe: deps.unsubscribe(account._id) };
    send(digestMail(account, view.partners, options));
  }

  const meant = { role: 'sme', state: 'active' } as const;
  const total = await accounts.countDocuments(meant).exec();
  let sent = 0;
  let seen = 0;
  let after = '';
  for (;;) {
    const batch = await accounts
      .find({ _id: trusted({ $gt: after }), ...meant })
      .sort({ _id: 1 })
      .limit(BATCH)
      .lean<AccountRecord[]>()
      .exec();
    const known = await lists.findMany(batch.flatMap(({ smeId }) => smeId ?? []));
    const wanting = await deps.wanting(batch.map(({ _id }) => _id));
    for (const account of batch) {
      signal.throwIfAborted();
      seen += 1;
      progress(seen, Math.max(total, seen));
      if (!wanting.has(account._id)) continue;
      const list = known.get(account.smeId ?? '');
      if (!list || list.entries.length === 0) continue;
      if (!(await claim(account._id, list.listVersion))) continue;
      await mailTo(account, list._id);
      sent += 1;
    }
    const last = batch.at(-1);
    if (!last) return sent === 1 ? '1 mail sent.' : `${sent} mails sent.`;
    after = last._id;
  }
}
