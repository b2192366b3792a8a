import { useState } from 'preact/hooks';
import type { NeedStep, NeedView } from '../../../server/needs/schema.ts';
import { api } from '../api/request.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { formatMoment } from '../components/format.ts';
import { t } from '../strings/text.ts';
import { ReasonDialog } from './ReasonDialog.tsx';

const words = t.needs;
type Own = NonNullable<NeedView['own']>;

/** What the staff said, and what is still missing. */
export function ReviewNotes({ needId, own }: { needId: string; own: Own }) {
  const { review, missing, steps } = own;
  const titles: Readonly<Partial<Record<NeedStep, string>>> = words.page.reviewed;
  return (
    <>
      {review !== null && review.text !== '' && (
        <Notice kind="warning" title={titles[review.step]}>
          <p class="own-words">{review.text}</p>
          <p class="fine">{formatMoment(review.at)}</p>
        </Notice>
      )}
      {missing.length > 0 && steps.includes('submit') && (
        <Notice title={words.page.missing}>
          <ul>
            {missing.map(({ field, message }) => (
              <li key={field}>{message}</li>
            ))}
          </ul>
          <ButtonLink href={`/needs/${needId}/edit`} small>
            {words.page.complete}
          </ButtonLink>
        </Notice>
      )}
    </>
  );
}

/** Steps that must be confirmed, or need a reason that others read. */
const CONFIRMED = {
  publish: words.confirm.publish,
  close: words.confirm.close,
  withdraw: words.confirm.withdraw,
};
const REASONED = { 'ask-back': words.reason['ask-back'], reject: words.reason.reject };
const MAIN: readonly NeedStep[] = ['submit', 'publish'];

const isReasoned = (step: NeedStep): step is keyof typeof REASONED => step in REASONED;
const isConfirmed = (step: NeedStep): step is keyof typeof CONFIRMED => step in CONFIRMED;

/** What the reader may do with a need now. */
export function StepButtons(props: { need: NeedView; own: Own; onChanged: (need: NeedView) => void }) {
  const { need, own, onChanged } = props;
  const [busy, setBusy] = useState<NeedStep | null>(null);
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState<keyof typeof REASONED | null>(null);
  const take = async (step: NeedStep, reason: string): Promise<void> => {
    const after = await api.post<NeedView>(`/needs/${need.id}/steps`, {
      step,
      version: own.version,
      reason,
    });
    announce(words.stepsDone[step]);
    onChanged(after);
  };
  const begin = async (step: NeedStep): Promise<void> => {
    if (isReasoned(step)) {
      setAsking(step);
      return;
    }
    if (isConfirmed(step)) {
      const question = { ...CONFIRMED[step], action: words.steps[step], danger: step !== 'publish' };
      if (!(await askConfirm(question))) return;
    }
    setBusy(step);
    setError(null);
    try {
      await take(step, '');
    } catch (failure) {
      setError(failure);
    }
    setBusy(null);
  };
  const mayEdit = need.state === 'draft' || need.state === 'published' || currentUser().role === 'staff';
  const open = need.state === 'draft' || need.state === 'submitted' || need.state === 'published';
  return (
    <div class="stack-small">
      {error !== null && <Failure error={error} />}
      <div class="actions">
        {own.steps.map((step) => (
          <Button
            key={step}
            kind={MAIN.includes(step) ? 'primary' : step === 'withdraw' ? 'quiet' : 'secondary'}
            busy={busy === step}
            disabled={step === 'submit' && own.missing.length > 0}
            onClick={() => void begin(step)}
          >
            {words.steps[step]}
          </Button>
        ))}
        {open && mayEdit && (
          <ButtonLink href={`/needs/${need.id}/edit`} icon="edit">
            {words.page.edit}
          </ButtonLink>
        )}
      </div>
      {asking !== null && (
        <ReasonDialog
          {...REASONED[asking]}
          hint={words.reason.hint}
          send={(reason) => take(asking, reason)}
          onClose={() => {
            setAsking(null);
          }}
        />
      )}
    </div>
  );
}
