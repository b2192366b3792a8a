import { useState } from 'preact/hooks';
import type { WeightsPreview, WeightsView, WeightValues } from '../../../server/weights/schema.ts';
import { ApiProblem } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';

const words = t.weights.saving;

/** Says how many lists change, asks why, and saves. A change by somebody else in between is handed back, not overwritten. */
export function SaveDialog(props: {
  baseVersion: number;
  values: WeightValues;
  /** Null where the preview of these very values is not finished. */
  preview: WeightsPreview | null;
  onSaved: (weights: WeightsView) => void;
  onConflict: () => void;
  onClose: () => void;
}) {
  const [note, setNote] = useState('');
  const form = useForm(async () => {
    const { baseVersion, values } = props;
    try {
      props.onSaved(await api.post<WeightsView>('/weights', { baseVersion, values, note }));
    } catch (error) {
      if (!(error instanceof ApiProblem && error.status === 409)) throw error;
      props.onConflict();
    }
  });
  return (
    <Dialog title={words.title} onClose={props.onClose}>
      <p>
        {props.preview === null
          ? words.unknown
          : words.consequence(props.preview.listsChanged, props.preview.listsReordered)}
      </p>
      <Form state={form}>
        <TextArea
          label={words.note}
          name="note"
          hint={words.noteHint}
          optional
          rows={2}
          error={form.errors.note}
          value={note}
          onInput={setNote}
        />
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
