import type { ApplicationForm } from '../../../server/ambassadors/schema.ts';
import { RadioGroup, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';
import type { ApplicationDraft } from './draft.ts';

const words = t.ambassadors.form;

interface FieldsProps {
  draft: ApplicationDraft;
  onChange: (draft: ApplicationDraft) => void;
  errors: Readonly<Record<string, string>>;
  countries: ApplicationForm['countries'];
  /** Once it was confirmed the address stays. */
  emailFixed: boolean;
}

/** What an application says, in four parts; used to apply and to correct. */
export function ApplicationFields(props: FieldsProps) {
  const { draft, onChange, errors } = props;
  const wire = <Name extends keyof ApplicationDraft>(name: Name) => ({
    name: `application.${name}`,
    value: draft[name],
    error: errors[`application.${name}`],
    onInput: (value: string) => {
      onChange({ ...draft, [name]: value });
    },
  });
  return (
    <>
      <fieldset class="stack-small">
        <legend class="form-legend">{words.cluster}</legend>
        <TextField
          {...wire('name')}
          label={words.name}
          required
          maxLength={160}
          autoComplete="organization"
        />
        <SelectField
          name="application.country"
          label={words.country}
          value={draft.country}
          error={errors['application.country']}
          choices={[
            { value: '', label: words.chooseCountry },
            ...props.countries
              .map(({ code, name }) => ({ value: code, label: name }))
              .sort((one, other) => one.label.localeCompare(other.label, 'en')),
          ]}
          onChange={(country) => {
            onChange({ ...draft, country });
          }}
        />
        <TextField
          {...wire('region')}
          label={words.region}
          hint={words.regionHint}
          optional
          maxLength={120}
        />
        <TextField
          {...wire('website')}
          label={words.website}
          required
          inputMode="url"
          autoComplete="url"
          maxLength={200}
        />
      </fieldset>
      <fieldset class="stack-small">
        <legend class="form-legend">{words.person}</legend>
        <TextField
          {...wire('contactName')}
          label={words.contactName}
          required
          autoComplete="name"
          maxLength={120}
        />
        <TextField
          {...wire('contactEmail')}
          label={words.contactEmail}
          required
          type="email"
          autoComplete="email"
          maxLength={254}
          readOnly={props.emailFixed}
          {...(props.emailFixed && { hint: words.emailFixed })}
        />
      </fieldset>
      <fieldset class="stack-small">
        <legend class="form-legend">{words.outreachPart}</legend>
        <div class="application-figures">
          <TextField {...wire('members')} label={words.members} required inputMode="numeric" />
          <TextField {...wire('audience')} label={words.audience} required inputMode="numeric" />
          <TextField {...wire('eventsPerYear')} label={words.eventsPerYear} required inputMode="numeric" />
        </div>
        <TextArea {...wire('outreach')} label={words.outreach} optional rows={3} />
      </fieldset>
      <fieldset class="stack-small">
        <legend class="form-legend">{words.projectsPart}</legend>
        <RadioGroup
          legend={words.involvement}
          name="application.involvement"
          value={draft.involvement}
          choices={(['innosup', 'fstp', 'european', 'none'] as const).map((value) => ({
            value,
            label: words.involvements[value],
          }))}
          onChange={(value) => {
            const involvement = (['innosup', 'fstp', 'european', 'none'] as const).find(
              (one) => one === value,
            );
            if (involvement !== undefined) onChange({ ...draft, involvement });
          }}
        />
        <TextArea {...wire('projects')} label={words.projects} optional rows={2} />
        <TextArea {...wire('motivation')} label={words.motivation} hint={words.motivationHint} rows={4} />
      </fieldset>
    </>
  );
}
