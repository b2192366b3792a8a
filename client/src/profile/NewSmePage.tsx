import { useState } from 'preact/hooks';
import type { SmeView } from '../../../server/smes/schema.ts';
import { api } from '../api/request.ts';
import { navigate, place } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { SelectField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { useClusterChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { emptyDraft } from './draft.ts';
import type { Draft } from './draft.ts';
import { edited } from './edit.ts';
import { inputOf } from './input.ts';
import { isChanged } from './rebase.ts';
import { ProfileSections } from './ProfileSections.tsx';
import { SaveBar } from './SaveBar.tsx';
import { today, useHoldWhile } from './useEditor.ts';

const words = t.profile.newSme;

/** The API names the fields of a new company below `profile`; the form's fields are without. */
function withoutPrefix(errors: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(errors).map(([field, message]) => [field.replace(/^profile\./, ''), message]),
  );
}

function ClusterChoice(props: { value: string; onChange: (id: string) => void; error: string | undefined }) {
  const choices = useClusterChoices(words.chooseCluster);
  return (
    <section class="card" aria-label={words.cluster}>
      <SelectField
        label={words.cluster}
        hint={words.clusterHint}
        name="clusterId"
        value={props.value}
        choices={choices}
        onChange={props.onChange}
        error={props.error}
      />
    </section>
  );
}

/** Registers one company by hand. */
export function NewSmePage(_props: PageProps) {
  const user = currentUser();
  const [blank] = useState(() => emptyDraft(today()));
  const [draft, setDraft] = useState<Draft>(blank);
  const [clusterId, setClusterId] = useState(user.clusterId ?? place.value.query.get('clusterId') ?? '');
  const [saved, setSaved] = useState(false);
  const changed = isChanged(blank, draft);
  useHoldWhile(changed && !saved);
  const form = useForm(async () => {
    const { input } = inputOf(draft);
    const sme = await api.post<SmeView>('/smes', { clusterId, profile: input });
    setSaved(true);
    announce(words.done(sme.name));
    // The page lets go of its reader once it has been drawn as saved.
    requestAnimationFrame(() => void navigate(`/smes/${encodeURIComponent(sme.id)}`));
  });
  const errors = withoutPrefix(form.errors);
  const save = () => {
    const refused = {
      ...(clusterId === '' ? { clusterId: words.clusterMissing } : {}),
      ...inputOf(draft).errors,
    };
    if (Object.keys(refused).length > 0) form.refuse(refused);
    else void form.submit();
  };
  return (
    <>
      <PageHeading title={t.shell.pages.newSme} lead={words.lead} />
      <Form state={form} label={t.shell.pages.newSme} class="stack narrow" onSubmit={save}>
        {user.role === 'staff' && (
          <ClusterChoice value={clusterId} onChange={setClusterId} error={errors.clusterId} />
        )}
        <ProfileSections
          draft={draft}
          edit={(change, ...marks) => {
            setDraft((before) => edited(before, change, marks));
          }}
          errors={errors}
          smeId={null}
          sizeClass="not-yet-declared"
          declarationChanged
        />
        <SaveBar changed={changed} busy={form.busy} action={words.action} idle={words.idle} />
      </Form>
    </>
  );
}
