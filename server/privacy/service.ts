import type { AccountsService } from '../accounts/service.ts';
import type { Viewer } from '../accounts/viewer.ts';
import type { Audit } from '../audit/audit.ts';
import { invalidField, notFound } from '../http/errors.ts';
import { newId } from '../storage/ids.ts';
import type { Erasures } from './erasure.ts';
import type { PersonalData, PersonalRecord, Subject } from './personal-data.ts';
import { subjectsOf } from './policy.ts';
import type { ErasureView, PersonalDataView } from './schema.ts';

export interface PrivacyServiceDeps {
  readonly clock: () => Date;
  readonly audit: Audit;
  readonly personalData: () => readonly PersonalData[];
  readonly erasures: Pick<Erasures, 'run'>;
  readonly accounts: Pick<AccountsService, 'close'>;
  /** Takes an SME out of everything, as its cluster's withdrawal does. */
  readonly withdrawSme: (viewer: Viewer, smeId: string) => Promise<ErasureView>;
}

/** Everything about one subject, by section. */
export type EverythingAbout = Record<string, { title: string; records: readonly PersonalRecord[] }>;

export interface PrivacyService {
  /** What there is about the viewer, and about the SME that it speaks for, in figures. */
  overview(viewer: Viewer): Promise<PersonalDataView>;
  /** Everything about the viewer, and about the SME that it speaks for. That it was taken out is recorded. */
  everything(viewer: Viewer): Promise<{ at: string } & Partial<Record<Subject['kind'], EverythingAbout>>>;
  /** One section. @throws HttpProblem 404 */
  section(viewer: Viewer, kind: Subject['kind'], name: string): Promise<readonly PersonalRecord[]>;
  /** Erases the viewer, or the SME that it speaks for with all its accounts. @throws HttpProblem 400, 409 for the last staff account */
  erase(viewer: Viewer, what: Subject['kind']): Promise<ErasureView>;
}

/** One's own data: what there is, as a file, and gone. */
export function createPrivacyService(deps: PrivacyServiceDeps): PrivacyService {
  const { audit } = deps;

  function subjectFor(viewer: Viewer, kind: Subject['kind']): Subject {
    const subject = subjectsOf(viewer).find((one) => one.kind === kind);
    if (!subject) throw invalidField('what', 'this account does not speak for a company');
    return subject;
  }

  async function recordExport(viewer: Viewer, of: string): Promise<void> {
    await audit.record({
      actor: viewer,
      action: 'privacy.export',
      thing: { kind: 'export', id: newId() },
      before: null,
      after: { of, subjects: subjectsOf(viewer).map(({ kind, id }) => ({ kind, id })) },
    });
  }

  async function about(subject: Subject): Promise<EverythingAbout> {
    const sections: EverythingAbout = {};
    for (const data of deps.personalData()) {
      const records = await data.exportOf(subject);
      if (records.length > 0) sections[data.name] = { title: data.title, records };
    }
    return sections;
  }

  return {
    async overview(viewer) {
      const sections: PersonalDataView['sections'] = [];
      for (const { kind, ...rest } of subjectsOf(viewer)) {
        for (const data of deps.personalData()) {
          const records = (await data.exportOf({ kind, ...rest })).length;
          if (records === 0) continue;
          sections.push({ name: data.name, of: kind, title: data.title, records, stays: data.stays });
        }
      }
      return { sections };
    },

    async everything(viewer) {
      await recordExport(viewer, 'everything');
      const found: Partial<Record<Subject['kind'], EverythingAbout>> = {};
      for (const subject of subjectsOf(viewer)) found[subject.kind] = await about(subject);
      return { at: deps.clock().toISOString(), ...found };
    },

    async section(viewer, kind, name) {
      const subject = subjectsOf(viewer).find((one) => one.kind === kind);
      const data = deps.personalData().find((one) => one.name === name);
      if (!subject || !data) throw notFound('section');
      await recordExport(viewer, name);
      return data.exportOf(subject);
    },

    async erase(viewer, what) {
      const subject = subjectFor(viewer, what);
      if (subject.kind === 'sme') return deps.withdrawSme(viewer, subject.id);
      // The last staff account is refused here, before anything is gone.
      await deps.accounts.close(subject.id, viewer);
      const { _id, counts } = await deps.erasures.run(subject, viewer);
      return { id: _id, counts };
    },
  };
}
