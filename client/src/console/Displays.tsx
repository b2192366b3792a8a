import { useState } from 'preact/hooks';
import type { z } from 'zod';
import type { displayLinkSchema, displayLinksSchema, EventView } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { CopyButton } from '../components/CopyButton.tsx';
import { Notice, sentenceOf, Show } from '../components/feedback.tsx';
import { TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatMoment } from '../components/format.ts';
import { t } from '../strings/text.ts';

type DisplayLink = z.infer<typeof displayLinkSchema>;

/** Links that show the room on projectors without signing in; each is shown once and can be revoked. */
export function Displays({ event }: { event: EventView }) {
  const links = useLoad<z.infer<typeof displayLinksSchema>>(`/events/${event.id}/displays`);
  const [label, setLabel] = useState('');
  const [made, setMade] = useState<string | null>(null);
  const form = useForm(async () => {
    const link = await api.post<DisplayLink>(`/events/${event.id}/displays`, { label });
    setMade(link.url);
    setLabel('');
    links.reload();
  });
  const revoke = async (link: DisplayLink): Promise<void> => {
    const title = t.console.revokeAsk(link.label);
    if (!(await askConfirm({ title, body: t.console.revokeWhat, action: t.console.revoke }))) return;
    try {
      await api.remove(`/events/${event.id}/displays/${link.id}`);
      announce(t.console.revoked);
    } catch (error) {
      announce(sentenceOf(error));
    }
    links.reload();
  };
  return (
    <div class="stack">
      <p>{t.console.displaysLead}</p>
      <Form state={form} label={t.console.displays}>
        <TextField
          label={t.console.displayLabel}
          name="label"
          required
          maxLength={60}
          value={label}
          error={form.errors['label']}
          onInput={setLabel}
        />
        <div class="actions">
          <Button type="submit" kind="primary" busy={form.busy}>
            {t.console.makeDisplay}
          </Button>
        </div>
      </Form>
      {made !== null && (
        <Notice kind="good" title={t.console.displayOnce}>
          <p class="console-link">
            <a href={made}>{made}</a>
          </p>
          <CopyButton text={made} />
        </Notice>
      )}
      <Show of={links}>
        {({ items }) =>
          items.length === 0 ? (
            <p class="fine">{t.console.noDisplays}</p>
          ) : (
            <ul class="console-meetings">
              {items.map((link) => (
                <li key={link.id} class="card console-round">
                  <strong>{link.label}</strong>
                  <span class="fine">{formatMoment(link.createdAt)}</span>
                  <Button small kind="danger" onClick={() => void revoke(link)}>
                    {t.console.revoke}
                  </Button>
                </li>
              ))}
            </ul>
          )
        }
      </Show>
    </div>
  );
}
