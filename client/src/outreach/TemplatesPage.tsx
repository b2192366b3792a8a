import { useState } from 'preact/hooks';
import type { TemplatesView, TemplateView } from '../../../server/outreach/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.outreach;

function Template({ template }: { template: TemplateView }) {
  const [stored, setStored] = useState(template);
  const [text, setText] = useState(template.words);
  const title = words.kinds[stored.kind];
  const form = useForm(async () => {
    const path = `/outreach-templates/${stored.kind}`;
    setStored(await api.put<TemplateView>(path, { version: stored.version, words: text }));
    announce(words.saved);
  });
  return (
    <li class="card">
      <Form state={form} label={title}>
        <TextArea
          label={title}
          hint={stored.changedAt === null ? words.asDelivered : words.changedOn(formatDay(stored.changedAt))}
          name="words"
          rows={6}
          value={text}
          onInput={setText}
          error={form.errors.words}
        />
        <div class="actions">
          <Button type="submit" kind="primary" busy={form.busy} disabled={text === stored.words}>
            {words.save}
          </Button>
        </div>
      </Form>
    </li>
  );
}

/** The templates behind the outreach kit; for staff. */
export function TemplatesPage(_props: PageProps) {
  const loaded = useLoad<TemplatesView>('/outreach-templates');
  return (
    <>
      <PageHeading
        title={words.templates}
        lead={words.templatesLead}
        above={<a href="/outreach">{words.toKit}</a>}
      />
      <Show of={loaded}>
        {({ items, placeholders }) => (
          <div class="stack narrow">
            <p>
              {words.placeholders}:{' '}
              {placeholders.map((name) => (
                <span key={name}>
                  <code>{`{${name}}`}</code>{' '}
                </span>
              ))}
            </p>
            <ul class="stack-small plain-list">
              {items.map((template) => (
                <Template key={template.kind} template={template} />
              ))}
            </ul>
          </div>
        )}
      </Show>
    </>
  );
}
