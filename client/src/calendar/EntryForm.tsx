import { useState } from 'preact/hooks';
import type { CalendarEntryView, CalendarInput } from '../../../server/calendar/schema.ts';
import { onceKey } from '../api/onceKey.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { TargetField } from '../components/TargetField.tsx';
import { instantOf, localOf } from '../console/eventDraft.ts';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';

const words = t.programme.calendar;
const KINDS = ['webinar', 'info-day', 'deadline', 'other'] as const;
const DAY_MS = 86_400_000;

interface Draft {
  readonly kind: CalendarInput['kind'];
  readonly title: string;
  readonly words: string;
  /** As `datetime-local` has them, in the zone of the entry. */
  readonly starts: string;
  readonly ends: string;
  readonly timeZone: string;
  readonly place: string;
  readonly link: string;
  readonly target: CalendarInput['target'];
}

function begun(entry: CalendarEntryView | undefined): Draft {
  const timeZone = entry?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const tomorrow = new Date(serverNow() + DAY_MS).toISOString().slice(0, 10);
  return {
    kind: KINDS.find((one) => one === entry?.kind) ?? 'webinar',
    title: entry?.title ?? '',
    words: entry?.words ?? '',
    starts: entry ? localOf(entry.startsAt, timeZone) : `${tomorrow}T10:00`,
    ends: entry ? localOf(entry.endsAt, timeZone) : `${tomorrow}T11:00`,
    timeZone,
    place: entry?.place ?? '',
    link: entry?.link ?? '',
    target: entry?.target ?? { roles: [], countries: [], clusterIds: [] },
  };
}

/** The instant that a local time means; as typed where there is no such zone, so that the server names the field. */
function instant(local: string, timeZone: string): string {
  try {
    return instantOf(local, timeZone);
  } catch {
    return local;
  }
}

function inputOf({ starts, ends, link, ...rest }: Draft): CalendarInput {
  return {
    ...rest,
    startsAt: instant(starts, rest.timeZone),
    endsAt: instant(ends, rest.timeZone),
    link: link === '' ? null : link,
  };
}

/** Adds an entry, or edits the one that is given. */
export function EntryForm(props: { entry?: CalendarEntryView; onSaved: () => void; onClose: () => void }) {
  const { entry } = props;
  const [draft, setDraft] = useState(() => begun(entry));
  const [key] = useState(onceKey);
  const form = useForm(async () => {
    const input = inputOf(draft);
    if (entry === undefined) await api.post('/calendar', { entry: input, key });
    else {
      const path = `/calendar/${encodeURIComponent(entry.id)}`;
      await api.put(path, { version: entry.version, entry: input });
    }
    props.onSaved();
  });
  const set = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
  };
  const error = (field: string) => form.errors[`entry.${field}`];
  const text = (field: 'title' | 'timeZone' | 'place' | 'link') => ({
    name: `entry.${field}`,
    value: draft[field],
    onInput: (value: string) => {
      set({ [field]: value });
    },
    error: error(field),
  });
  const title = entry === undefined ? words.formAdd : words.formEdit;
  return (
    <Dialog title={title} onClose={props.onClose}>
      <Form state={form} label={title}>
        <SelectField
          label={words.kind}
          name="entry.kind"
          value={draft.kind}
          choices={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(value) => {
            set({ kind: KINDS.find((kind) => kind === value) ?? 'other' });
          }}
          error={error('kind')}
        />
        <TextField label={words.fieldTitle} required maxLength={160} {...text('title')} />
        <div class="fields">
          <TextField
            label={words.fieldStart}
            name="entry.startsAt"
            type="datetime-local"
            value={draft.starts}
            onInput={(starts) => {
              set({ starts });
            }}
            error={error('startsAt')}
          />
          <TextField
            label={words.fieldEnd}
            name="entry.endsAt"
            type="datetime-local"
            value={draft.ends}
            onInput={(ends) => {
              set({ ends });
            }}
            error={error('endsAt')}
          />
        </div>
        <TextField label={words.fieldZone} hint={words.fieldZoneHint} {...text('timeZone')} />
        <TextField label={words.fieldPlace} optional {...text('place')} />
        <TextField label={words.fieldLink} type="url" optional placeholder="https://" {...text('link')} />
        <TextArea
          label={words.fieldWords}
          name="entry.words"
          optional
          value={draft.words}
          onInput={(value) => {
            set({ words: value });
          }}
          error={error('words')}
        />
        <TargetField
          target={draft.target}
          onChange={(target) => {
            set({ target });
          }}
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
