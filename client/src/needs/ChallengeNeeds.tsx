import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ChallengeView } from '../../../server/challenges/schema.ts';
import type { NeedCard } from '../../../server/needs/schema.ts';
import { usePages } from '../api/usePages.ts';
import { Button } from '../components/Button.tsx';
import { Combobox } from '../components/Combobox.tsx';
import { countryName } from '../components/format.ts';
import { CountryMark } from '../components/marks.tsx';
import { useSettled } from '../components/useSearch.ts';
import { t } from '../strings/text.ts';

const words = t.needs.challenges;

type Behind = ChallengeView['needs'][number];

/** A need that a challenge stands for. */
export function NeedRow({ need, children }: { need: Behind; children?: ComponentChildren }) {
  return (
    <li class="row">
      <a class="row-title" href={`/needs/${need.id}`}>
        {need.title}
      </a>
      <CountryMark code={need.country} />
      {children}
    </li>
  );
}

interface ChallengeNeedsProps {
  needs: readonly Behind[];
  error: string | undefined;
  onChange: (needs: Behind[]) => void;
}

/** The needs that a challenge stands for: staff add published ones by their title, and take some out. */
export function ChallengeNeeds({ needs, error, onChange }: ChallengeNeedsProps) {
  const [query, setQuery] = useState('');
  const found = usePages<NeedCard>('/needs', { state: 'published', q: useSettled(query.trim()), limit: 20 });
  const others = found.items.filter(({ id }) => needs.every((need) => need.id !== id));
  return (
    <fieldset class="stack-small challenge-needs">
      <legend class="label">{words.from}</legend>
      <ul class="rows plain-list">
        {needs.map((need) => (
          <NeedRow key={need.id} need={need}>
            {needs.length > 1 && (
              <Button
                small
                label={words.takeOutLabel(need.title)}
                onClick={() => {
                  onChange(needs.filter(({ id }) => id !== need.id));
                }}
              >
                {words.takeOut}
              </Button>
            )}
          </NeedRow>
        ))}
      </ul>
      <Combobox
        label={words.addNeed}
        hint={words.addNeedHint}
        name="challenge.needIds"
        error={error}
        query={query}
        onQuery={setQuery}
        options={others.map(({ id, title, country }) => ({ id, label: title, detail: countryName(country) }))}
        nothing={words.noSuchNeed}
        onPick={(picked) => {
          const need = others.find(({ id }) => id === picked.id);
          if (need) onChange([...needs, { id: need.id, title: need.title, country: need.country }]);
          setQuery('');
        }}
      />
    </fieldset>
  );
}
