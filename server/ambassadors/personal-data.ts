import { trusted, type Connection, type QueryFilter } from 'mongoose';
import type { AccountsService } from '../accounts/service.ts';
import type { Audit } from '../audit/audit.ts';
import type { PersonalData, PersonalRecord } from '../privacy/personal-data.ts';
import type { KeptByFeature } from '../privacy/retention.ts';
import { applicationState } from './audited.ts';
import { applicationModel, type ApplicationRecord } from './model.ts';

export interface ApplicantsData extends PersonalData {
  /** Everything about the applicant with this address of e-mail: there need not be an account. */
  exportByEmail(email: string): Promise<readonly PersonalRecord[]>;
  /** Erases who applied; what stays says only which cluster applied. Answers with how many applications it changed. */
  eraseByEmail(email: string): Promise<number>;
  /** The contacts of applications that were rejected before a time, for the nightly retention. */
  readonly oldContacts: KeptByFeature;
}

/** What an application says about the person who sent it. */
export function createApplicantsData(deps: {
  connection: Connection;
  audit: Audit;
  accounts: Pick<AccountsService, 'find'>;
}): ApplicantsData {
  const records = applicationModel(deps.connection);

  const exportByEmail = async (email: string): Promise<readonly PersonalRecord[]> => {
    const found = await records.find({ contactEmail: email }).lean<ApplicationRecord[]>().exec();
    return found.map((application) => ({
      cluster: application.name,
      country: application.country,
      contactName: application.contactName,
      contactEmail: application.contactEmail,
      outreach: application.outreach,
      projects: application.projects,
      motivation: application.motivation,
      messages: application.messages.map(({ by, at, text }) => ({ by, at: at.toISOString(), text })),
      consent: { version: application.consentVersion, at: application.consentAt.toISOString() },
      state: application.state,
      createdAt: application.createdAt.toISOString(),
    }));
  };

  /** One that waits is withdrawn with it: nobody could be answered. */
  async function erase(filter: QueryFilter<ApplicationRecord>): Promise<number> {
    const { deletedCount } = await records.deleteMany({ ...filter, state: 'unconfirmed' }).exec();
    const found = await records.find(filter).lean<ApplicationRecord[]>().exec();
    for (const before of found) {
      const open = before.state === 'submitted' || before.state === 'more-asked';
      const after = await records
        .findOneAndUpdate(
          { _id: before._id },
          {
            $set: {
              contactName: null,
              contactEmail: null,
              messages: [],
              ...(open ? { state: 'withdrawn', openKey: before._id } : {}),
            },
            $inc: { version: 1 },
          },
          { returnDocument: 'after' },
        )
        .lean<ApplicationRecord>()
        .exec();
      if (after === null) continue;
      await deps.audit.record({
        actor: 'system',
        action: 'application.erase-contact',
        thing: { kind: 'application', id: after._id },
        before: applicationState(before),
        after: applicationState(after),
      });
    }
    return deletedCount + found.length;
  }

  const rejected = (before: Date): QueryFilter<ApplicationRecord> => ({
    contactEmail: trusted({ $ne: null }),
    state: 'rejected',
    decidedAt: trusted({ $lt: before }),
  });
  const emailOf = async (accountId: string) => (await deps.accounts.find(accountId))?.email ?? null;

  return {
    name: 'applications',
    title: 'Applications you sent to become an ambassador cluster',
    stays: 'Which cluster applied, its figures and the decision stay for the counts; who sent it does not.',
    exportByEmail,
    eraseByEmail: (email) => erase({ contactEmail: email }),
    oldContacts: {
      rule: 'rejected-applications',
      count: (before) => records.countDocuments(rejected(before)).exec(),
      applySome: (before) => erase(rejected(before)),
    },
    async exportOf(subject) {
      const email = subject.kind === 'account' ? await emailOf(subject.id) : null;
      return email === null ? [] : exportByEmail(email);
    },
    async erase(subject) {
      const email = subject.kind === 'account' ? await emailOf(subject.id) : null;
      return email === null ? 0 : erase({ contactEmail: email });
    },
  };
}
