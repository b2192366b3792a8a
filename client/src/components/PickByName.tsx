import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../strings/text.ts';
import { Combobox } from './Combobox.tsx';
import { useSearch } from './useSearch.ts';

/** Picks a cluster or a company by its name. What is typed anew is no pick: `onPick` is told ''. */
export function PickByName(props: {
  from: '/clusters' | '/smes';
  label: ComponentChildren;
  hint?: ComponentChildren;
  name: string;
  error: string | undefined;
  /** Only members of this cluster are found. */
  clusterId?: string | undefined;
  onPick: (id: string) => void;
}) {
  const { from, clusterId, onPick, ...field } = props;
  const [query, setQuery] = useState('');
  const options = useSearch(from, query, clusterId);
  return (
    <Combobox
      {...field}
      query={query}
      onQuery={(typed) => {
        setQuery(typed);
        onPick('');
      }}
      options={options}
      nothing={t.directory.nothingFound}
      onPick={(option) => {
        setQuery(option.label);
        onPick(option.id);
      }}
    />
  );
}
