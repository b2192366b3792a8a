import { useState } from 'preact/hooks';
import type { ClusterInput, ClusterView } from '../../../server/clusters/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { RadioGroup, SelectField, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { useCountryChoices } from './filters.tsx';

const words = t.directory.clusterForm;
const list = t.directory.clusters;
const kinds = (['ambassador', 'consortium-partner'] as const).map((value) => ({
  value,
  label: list.kinds[value],
  hint: list.kindHints[value],
}));

/** Adds a cluster, or edits the one that is given. */
export function ClusterForm(props: {
  cluster?: ClusterView;
  onSaved: (cluster: ClusterView) => void;
  onClose: () => void;
}) {
  const { cluster } = props;
  const [name, setName] = useState(cluster?.name ?? '');
  const [country, setCountry] = useState(cluster?.country ?? '');
  const [region, setRegion] = useState(cluster?.region ?? '');
  const [website, setWebsite] = useState(cluster?.website ?? '');
  const [kind, setKind] = useState<ClusterInput['kind']>(cluster?.kind ?? 'ambassador');
  const countries = useCountryChoices(words.chooseCountry);
  const form = useForm(async () => {
    const input: ClusterInput = {
      name,
      country,
      region: region || null,
      website: website || null,
      kind,
    };
    props.onSaved(
      cluster === undefined
        ? await api.post<ClusterView>('/clusters', input)
        : await api.put<ClusterView>(`/clusters/${encodeURIComponent(cluster.id)}`, input),
    );
  });
  const title = cluster === undefined ? words.addTitle : words.editTitle(cluster.name);
  return (
    <Dialog title={title} onClose={props.onClose}>
      <Form state={form} label={title}>
        <TextField
          label={words.name}
          name="name"
          required
          value={name}
          onInput={setName}
          error={form.errors.name}
        />
        <SelectField
          label={words.country}
          name="country"
          value={country}
          onChange={setCountry}
          choices={countries}
          error={form.errors.country}
        />
        <TextField
          label={words.region}
          name="region"
          optional
          value={region}
          onInput={setRegion}
          error={form.errors.region}
        />
        <TextField
          label={words.website}
          name="website"
          type="url"
          inputMode="url"
          optional
          value={website}
          onInput={setWebsite}
          error={form.errors.website}
        />
        <RadioGroup
          legend={words.kind}
          name="kind"
          value={kind}
          choices={kinds}
          onChange={(value) => {
            const chosen = kinds.find((choice) => choice.value === value);
            if (chosen) setKind(chosen.value);
          }}
          error={form.errors.kind}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {cluster === undefined ? words.add : t.common.save}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
