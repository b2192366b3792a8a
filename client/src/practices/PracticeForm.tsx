import { useState } from 'preact/hooks';
import type { PracticeInput, PracticeView } from '../../../server/practices/schema.ts';
import { onceKey } from '../api/onceKey.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { LinksField } from '../components/LinksField.tsx';
import { t } from '../strings/text.ts';
import { topicChoices, topicOf } from './topics.ts';

const words = t.programme.practices;

/** Writes a post, or edits the one that is given. */
export function PracticeForm(props: {
  post?: PracticeView;
  onSaved: (post: PracticeView) => void;
  onClose: () => void;
}) {
  const { post } = props;
  const [input, setInput] = useState<PracticeInput>(() => ({
    title: post?.title ?? '',
    words: post?.words ?? '',
    topic: post?.topic ?? 'outreach',
    links: post?.links ?? [],
  }));
  const [key] = useState(onceKey);
  const set = (part: Partial<PracticeInput>) => {
    setInput((before) => ({ ...before, ...part }));
  };
  const form = useForm(async () => {
    props.onSaved(
      post === undefined
        ? await api.post<PracticeView>('/practices', { post: input, key })
        : await api.put<PracticeView>(`/practices/${encodeURIComponent(post.id)}`, {
            version: post.version,
            post: input,
          }),
    );
  });
  const title = post === undefined ? words.formAdd : words.formEdit;
  return (
    <Dialog title={title} onClose={props.onClose}>
      <Form state={form} label={title}>
        <TextField
          label={words.fieldTitle}
          name="post.title"
          required
          maxLength={160}
          value={input.title}
          onInput={(value) => {
            set({ title: value });
          }}
          error={form.errors['post.title']}
        />
        <SelectField
          label={t.programme.topic}
          name="post.topic"
          value={input.topic}
          choices={topicChoices}
          onChange={(value) => {
            set({ topic: topicOf(value) });
          }}
          error={form.errors['post.topic']}
        />
        <TextArea
          label={words.fieldWords}
          hint={t.programme.markdownHint}
          name="post.words"
          rows={8}
          value={input.words}
          onInput={(value) => {
            set({ words: value });
          }}
          error={form.errors['post.words']}
        />
        <LinksField
          links={input.links}
          name="post.links"
          hint={words.linksHint}
          errors={form.errors}
          onChange={(links) => {
            set({ links: [...links] });
          }}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {post === undefined ? words.post : t.common.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
