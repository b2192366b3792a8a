import { useState } from 'preact/hooks';
import { t } from '../strings/text.ts';
import { Button } from './Button.tsx';
import { Dialog } from './Dialog.tsx';
import { TextArea } from './fields.tsx';
import { Form, useForm } from './form.tsx';

/** A decision that needs its reason in words. */
export function ReasonDialog(props: {
  title: string;
  label: string;
  hint: string;
  action: string;
  /** Path of the reason as the API names it. */
  name: string;
  send: (reason: string) => Promise<void>;
  onClose: () => void;
}) {
  const [reason, setReason] = useState('');
  const form = useForm(() => props.send(reason));
  return (
    <Dialog title={props.title} onClose={props.onClose}>
      <Form state={form} label={props.title}>
        <TextArea
          label={props.label}
          hint={props.hint}
          name={props.name}
          value={reason}
          onInput={setReason}
          error={form.errors[props.name]}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="danger" type="submit" busy={form.busy}>
            {props.action}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
