import { useState } from 'preact/hooks';
import type { SmeCard } from '../../../server/smes/schema.ts';
import type { AnswerInput } from '../../../server/suggestions/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Form, useForm } from '../components/form.tsx';
import { RadioGroup, TextArea } from '../components/fields.tsx';
import { t } from '../strings/text.ts';

type Reason = AnswerInput['reason'];
const REASONS: readonly Reason[] = [
  'competitor',
  'already-know-them',
  'wrong-field',
  'wrong-maturity',
  'no-capacity',
  'other',
];

/** Asks why a partner is 'not for me', and sends the answer. */
export function DeclineDialog(props: {
  smeId: string;
  partner: SmeCard;
  /** Sends the answer in another way than at once, such as one that waits for the network. */
  send?: (answer: AnswerInput) => Promise<void>;
  onDone: () => void;
  onClose: () => void;
}) {
  const words = t.partners.decline;
  const [reason, setReason] = useState<Reason | null>(null);
  const [comment, setComment] = useState('');
  const form = useForm(async () => {
    // The form is not sent without a reason.
    if (reason === null) return;
    const answer: AnswerInput = { partnerId: props.partner.id, answer: 'not-for-me', reason, comment };
    if (props.send) await props.send(answer);
    else await api.post(`/smes/${props.smeId}/answers`, answer);
    props.onDone();
  });
  const submit = (): void => {
    if (reason === null) form.refuse({ reason: words.reasonNeeded });
    else if (reason === 'other' && comment.trim() === '') form.refuse({ comment: words.commentNeeded });
    else void form.submit();
  };
  return (
    <Dialog title={words.title(props.partner.name)} onClose={props.onClose}>
      <p>{words.lead}</p>
      <Form state={form} onSubmit={submit}>
        <RadioGroup
          legend={words.reason}
          name="reason"
          value={reason ?? ''}
          error={form.errors.reason}
          choices={REASONS.map((value) => ({ value, label: words.reasons[value] }))}
          onChange={(value) => {
            setReason(REASONS.find((known) => known === value) ?? null);
          }}
        />
        {reason !== null && (
          <TextArea
            label={words.comment}
            name="comment"
            hint={words.commentHint}
            optional={reason !== 'other'}
            error={form.errors.comment}
            rows={2}
            value={comment}
            onInput={setComment}
          />
        )}
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {words.submit}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
