import { useState } from 'preact/hooks';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Failure } from '../components/feedback.tsx';
import { ReasonDialog } from '../components/ReasonDialog.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';

const words = t.programme.practices;

/** Staff hide a post or a comment, with a reason, or show it again. */
export function Moderation(props: { path: string; hidden: boolean; onDone: () => void }) {
  const [asking, setAsking] = useState(false);
  const { busy, failure, run } = useAction();
  const show = () =>
    void run(async () => {
      await api.put(`${props.path}/moderation`, { hidden: false });
      props.onDone();
    }, words.moderated);
  return (
    <>
      {failure !== null && <Failure error={failure} />}
      {props.hidden ? (
        <Button small busy={busy} onClick={show}>
          {words.show}
        </Button>
      ) : (
        <Button
          small
          kind="danger"
          onClick={() => {
            setAsking(true);
          }}
        >
          {words.hide}
        </Button>
      )}
      {asking && (
        <ReasonDialog
          title={words.hideTitle}
          label={words.hideReason}
          hint={words.hideHint}
          action={words.hideAction}
          name="reason"
          onClose={() => {
            setAsking(false);
          }}
          send={async (reason) => {
            await api.put(`${props.path}/moderation`, { hidden: true, reason });
            setAsking(false);
            props.onDone();
          }}
        />
      )}
    </>
  );
}
