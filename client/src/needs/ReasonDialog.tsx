import { useState } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';

/** Asks for a reason that others read, and sends it. */
export function ReasonDialog(props: {
  title: string;
  label: string;
  hint: string;
  action: string;
  /** Throws what `api` throws. */
  send: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const form = useForm(async () => {
    await props.send(reason);
    props.onClose();
  });
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <Form state={form}>
        <TextArea
          label={props.label}
          name="reason"
          hint={props.hint}
          rows={3}
          value={reason}
          onInput={setReason}
          error={form.errors.reason}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {props.action}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
