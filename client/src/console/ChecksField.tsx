import type { Choice } from '../components/fields.tsx';
import { CheckField } from '../components/fields.tsx';

/** Any number of choices, ticked in a list that scrolls. */
export function ChecksField(props: {
  legend: string;
  name: string;
  choices: readonly Choice[];
  chosen: readonly string[];
  onChange: (chosen: readonly string[]) => void;
}) {
  const { chosen } = props;
  return (
    <fieldset class="field-group">
      <legend>
        {props.legend} {chosen.length > 0 && <span class="fine number">({chosen.length})</span>}
      </legend>
      <div class="checks-list">
        {props.choices.map(({ value, label }) => (
          <CheckField
            key={value}
            name={`${props.name}-${value}`}
            label={label}
            checked={chosen.includes(value)}
            onChange={(checked) => {
              props.onChange(checked ? [...chosen, value] : chosen.filter((one) => one !== value));
            }}
          />
        ))}
      </div>
    </fieldset>
  );
}
