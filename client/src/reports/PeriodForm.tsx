import { useState } from 'preact/hooks';
import type { PeriodInput, PeriodView } from '../../../server/reports/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.reports;

/** Sets a reporting period, or edits the one that is given. */
export function PeriodForm(props: { period?: PeriodView; onSaved: () => void; onClose: () => void }) {
  const { period } = props;
  const [input, setInput] = useState<PeriodInput>({
    name: period?.name ?? '',
    from: period?.from ?? '',
    to: period?.to ?? '',
    dueOn: period?.dueOn ?? '',
  });
  const form = useForm(async () => {
    if (period === undefined) await api.post('/report-periods', input);
    else {
      const path = `/report-periods/${encodeURIComponent(period.id)}`;
      await api.put(path, { version: period.version, period: input });
    }
    props.onSaved();
  });
  const error = (field: string) => form.errors[field] ?? form.errors[`period.${field}`];
  const field = (name: keyof PeriodInput) => ({
    name,
    value: input[name],
    onInput: (value: string) => {
      setInput((before) => ({ ...before, [name]: value }));
    },
    error: error(name),
    required: true,
  });
  const title = period === undefined ? words.formAdd : words.formEdit;
  return (
    <Dialog title={title} onClose={props.onClose}>
      <Form state={form} label={title}>
        <TextField label={words.fieldName} hint={words.fieldNameHint} maxLength={80} {...field('name')} />
        <div class="fields">
          <TextField label={words.fieldFrom} type="date" {...field('from')} />
          <TextField label={words.fieldTo} type="date" {...field('to')} />
          <TextField label={words.fieldDue} type="date" {...field('dueOn')} />
        </div>
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {t.common.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
