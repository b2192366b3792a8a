import { ROLES } from './roles.ts';
import type { Target } from '../../../server/audience/schema.ts';
import { ChecksField } from '../console/ChecksField.tsx';
import '../console/console.css';
import { useClusterChoices, useCountryChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { countryName } from './format.ts';

const words = t.programme.target;

/** For whom something is: kinds of account, countries, clusters. */
export function TargetField(props: { target: Target; onChange: (target: Target) => void }) {
  const { target, onChange } = props;
  const countries = useCountryChoices('').filter(({ value }) => value !== '');
  const clusters = useClusterChoices('').filter(({ value }) => value !== '');
  return (
    <fieldset class="stack-small">
      <legend class="label">{words.legend}</legend>
      <p class="field-hint">{words.hint}</p>
      <ChecksField
        legend={words.roles}
        name="target.roles"
        choices={ROLES.map((value) => ({ value, label: t.shell.roles[value] }))}
        chosen={target.roles}
        onChange={(chosen) => {
          onChange({ ...target, roles: ROLES.filter((role) => chosen.includes(role)) });
        }}
      />
      <ChecksField
        legend={words.countries}
        name="target.countries"
        choices={countries}
        chosen={target.countries}
        onChange={(chosen) => {
          onChange({ ...target, countries: [...chosen] });
        }}
      />
      <ChecksField
        legend={words.clusters}
        name="target.clusterIds"
        choices={clusters}
        chosen={target.clusterIds}
        onChange={(chosen) => {
          onChange({ ...target, clusterIds: [...chosen] });
        }}
      />
    </fieldset>
  );
}

/** For whom, in one line. */
export function targetLine(target: Target, clusterNames: ReadonlyMap<string, string>): string {
  const parts = [
    target.roles.map((role) => t.shell.roles[role]).join(', '),
    target.countries.map(countryName).join(', '),
    target.clusterIds.map((id) => clusterNames.get(id) ?? id).join(', '),
  ].filter((part) => part !== '');
  return parts.length === 0 ? words.everybody : parts.join(' · ');
}
