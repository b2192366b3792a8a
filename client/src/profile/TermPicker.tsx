import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import { Combobox } from '../components/Combobox.tsx';
import { Icon } from '../components/Icon.tsx';
import { t } from '../strings/text.ts';
import type { Terms } from './draft.ts';
import { findTerms, termLabel, useTaxonomy } from './taxonomy.ts';
import type { Facet } from './taxonomy.ts';

/** What was picked, each with a way to take it away. */
export function Chips(props: {
  label: string;
  items: readonly { id: string; label: string }[];
  onRemove: (id: string) => void;
}) {
  if (props.items.length === 0) return null;
  return (
    <ul class="chips" aria-label={props.label}>
      {props.items.map((item) => (
        <li key={item.id}>
          <button
            type="button"
            class="chip"
            aria-label={t.profile.terms.remove(item.label)}
            onClick={() => {
              props.onRemove(item.id);
            }}
          >
            <span>{item.label}</span>
            <Icon name="close" />
          </button>
        </li>
      ))}
    </ul>
  );
}

/** Picks terms of one facet: search, browse by domain, chips. */
export function TermPicker(props: {
  facet: Facet;
  name: string;
  picked: readonly string[];
  onChange: (picked: string[]) => void;
  error?: string | undefined;
  mark?: ComponentChildren;
}) {
  const { facet, picked } = props;
  const taxonomy = useTaxonomy();
  const [query, setQuery] = useState('');
  const options =
    taxonomy.data === null
      ? []
      : findTerms(taxonomy.data, facet, query).map(({ term, group }) => ({
          id: term.id,
          label: term.label,
          group,
          selected: picked.includes(term.id),
        }));
  const toggle = (id: string) => {
    props.onChange(picked.includes(id) ? picked.filter((other) => other !== id) : [...picked, id]);
  };
  const label = t.common.facets[facet];
  return (
    <div class="term-picker">
      <Combobox
        label={label}
        name={props.name}
        mark={props.mark}
        error={props.error}
        placeholder={t.profile.terms.placeholder}
        query={query}
        onQuery={setQuery}
        options={options}
        several
        nothing={taxonomy.error === null ? t.profile.terms.nothing : t.common.networkLost}
        onPick={(option) => {
          toggle(option.id);
          setQuery('');
        }}
      />
      <Chips
        label={t.profile.terms.picked(label)}
        items={picked.map((id) => ({ id, label: termLabel(taxonomy.data, id) }))}
        onRemove={toggle}
      />
    </div>
  );
}

const facets = ['capabilities', 'technologies', 'fields', 'sectors'] as const;

/** The four facets of a solution or a need. */
export function TermPickers(props: {
  legend: ComponentChildren;
  name: string;
  terms: Terms;
  errorOf: (field: string) => string | undefined;
  onChange: (change: Partial<Terms>) => void;
}) {
  return (
    <fieldset class="term-pickers">
      <legend class="label">{props.legend}</legend>
      <div class="fields">
        {facets.map((facet) => (
          <TermPicker
            key={facet}
            facet={facet}
            name={`${props.name}.${facet}`}
            picked={props.terms[facet]}
            error={props.errorOf(`${props.name}.${facet}`)}
            onChange={(picked) => {
              props.onChange({ [facet]: picked });
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
