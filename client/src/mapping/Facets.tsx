import { useState } from 'preact/hooks';
import type { FacetsReply } from '../../../server/mapping/schema.ts';
import { setQuery } from '../app/router.ts';
import { filterValue } from '../directory/filters.tsx';
import { Button } from '../components/Button.tsx';
import { SelectField } from '../components/fields.tsx';
import { formatNumber } from '../components/format.ts';
import { t } from '../strings/text.ts';
import { choiceCount, chosen, clearChoices, toggle, type ListName } from './query.ts';

const words = t.mapping.filters;
/** Choices that a list shows before it is opened. */
const SHORT = 6;

interface FacetChoice {
  value: string;
  label: string;
  count: number;
  /** Stands below the choice before it. */
  below?: boolean;
}

function ChoiceList(props: {
  list: ListName;
  title: string;
  hint?: string;
  choices: readonly FacetChoice[];
}) {
  const { list, choices } = props;
  const [open, setOpen] = useState(false);
  const picked = chosen(list);
  if (choices.length === 0) return null;
  const shown = open ? choices : choices.filter((choice, at) => at < SHORT || picked.includes(choice.value));
  const hidden = choices.length - shown.length;
  return (
    <fieldset class="facet">
      <legend>{props.title}</legend>
      {props.hint !== undefined && <p class="fine">{props.hint}</p>}
      {shown.map(({ value, label, count, below }) => (
        <label key={value} class={below === true ? 'facet-choice facet-below' : 'facet-choice'}>
          <input
            type="checkbox"
            checked={picked.includes(value)}
            onChange={() => {
              toggle(list, value);
            }}
          />
          <span>{label}</span>
          <span class="facet-count">{formatNumber(count)}</span>
        </label>
      ))}
      {(hidden > 0 || open) && choices.length > SHORT && (
        <Button
          kind="quiet"
          small
          expanded={open}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? words.fewer : words.more(hidden)}
        </Button>
      )}
    </fieldset>
  );
}

/** Domains by count, each with its narrower terms below it where it, or one of them, is chosen. */
function capabilityChoices(counts: FacetsReply['terms']['capabilities']): FacetChoice[] {
  const picked = chosen('capabilities');
  const broaderOf = new Map(counts.map(({ value, broader }) => [value, broader]));
  return counts
    .filter(({ broader }) => broader === null)
    .flatMap((domain) => {
      const open = picked.some((id) => id === domain.value || broaderOf.get(id) === domain.value);
      const below = counts.filter(({ broader }) => broader === domain.value);
      return [domain, ...(open ? below.map((term) => ({ ...term, below: true })) : [])];
    });
}

function TrlLimits({ facets }: { facets: FacetsReply }) {
  const levels = [
    { value: '', label: words.any },
    ...facets.trl.map(({ value, count }) => ({
      value: String(value),
      label: `${t.common.trl(value)} (${formatNumber(count)})`,
    })),
  ];
  return (
    <fieldset class="facet">
      <legend>{words.trl}</legend>
      <div class="facet-pair">
        <SelectField
          label={words.trlFrom}
          name="trlMin"
          value={filterValue('trlMin')}
          choices={levels}
          onChange={(value) => {
            const below = value !== '' && Number(filterValue('trlMax') || '9') < Number(value);
            setQuery({ trlMin: value, ...(below ? { trlMax: null } : {}) });
          }}
        />
        <SelectField
          label={words.trlTo}
          name="trlMax"
          value={filterValue('trlMax')}
          choices={levels}
          onChange={(value) => {
            const above = value !== '' && Number(filterValue('trlMin') || '1') > Number(value);
            setQuery({ trlMax: value, ...(above ? { trlMin: null } : {}) });
          }}
        />
      </div>
      {facets.trlUnknown > 0 && <p class="fine">{words.unknownTrl(facets.trlUnknown)}</p>}
    </fieldset>
  );
}

/** Every further choice, with how many solutions it would leave. */
export function Facets({ facets }: { facets: FacetsReply }) {
  const phases = facets.phases.map(({ value, count }) => ({
    value,
    label: t.mapping.phases[value],
    count,
  }));
  return (
    <div class="facets">
      <ChoiceList
        list="capabilities"
        title={t.common.facets.capabilities}
        choices={capabilityChoices(facets.terms.capabilities)}
      />
      <ChoiceList list="phases" title={words.phase} hint={words.phaseHint} choices={phases} />
      {facets.phaseUnknown > 0 && <p class="fine">{words.unknownPhase(facets.phaseUnknown)}</p>}
      <TrlLimits facets={facets} />
      {(['fields', 'technologies', 'sectors'] as const).map((facet) => (
        <ChoiceList key={facet} list={facet} title={t.common.facets[facet]} choices={facets.terms[facet]} />
      ))}
      <ChoiceList list="countries" title={words.country} choices={facets.countries} />
      {choiceCount() > 0 && <Button onClick={clearChoices}>{words.clear}</Button>}
    </div>
  );
}
