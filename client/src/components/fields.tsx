import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';
import { t } from '../strings/text.ts';

interface FieldProps {
  label: ComponentChildren;
  /** Path of the field as the API names it; errors come back under it. */
  name: string;
  hint?: ComponentChildren;
  error?: string | undefined;
  optional?: boolean;
  /** Badges beside the label. */
  mark?: ComponentChildren;
}

interface Wiring {
  id: string;
  name: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean;
}

/** Label, hint and error around one control; hands the control its wiring. */
export function Field(props: FieldProps & { children: (wiring: Wiring) => ComponentChildren }) {
  const id = useId();
  const { error, hint } = props;
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return (
    <div class={error ? 'field field-wrong' : 'field'}>
      <div class="field-head">
        <label for={id}>{props.label}</label>
        {props.optional === true && <span class="field-optional">{t.common.optional}</span>}
        {props.mark}
      </div>
      {hint !== undefined && (
        <p class="field-hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {props.children({
        id,
        name: props.name,
        'aria-describedby': describedBy || undefined,
        'aria-invalid': Boolean(error),
      })}
      {error !== undefined && error !== '' && (
        <p class="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}

interface TextFieldProps extends FieldProps {
  value: string;
  onInput: (value: string) => void;
  type?: 'text' | 'email' | 'password' | 'search' | 'tel' | 'url' | 'date' | 'datetime-local';
  autoComplete?: string;
  inputMode?: 'numeric' | 'decimal' | 'email' | 'url' | 'tel' | 'search';
  required?: boolean;
  maxLength?: number;
  placeholder?: string;
  readOnly?: boolean;
}

export function TextField(props: TextFieldProps) {
  // The typings of JSX want one literal per element; all of these kinds take the same attributes.
  const type = (props.type ?? 'text') as 'text';
  return (
    <Field {...props}>
      {(wiring) => (
        <input
          {...wiring}
          class="input"
          type={type}
          value={props.value}
          autocomplete={props.autoComplete ?? 'off'}
          inputmode={props.inputMode}
          required={props.required}
          maxLength={props.maxLength}
          placeholder={props.placeholder}
          readOnly={props.readOnly}
          onInput={(event) => {
            props.onInput(event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}

export function TextArea(
  props: FieldProps & { value: string; onInput: (value: string) => void; rows?: number },
) {
  return (
    <Field {...props}>
      {(wiring) => (
        <textarea
          {...wiring}
          class="input"
          rows={props.rows ?? 4}
          value={props.value}
          onInput={(event) => {
            props.onInput(event.currentTarget.value);
          }}
        />
      )}
    </Field>
  );
}

export interface Choice {
  value: string;
  label: string;
}

export function SelectField(
  props: FieldProps & { value: string; onChange: (value: string) => void; choices: readonly Choice[] },
) {
  return (
    <Field {...props}>
      {(wiring) => (
        <select
          {...wiring}
          class="input"
          value={props.value}
          onChange={(event) => {
            props.onChange(event.currentTarget.value);
          }}
        >
          {props.choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  );
}

export function CheckField(props: {
  label: ComponentChildren;
  name: string;
  hint?: ComponentChildren;
  checked: boolean;
  onChange: (checked: boolean) => void;
}) {
  const id = useId();
  return (
    <div class="check-field">
      <input
        id={id}
        name={props.name}
        type="checkbox"
        checked={props.checked}
        aria-describedby={props.hint === undefined ? undefined : `${id}-hint`}
        onChange={(event) => {
          props.onChange(event.currentTarget.checked);
        }}
      />
      <div>
        <label for={id}>{props.label}</label>
        {props.hint !== undefined && (
          <p class="field-hint" id={`${id}-hint`}>
            {props.hint}
          </p>
        )}
      </div>
    </div>
  );
}

/** A small set of choices of which one holds, all visible. */
export function RadioGroup(props: {
  legend: ComponentChildren;
  name: string;
  value: string;
  onChange: (value: string) => void;
  choices: readonly (Choice & { hint?: string })[];
  mark?: ComponentChildren;
  error?: string | undefined;
}) {
  const id = useId();
  return (
    <fieldset class="radio-group" aria-invalid={props.error ? true : undefined}>
      <legend>
        {props.legend} {props.mark}
      </legend>
      <div class="radio-choices">
        {props.choices.map((choice) => (
          <label key={choice.value} class="radio-choice">
            <input
              type="radio"
              name={`${id}-${props.name}`}
              value={choice.value}
              checked={props.value === choice.value}
              onChange={() => {
                props.onChange(choice.value);
              }}
            />
            <span>
              <span class="radio-label">{choice.label}</span>
              {choice.hint !== undefined && <span class="field-hint">{choice.hint}</span>}
            </span>
          </label>
        ))}
      </div>
      {props.error && <p class="field-error">{props.error}</p>}
    </fieldset>
  );
}
