import { ChoiceFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';

/** How far the engine came: proven, or not. */
export function StatusFilter() {
  return (
    <ChoiceFilter
      label={t.runs.outcome}
      name="status"
      choices={[
        { value: '', label: t.common.all },
        ...Object.entries(t.runs.status).map(([value, label]) => ({ value, label })),
      ]}
    />
  );
}
