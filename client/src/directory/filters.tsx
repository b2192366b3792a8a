import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { place, setQuery } from '../app/router.ts';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
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

/** What is typed into a filter, and its way into the address bar, so that a found list can be sent to somebody. */
function useTypedFilter(name: string): [string, (typed: string) => void] {
  const inAddress = filterValue(name);
  const [typed, setTyped] = useState(inAddress);
  const settled = useSettled(typed).trim();
  const sent = useRef(inAddress);
  useEffect(() => {
    // What changed the address from elsewhere, such as 'Clear the filters', is shown; what comes back of one's own typing is not.
    if (inAddress === sent.current) return;
    sent.current = inAddress;
    setTyped(inAddress);
  }, [inAddress]);
  useEffect(() => {
    if (settled === sent.current) return;
    sent.current = settled;
    setQuery({ [name]: settled });
  }, [settled]);
  return [typed, setTyped];
}

/** A search box whose words stand in the address bar. */
export function SearchFilter({ label, hint }: { label: string; hint?: string }) {
  const [typed, setTyped] = useTypedFilter('q');
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

/** Another text or day that stands in the address bar. */
export function TextFilter(props: { label: string; name: string; type?: 'search' | 'date' }) {
  const { label, name, type = 'search' } = props;
  const [typed, setTyped] = useTypedFilter(name);
  return <TextField label={label} name={name} type={type} value={typed} onInput={setTyped} />;
}

/** The first and the last day of what is listed. */
export function DaysFilter() {
  return (
    <>
      <TextFilter label={t.common.firstDay} name="from" type="date" />
      <TextFilter label={t.common.lastDay} name="to" type="date" />
    </>
  );
}

/** These filters as the address bar has them. */
export function filterValues<N extends string>(names: readonly N[]): Record<N, string> {
  // Built from the names, each with its value.
  return Object.fromEntries(names.map((name) => [name, filterValue(name)])) as Record<N, string>;
}

/** True where one of these filters is set. */
export const isFiltered = (names: readonly string[]): boolean =>
  names.some((name) => filterValue(name) !== '');

/** Said of a list that these filters leave nothing of; `children` where none of them is set. */
export function NothingFits(props: { filters: readonly string[]; children: ComponentChildren }) {
  if (!isFiltered(props.filters)) return <>{props.children}</>;
  return (
    <Empty icon="search" title={t.common.nothingFits}>
      <p>{t.common.nothingFitsBody}</p>
      <Button
        onClick={() => {
          setQuery(Object.fromEntries(props.filters.map((name) => [name, null])));
        }}
      >
        {t.common.clearFilters}
      </Button>
    </Empty>
  );
}

/** Which end of time comes first. */
export function TimeSort() {
  return <ChoiceFilter label={t.common.sort} name="sort" choices={BY_TIME} />;
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

/** Lists of companies, sorted by name or by country. */
export const BY_COMPANY: readonly Choice[] = [
  { value: '', label: t.directory.companies.sorts.name },
  { value: 'country', label: t.directory.companies.sorts.country },
];

/** Lists that are sorted by time alone. */
const BY_TIME: readonly Choice[] = [
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
