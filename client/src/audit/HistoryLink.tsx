import { session } from '../app/session.ts';
import { t } from '../strings/text.ts';

/** For staff: to everything that was decided on one thing. */
export function HistoryLink({ kind, id }: { kind: string; id: string }) {
  const current = session.value;
  if (current.state !== 'in' || current.user.role !== 'staff') return null;
  return <a href={`/audit?kind=${kind}&thingId=${encodeURIComponent(id)}`}>{t.audit.history}</a>;
}
