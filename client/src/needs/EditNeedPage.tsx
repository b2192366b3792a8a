import { useEffect, useState } from 'preact/hooks';
import type { NeedView } from '../../../server/needs/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { holdLeaving, navigate } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { SaveBar } from '../profile/SaveBar.tsx';
import { t } from '../strings/text.ts';
import { draftOf, emptyNeed, inputOf, type NeedDraft } from './draft.ts';
import { NeedSections } from './NeedForm.tsx';
import './needs.css';

const words = t.needs.form;

/** The form with its unsaved changes; asks before they are left behind. */
function Editor(props: {
  start: NeedDraft;
  action: string;
  /** Where a save sends a published need back to review. */
  warns: boolean;
  send: (draft: NeedDraft) => Promise<NeedView>;
}) {
  const [draft, setDraft] = useState(props.start);
  const changed = JSON.stringify(draft) !== JSON.stringify(props.start);
  const [saved, setSaved] = useState<NeedView | null>(null);
  const form = useForm(async () => {
    const before = props.warns;
    const after = await props.send(draft);
    announce(before && after.state === 'submitted' ? words.again : words.saved);
    setSaved(after);
  });
  useEffect(() => {
    if (saved !== null) {
      void navigate(`/needs/${saved.id}`);
      return undefined;
    }
    if (!changed) return undefined;
    return holdLeaving(() =>
      askConfirm({
        title: t.common.unsaved.title,
        body: t.common.unsaved.body,
        action: t.common.unsaved.leave,
        cancel: t.common.unsaved.stay,
      }),
    );
  }, [changed, saved]);
  return (
    <Form state={form} class="stack" label={t.shell.pages.need}>
      {props.warns && (
        <Notice kind="warning">
          <p>{words.reviewAgain}</p>
        </Notice>
      )}
      <NeedSections
        draft={draft}
        errors={form.errors}
        edit={(change) => {
          setDraft((before) => ({ ...before, ...change }));
        }}
      />
      <SaveBar changed={changed} busy={form.busy} action={props.action} idle={words.idle} />
    </Form>
  );
}

/** States a new need, as a draft. */
export function NewNeedPage(_props: PageProps) {
  const [key] = useState(() => crypto.randomUUID());
  const [start] = useState(() => emptyNeed(currentUser().organisation ?? ''));
  return (
    <div class="stack narrow">
      <PageHeading
        title={words.newTitle}
        lead={words.lead}
        above={<a href="/needs">{t.needs.page.toNeeds}</a>}
      />
      <Editor
        start={start}
        action={words.saveDraft}
        warns={false}
        send={(draft) => api.post<NeedView>('/needs', { key, need: inputOf(draft) })}
      />
    </div>
  );
}

/** Changes a need. */
export function EditNeedPage({ params }: PageProps) {
  const { needId = '' } = params;
  const of = useLoad<NeedView>(`/needs/${encodeURIComponent(needId)}`);
  return (
    <div class="stack narrow">
      <PageHeading
        title={words.editTitle}
        lead={words.lead}
        above={<a href={`/needs/${needId}`}>{of.data?.title ?? t.shell.pages.need}</a>}
      />
      <Show of={of} lines={5}>
        {(need) =>
          need.own ? (
            <Editor
              start={draftOf(need, need.own)}
              action={t.common.save}
              warns={need.state === 'published' && currentUser().role !== 'staff'}
              send={(draft) =>
                api.put<NeedView>(`/needs/${need.id}`, {
                  version: need.own?.version,
                  need: inputOf(draft),
                })
              }
            />
          ) : (
            <Notice kind="warning">
              <p>{t.needs.page.gone}</p>
            </Notice>
          )
        }
      </Show>
    </div>
  );
}
