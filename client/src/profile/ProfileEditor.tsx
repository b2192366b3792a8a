import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Failure, Notice } from '../components/feedback.tsx';
import { Form } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { Blockers, Completeness } from './Completeness.tsx';
import { isChanged } from './rebase.ts';
import { ProfileSections } from './ProfileSections.tsx';
import { SaveBar } from './SaveBar.tsx';
import { useEditor } from './useEditor.ts';
import type { OwnSme } from './useEditor.ts';

const words = t.profile.editor;

function NewerVersion(props: { onLoad: () => void; busy: boolean; error: unknown }) {
  return (
    <Notice kind="warning" alert title={words.newer}>
      <p>{words.newerBody}</p>
      {props.error !== null && <Failure error={props.error} />}
      <Button small onClick={props.onLoad} busy={props.busy}>
        {words.loadNewer}
      </Button>
    </Notice>
  );
}

/** The form of a stored profile, beside it how complete it is and what still blocks a consortium. */
export function ProfileEditor({ sme }: { sme: OwnSme }) {
  const editor = useEditor(sme, () => {
    announce(words.saved);
  });
  const { stored, base, draft } = editor;
  return (
    <Form state={editor.form} label={words.form} class="profile" onSubmit={editor.save}>
      <aside class="profile-side stack-small" aria-label={words.side}>
        <Completeness of={stored.own.completeness} canJump />
        <Blockers sentences={stored.own.consortiumBlockers} />
      </aside>
      <div class="profile-main stack">
        {editor.newer && (
          <NewerVersion
            onLoad={() => void editor.loadNewer.submit()}
            busy={editor.loadNewer.busy}
            error={editor.loadNewer.error}
          />
        )}
        {editor.both.length > 0 && (
          <Notice kind="warning" title={words.bothTitle}>
            <p>{words.both(editor.both.map((field) => words.fieldNames[field]))}</p>
          </Notice>
        )}
        {stored.demoAnswers.length > 0 && (
          <Notice>
            <p>{words.demoAnswers}</p>
          </Notice>
        )}
        <ProfileSections
          draft={draft}
          edit={editor.edit}
          errors={editor.form.errors}
          smeId={stored.id}
          sizeClass={stored.sizeClass}
          declarationChanged={isChanged(base, { ...base, declaration: draft.declaration })}
        />
        <SaveBar changed={editor.changed} busy={editor.form.busy} onDiscard={editor.discard} />
      </div>
    </Form>
  );
}
