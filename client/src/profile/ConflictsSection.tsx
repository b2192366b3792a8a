import { useState } from 'preact/hooks';
import { Combobox } from '../components/Combobox.tsx';
import { useSearch } from '../components/useSearch.ts';
import { t } from '../strings/text.ts';
import { errorUnder } from './edit.ts';
import type { SectionProps } from './edit.ts';
import { Chips } from './TermPicker.tsx';

const words = t.profile.conflicts;

/** Companies that this one must never be paired with. */
export function ConflictsSection({ draft, edit, errors, smeId }: SectionProps & { smeId: string | null }) {
  const [query, setQuery] = useState('');
  const found = useSearch('/smes', query);
  const options = found
    .filter((option) => option.id !== smeId)
    .map((option) => ({ ...option, selected: draft.conflicts.some(({ id }) => id === option.id) }));
  const remove = (id: string) => {
    edit({ conflicts: draft.conflicts.filter((conflict) => conflict.id !== id) });
  };
  return (
    <section class="card" aria-labelledby="profile-conflicts" data-field="conflicts">
      <h2 id="profile-conflicts">{words.title}</h2>
      <p class="fine">{words.lead}</p>
      <Combobox
        label={words.search}
        hint={words.searchHint}
        name="conflicts"
        error={errorUnder(errors, 'conflicts')}
        query={query}
        onQuery={setQuery}
        options={options}
        several
        nothing={t.directory.nothingFound}
        onPick={(option) => {
          if (option.selected === true) remove(option.id);
          else edit({ conflicts: [...draft.conflicts, { id: option.id, name: option.label }] });
          setQuery('');
        }}
      />
      <Chips
        label={words.title}
        items={draft.conflicts.map(({ id, name }) => ({ id, label: name }))}
        onRemove={remove}
      />
    </section>
  );
}
