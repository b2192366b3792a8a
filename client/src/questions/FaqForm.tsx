import { useState } from 'preact/hooks';
import type { FaqInput, FaqView, QuestionView } from '../../../server/questions/schema.ts';
import { onceKey } from '../api/onceKey.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { RadioGroup, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { topicChoices, topicOf } from './topics.ts';

const words = t.programme.faq;

function begun(entry: FaqView | undefined, from: QuestionView | undefined): FaqInput {
  const answer = from?.messages.findLast((message) => message.from === 'staff')?.words ?? '';
  return {
    question: entry?.question ?? from?.subject ?? '',
    answer: entry?.answer ?? answer,
    topic: entry?.topic ?? from?.topic ?? 'other',
    readers: entry?.readers ?? 'members',
  };
}

/** Adds an entry of the FAQ, edits one, or makes one of the answer to a question. */
export function FaqForm(props: {
  entry?: FaqView;
  from?: QuestionView;
  onSaved: () => void;
  onClose: () => void;
}) {
  const { entry, from } = props;
  const [input, setInput] = useState(() => begun(entry, from));
  const [key] = useState(onceKey);
  const set = (part: Partial<FaqInput>) => {
    setInput((before) => ({ ...before, ...part }));
  };
  const form = useForm(async () => {
    if (entry === undefined) {
      await api.post('/faq', { entry: input, questionId: from?.id ?? null, key });
    } else {
      await api.put(`/faq/${encodeURIComponent(entry.id)}`, { version: entry.version, entry: input });
    }
    props.onSaved();
  });
  const title = entry === undefined ? words.formAdd : words.formEdit;
  return (
    <Dialog title={title} onClose={props.onClose}>
      <Form state={form} label={title}>
        <TextField
          label={words.question}
          hint={words.questionHint}
          name="entry.question"
          required
          maxLength={300}
          value={input.question}
          onInput={(question) => {
            set({ question });
          }}
          error={form.errors['entry.question']}
        />
        <TextArea
          label={words.answer}
          hint={t.programme.markdownHint}
          name="entry.answer"
          rows={7}
          value={input.answer}
          onInput={(answer) => {
            set({ answer });
          }}
          error={form.errors['entry.answer']}
        />
        <SelectField
          label={t.programme.topic}
          name="entry.topic"
          value={input.topic}
          choices={topicChoices}
          onChange={(value) => {
            set({ topic: topicOf(value) });
          }}
          error={form.errors['entry.topic']}
        />
        <RadioGroup
          legend={words.readers}
          name="entry.readers"
          value={input.readers}
          choices={[
            { value: 'members', label: words.readersOf.members },
            { value: 'public', label: words.readersOf.public },
          ]}
          onChange={(value) => {
            set({ readers: value === 'public' ? 'public' : 'members' });
          }}
          error={form.errors['entry.readers']}
        />
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
