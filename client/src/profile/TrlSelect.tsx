import type { ComponentChildren } from 'preact';
import type { SolutionView } from '../../../server/smes/schema.ts';
import { SelectField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';

type Trl = SolutionView['trl'];
const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;

/** One of the nine readiness levels in its official words, or not yet declared. */
export function TrlSelect(props: {
  label: string;
  name: string;
  value: Trl;
  onChange: (level: Trl) => void;
  unknown: string;
  hint?: string;
  error: string | undefined;
  mark?: ComponentChildren;
}) {
  return (
    <SelectField
      label={props.label}
      name={props.name}
      mark={props.mark}
      error={props.error}
      {...(props.hint === undefined ? {} : { hint: props.hint })}
      value={props.value === null ? '' : String(props.value)}
      choices={[
        { value: '', label: props.unknown },
        ...levels.map((level) => ({
          value: String(level),
          label: `${t.common.trl(level)}: ${t.common.trlSentences[level - 1] ?? ''}`,
        })),
      ]}
      onChange={(value) => {
        props.onChange(levels.find((level) => String(level) === value) ?? null);
      }}
    />
  );
}
