import { useLoad } from '../api/useLoad.ts';
import { CopyButton } from '../components/CopyButton.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Show } from '../components/feedback.tsx';
import { TextField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.calendar;

/** The address under which a calendar program follows the programme. */
export function FollowDialog({ onClose }: { onClose: () => void }) {
  const loaded = useLoad<{ url: string }>('/calendar/feed');
  return (
    <Dialog title={words.follow} onClose={onClose}>
      <Show of={loaded} lines={1}>
        {({ url }) => <FollowAddress url={url} />}
      </Show>
    </Dialog>
  );
}

/** The secret address of a calendar, to be copied into a calendar program. */
export function FollowAddress({ url }: { url: string }) {
  return (
    <div class="stack-small">
      <p>{words.followBody}</p>
      <TextField label={words.followAddress} name="url" readOnly value={url} onInput={() => undefined} />
      <div class="actions">
        <CopyButton text={url} />
      </div>
    </div>
  );
}
