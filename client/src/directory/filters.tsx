import { useEffect, useState } from 'preact/hooks';
import { place, setQuery } from '../app/router.ts';
import { SelectField, TextField } from '../components/fields.tsx';
import type { Choice } from '../components/fields.tsx';
import { useSettled } from '../components/useSearch.ts';
import { useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import { useClusters } from './useClusters.ts';

/** The filter `name` of the address bar. */
export function filterValue(name: string): string {
  return place.value.query.get(name) ?? '';
}

/** A search box whose words stand in the address bar, so that a found list can be sent to somebody. */
export function SearchFilter({ label, hint }: { label: string; hint?: string }) {
  const [typed, setTyped] = useState(filterValue('q'));
  const settled = useSettled(typed);
  useEffect(() => {
    if (settled.trim() !== filterValue('q')) setQuery({ q: settled.trim() });
  }, [settled]);
  return (
    <TextField
      label={label}
      name="q"
      type="search"
      inputMode="search"
      maxLength={100}
      value={typed}
      onInput={setTyped}
      {...(hint === undefined ? {} : { placeholder: hint })}
    />
  );
}

/** A choice whose value stands in the address bar; the first one where there is none. */
export function ChoiceFilter(props: { label: string; name: string; choices: readonly Choice[] }) {
  return (
    <SelectField
      label={props.label}
      name={props.name}
      value={filterValue(props.name) || (props.choices[0]?.value ?? '')}
      choices={props.choices}
      onChange={(value) => {
        setQuery({ [props.name]: value });
      }}
    />
  );
}

/** Lists that are sorted by time alone. */
export const BY_TIME: readonly Choice[] = [
  { value: '', label: t.common.newest },
  { value: 'oldest', label: t.common.oldest },
];

/** Countries as choices, by name. */
export function useCountryChoices(first: string): Choice[] {
  const taxonomy = useTaxonomy();
  const countries = taxonomy.data?.countries ?? [];
  return [
    { value: '', label: first },
    ...countries
      .map(({ code, name }) => ({ value: code, label: name }))
      .sort((left, right) => left.label.localeCompare(right.label, 'en')),
  ];
}

/** All clusters as choices. */
export function useClusterChoices(first: string): Choice[] {
  return [{ value: '', label: first }, ...useClusters().map(({ id, name }) => ({ value: id, label: name }))];
}

export function CountryFilter() {
  const words = t.directory.companies;
  return (
    <ChoiceFilter label={words.country} name="country" choices={useCountryChoices(words.allCountries)} />
  );
}
