import type { Link } from '../../../server/audience/schema.ts';
import { t } from '../strings/text.ts';
import { Button } from './Button.tsx';
import { TextField } from './fields.tsx';

const words = t.programme.links;
const MAX = 10;

/** Links with a name each. */
export function LinksField(props: {
  links: readonly Link[];
  onChange: (links: readonly Link[]) => void;
  /** Path of the list as the API names it. */
  name: string;
  errors: Readonly<Record<string, string>>;
  hint?: string;
}) {
  const { links, name, errors } = props;
  const change = (at: number, part: Partial<Link>) => {
    props.onChange(links.map((link, index) => (index === at ? { ...link, ...part } : link)));
  };
  return (
    <fieldset class="stack-small">
      <legend class="label">{words.legend}</legend>
      {props.hint !== undefined && <p class="field-hint">{props.hint}</p>}
      {links.map((link, at) => (
        <div class="fields" key={at}>
          <TextField
            label={words.label}
            name={`${name}.${at}.label`}
            value={link.label}
            onInput={(label) => {
              change(at, { label });
            }}
            error={errors[`${name}.${at}.label`]}
          />
          <TextField
            label={words.url}
            name={`${name}.${at}.url`}
            type="url"
            inputMode="url"
            value={link.url}
            onInput={(url) => {
              change(at, { url });
            }}
            error={errors[`${name}.${at}.url`]}
          />
          <div class="actions">
            <Button
              small
              kind="quiet"
              onClick={() => {
                props.onChange(links.filter((_, index) => index !== at));
              }}
            >
              {words.remove}
            </Button>
          </div>
        </div>
      ))}
      {links.length < MAX && (
        <div class="actions">
          <Button
            small
            icon="plus"
            onClick={() => {
              props.onChange([...links, { label: '', url: 'https://' }]);
            }}
          >
            {words.add}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
