import type { Activity } from '../../../server/reports/schema.ts';
import { Button } from '../components/Button.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.reports;
const KINDS = [
  'newsletter',
  'social-media',
  'web',
  'event',
  'webinar',
  'press',
  'meeting',
  'other',
] as const satisfies readonly Activity['kind'][];
const AUDIENCES = [
  'members',
  'smes',
  'other-clusters',
  'public-bodies',
  'general-public',
] as const satisfies readonly Activity['audience'][];

/** The fields of one activity. */
export function ActivityFields(props: {
  activity: Activity;
  at: number;
  onChange: (part: Partial<Activity>) => void;
  onRemove: () => void;
  errors: Readonly<Record<string, string>>;
}) {
  const { activity, at, onChange } = props;
  const name = (field: string) => `report.activities.${String(at)}.${field}`;
  const error = (field: string) => props.errors[name(field)];
  return (
    <fieldset class="stack-small card">
      <legend class="label">{words.activity(at + 1)}</legend>
      <TextField
        label={words.activityTitle}
        name={name('title')}
        maxLength={160}
        value={activity.title}
        onInput={(title) => {
          onChange({ title });
        }}
        error={error('title')}
      />
      <div class="fields">
        <SelectField
          label={words.kind}
          name={name('kind')}
          value={activity.kind}
          choices={KINDS.map((value) => ({ value, label: words.kinds[value] }))}
          onChange={(value) => {
            onChange({ kind: KINDS.find((kind) => kind === value) ?? 'other' });
          }}
          error={error('kind')}
        />
        <TextField
          label={words.date}
          name={name('date')}
          type="date"
          value={activity.date}
          onInput={(date) => {
            onChange({ date });
          }}
          error={error('date')}
        />
        <SelectField
          label={words.audience}
          name={name('audience')}
          value={activity.audience}
          choices={AUDIENCES.map((value) => ({ value, label: words.audiences[value] }))}
          onChange={(value) => {
            onChange({ audience: AUDIENCES.find((audience) => audience === value) ?? 'members' });
          }}
          error={error('audience')}
        />
        <TextField
          label={words.reached}
          name={name('reached')}
          inputMode="numeric"
          optional
          value={activity.reached === null ? '' : String(activity.reached)}
          onInput={(value) => {
            const digits = value.replace(/\D/g, '').slice(0, 8);
            onChange({ reached: digits === '' ? null : Number(digits) });
          }}
          error={error('reached')}
        />
      </div>
      <TextField
        label={words.link}
        name={name('link')}
        type="url"
        inputMode="url"
        optional
        placeholder="https://"
        value={activity.link ?? ''}
        onInput={(link) => {
          onChange({ link: link === '' ? null : link });
        }}
        error={error('link')}
      />
      <div class="actions">
        <Button small kind="quiet" onClick={props.onRemove}>
          {words.removeActivity}
        </Button>
      </div>
    </fieldset>
  );
}
