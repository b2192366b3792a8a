import { useState } from 'preact/hooks';
import type { QuestionView } from '../../../server/questions/schema.ts';
import { onceKey } from '../api/onceKey.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { topicChoices } from './topics.ts';

const words = t.programme.questions;

/** Asks the staff. */
export function AskDialog(props: { onAsked: (question: QuestionView) => void; onClose: () => void }) {
  const [subject, setSubject] = useState('');
  const [topic, setTopic] = useState('call');
  const [text, setText] = useState('');
  const [key] = useState(onceKey);
  const form = useForm(async () => {
    props.onAsked(await api.post<QuestionView>('/questions', { subject, topic, words: text, key }));
  });
  return (
    <Dialog title={words.ask} onClose={props.onClose}>
      <Form state={form} label={words.ask}>
        <TextField
          label={words.subject}
          name="subject"
          required
          maxLength={160}
          value={subject}
          onInput={setSubject}
          error={form.errors.subject}
        />
        <SelectField
          label={t.programme.topic}
          name="topic"
          value={topic}
          choices={topicChoices}
          onChange={setTopic}
          error={form.errors.topic}
        />
        <TextArea
          label={words.words}
          name="words"
          rows={6}
          value={text}
          onInput={setText}
          error={form.errors.words}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {words.send}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
