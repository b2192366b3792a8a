import type { CalendarEntryView } from '../../../server/calendar/schema.ts';
import { api } from '../api/request.ts';
import { ReasonDialog } from '../components/ReasonDialog.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.calendar;

/** Cancels an entry, with the reason. */
export function CancelDialog(props: { entry: CalendarEntryView; onClose: () => void; onDone: () => void }) {
  const { entry } = props;
  return (
    <ReasonDialog
      title={words.cancelTitle(entry.title)}
      label={words.reason}
      hint={words.reasonHint}
      action={words.cancelAction}
      name="reason"
      onClose={props.onClose}
      send={async (reason) => {
        await api.post(`/calendar/${encodeURIComponent(entry.id)}/cancel`, {
          version: entry.version,
          reason,
        });
        props.onDone();
      }}
    />
  );
}
