import { useState } from 'preact/hooks';
import type { SmeView } from '../../../server/smes/schema.ts';
import { api } from '../api/request.ts';
import { navigate } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure } from '../components/feedback.tsx';
import { t } from '../strings/text.ts';

/** Removes a company for good; for its cluster and the staff, asked twice. */
export function RemoveSme({ sme }: { sme: SmeView }) {
  const words = t.profile.remove;
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const remove = async () => {
    const sure = await askConfirm({
      title: words.question(sme.name),
      body: words.body,
      action: words.action,
    });
    if (!sure) return;
    setBusy(true);
    setFailure(null);
    try {
      await api.remove(`/smes/${encodeURIComponent(sme.id)}`);
      announce(words.done(sme.name));
      await navigate(currentUser().role === 'cluster' ? '/members' : '/companies');
    } catch (error) {
      setFailure(error);
      setBusy(false);
    }
  };
  return (
    <section class="remove-block" aria-labelledby="profile-remove">
      <h2 id="profile-remove">{words.title}</h2>
      <p class="fine">{words.body}</p>
      {failure !== null && <Failure error={failure} />}
      <div class="actions">
        <Button kind="danger" busy={busy} onClick={() => void remove()}>
          {words.action}
        </Button>
      </div>
    </section>
  );
}
