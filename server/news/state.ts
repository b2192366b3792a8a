import type { AuditedState } from '../audit/audit.ts';
import type { AnnouncementRecord } from './model.ts';
import type { AnnouncementAction } from './schema.ts';

type State = AnnouncementRecord['state'];

/** From which states each action leads where. */
export const TRANSITIONS: Readonly<
  Record<AnnouncementAction['action'], { from: readonly State[]; to: State }>
> = {
  publish: { from: ['draft', 'withdrawn'], to: 'scheduled' },
  unschedule: { from: ['scheduled'], to: 'draft' },
  withdraw: { from: ['scheduled', 'published'], to: 'withdrawn' },
};

/** What was decided about an announcement, for the audit log. */
export function announcementState(record: AnnouncementRecord): AuditedState {
  return {
    version: record.version,
    title: record.title,
    words: record.words,
    links: record.links.map(({ label, url }) => ({ label, url })),
    target: {
      roles: [...record.target.roles],
      countries: [...record.target.countries],
      clusterIds: [...record.target.clusterIds],
    },
    earlyAt: record.earlyAt?.toISOString() ?? null,
    publicAt: record.publicAt?.toISOString() ?? null,
    mail: record.mail,
    state: record.state,
    reason: record.reason,
  };
}
