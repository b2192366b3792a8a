import { useState } from 'preact/hooks';
import { Field } from '../components/fields.tsx';
import { t } from '../strings/text.ts';

/** A password that can be shown while it is typed. `fresh`: a new one is chosen, so the rule is said. */
export function PasswordField(props: {
  label: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  error?: string | undefined;
  fresh?: boolean;
}) {
  const [shown, setShown] = useState(false);
  const words = t.accounts.password;
  // The typings of JSX want one literal per element; both kinds take the same attributes.
  const type = (shown ? 'text' : 'password') as 'text';
  return (
    <Field
      label={props.label}
      name={props.name}
      error={props.error}
      {...(props.fresh === true ? { hint: words.rule } : {})}
    >
      {(wiring) => (
        <div class="with-button">
          <input
            {...wiring}
            class="input"
            type={type}
            value={props.value}
            autocomplete={props.fresh === true ? 'new-password' : 'current-password'}
            autocapitalize="none"
            spellcheck={false}
            required
            onInput={(event) => {
              props.onInput(event.currentTarget.value);
            }}
          />
          <button
            type="button"
            class="button button-quiet button-small"
            aria-label={shown ? words.hideLabel : words.showLabel}
            onClick={() => {
              setShown(!shown);
            }}
          >
            {shown ? words.hide : words.show}
          </button>
        </div>
      )}
    </Field>
  );
}
