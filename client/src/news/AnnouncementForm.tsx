import { useState } from 'preact/hooks';
import type { AnnouncementInput, AnnouncementView } from '../../../server/news/schema.ts';
import { onceKey } from '../api/onceKey.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Notice } from '../components/feedback.tsx';
import { CheckField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { LinksField } from '../components/LinksField.tsx';
import { TargetField } from '../components/TargetField.tsx';
import { instantOf, localOf } from '../console/eventDraft.ts';
import { t } from '../strings/text.ts';

const words = t.programme.news;
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

const localOrEmpty = (instant: string | null): string => (instant === null ? '' : localOf(instant, zone));
const instantOrNull = (local: string): string | null => (local === '' ? null : instantOf(local, zone));

function begun(item: AnnouncementView | undefined): AnnouncementInput {
  const { staff } = item ?? {};
  return {
    title: item?.title ?? '',
    words: item?.words ?? '',
    links: item?.links ?? [],
    target: staff?.target ?? { roles: [], countries: [], clusterIds: [] },
    earlyAt: staff?.earlyAt ?? null,
    publicAt: staff?.publicAt ?? null,
    mail: staff?.mail ?? false,
  };
}

/** Writes an announcement, or edits the one that is given. */
export function AnnouncementForm(props: {
  item?: AnnouncementView;
  onSaved: (item: AnnouncementView) => void;
  onClose: () => void;
}) {
  const { item } = props;
  const [input, setInput] = useState(() => begun(item));
  const [key] = useState(onceKey);
  const set = (part: Partial<AnnouncementInput>) => {
    setInput((before) => ({ ...before, ...part }));
  };
  const form = useForm(async () => {
    props.onSaved(
      item === undefined
        ? await api.post<AnnouncementView>('/announcements', { announcement: input, key })
        : await api.put<AnnouncementView>(`/announcements/${encodeURIComponent(item.id)}`, {
            version: item.version,
            announcement: input,
          }),
    );
  });
  const seen = item?.state === 'published';
  const title = item === undefined ? words.formTitle : words.editTitle;
  const error = (field: string) => form.errors[`announcement.${field}`];
  return (
    <Dialog title={title} onClose={props.onClose}>
      <Form state={form} label={title}>
        <TextField
          label={words.fieldTitle}
          name="announcement.title"
          required
          maxLength={160}
          value={input.title}
          onInput={(value) => {
            set({ title: value });
          }}
          error={error('title')}
        />
        <TextArea
          label={words.fieldWords}
          name="announcement.words"
          hint={t.programme.markdownHint}
          rows={8}
          value={input.words}
          onInput={(value) => {
            set({ words: value });
          }}
          error={error('words')}
        />
        <LinksField
          links={input.links}
          name="announcement.links"
          errors={form.errors}
          onChange={(links) => {
            set({ links: [...links] });
          }}
        />
        {seen ? (
          <Notice>
            <p>{words.hoursFixed}</p>
          </Notice>
        ) : (
          <>
            <TextField
              label={words.fieldPublic}
              name="announcement.publicAt"
              hint={words.fieldPublicHint}
              type="datetime-local"
              optional
              value={localOrEmpty(input.publicAt)}
              onInput={(value) => {
                set({ publicAt: instantOrNull(value) });
              }}
              error={error('publicAt')}
            />
            <TextField
              label={words.fieldEarly}
              name="announcement.earlyAt"
              hint={words.fieldEarlyHint}
              type="datetime-local"
              optional
              value={localOrEmpty(input.earlyAt)}
              onInput={(value) => {
                set({ earlyAt: instantOrNull(value) });
              }}
              error={error('earlyAt')}
            />
            <TargetField
              target={input.target}
              onChange={(target) => {
                set({ target });
              }}
            />
            <CheckField
              label={words.fieldMail}
              name="announcement.mail"
              hint={words.fieldMailHint}
              checked={input.mail}
              onChange={(mail) => {
                set({ mail });
              }}
            />
          </>
        )}
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {words.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
