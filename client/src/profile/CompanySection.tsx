import { useState } from 'preact/hooks';
import { Combobox } from '../components/Combobox.tsx';
import { CheckField, RadioGroup, SelectField, TextField } from '../components/fields.tsx';
import { DemoMark } from '../components/marks.tsx';
import { useCountryChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { errorUnder } from './edit.ts';
import type { SectionProps } from './edit.ts';
import { Chips } from './TermPicker.tsx';
import { useTaxonomy } from './taxonomy.ts';

const words = t.profile.company;
const roles = ['', 'security-market', 'deep-tech'] as const;

function LanguagePicker({ draft, edit, errors }: SectionProps) {
  const [query, setQuery] = useState('');
  const languages = useTaxonomy().data?.languages ?? [];
  const typed = query.trim().toLowerCase();
  const toggle = (code: string) => {
    const { languages: picked } = draft;
    const next = picked.includes(code) ? picked.filter((other) => other !== code) : [...picked, code];
    edit({ languages: next }, 'languages');
  };
  const nameOf = (code: string) => languages.find((language) => language.code === code)?.name ?? code;
  return (
    <div class="term-picker" data-field="languages">
      <Combobox
        label={words.languages}
        hint={words.languagesHint}
        name="languages"
        mark={<DemoMark when={draft.demoAnswers.includes('languages')} />}
        error={errorUnder(errors, 'languages')}
        query={query}
        onQuery={setQuery}
        options={languages
          .filter(({ name }) => name.toLowerCase().startsWith(typed))
          .map(({ code, name }) => ({ id: code, label: name, selected: draft.languages.includes(code) }))}
        several
        nothing={t.directory.nothingFound}
        onPick={(option) => {
          toggle(option.id);
          setQuery('');
        }}
      />
      <Chips
        label={words.languages}
        items={draft.languages.map((code) => ({ id: code, label: nameOf(code) }))}
        onRemove={toggle}
      />
    </div>
  );
}

/** Who the company is. */
export function CompanySection(props: SectionProps) {
  const { draft, edit, errors } = props;
  const countries = useCountryChoices(t.directory.clusterForm.chooseCountry);
  return (
    <section class="card" aria-labelledby="profile-company" data-field="company">
      <h2 id="profile-company">{words.title}</h2>
      <div class="fields">
        <div data-field="name">
          <TextField
            label={words.name}
            name="name"
            required
            value={draft.name}
            onInput={(name) => {
              edit({ name });
            }}
            error={errors.name}
          />
        </div>
        <div data-field="country">
          <SelectField
            label={words.country}
            name="country"
            value={draft.country}
            choices={countries}
            onChange={(country) => {
              edit({ country });
            }}
            error={errors.country}
          />
        </div>
        <div data-field="city">
          <TextField
            label={words.city}
            name="city"
            optional
            value={draft.city}
            onInput={(city) => {
              edit({ city });
            }}
            error={errors.city}
          />
        </div>
        <div data-field="website">
          <TextField
            label={words.website}
            name="website"
            type="url"
            inputMode="url"
            optional
            value={draft.website}
            onInput={(website) => {
              edit({ website });
            }}
            error={errors.website}
          />
        </div>
      </div>
      <LanguagePicker {...props} />
      <div data-field="marketRole">
        <RadioGroup
          legend={words.marketRole}
          name="marketRole"
          mark={<DemoMark when={draft.demoAnswers.includes('marketRole')} />}
          value={draft.marketRole}
          choices={roles.map((value) => ({
            value,
            label: value === '' ? t.common.notYetDeclared : t.common.marketRoles[value],
            hint: words.marketRoleHints[value === '' ? 'none' : value],
          }))}
          onChange={(value) => {
            edit({ marketRole: roles.find((role) => role === value) ?? '' }, 'marketRole');
          }}
          error={errors.marketRole}
        />
      </div>
      <div data-field="group">
        <TextField
          label={words.group}
          hint={words.groupHint}
          name="group"
          optional
          value={draft.group}
          onInput={(group) => {
            edit({ group });
          }}
          error={errors.group}
        />
      </div>
      <div data-field="projects">
        <TextField
          label={words.projects}
          hint={words.projectsHint}
          name="projects"
          optional
          value={draft.projects}
          onInput={(projects) => {
            edit({ projects });
          }}
          error={errorUnder(errors, 'projects')}
        />
      </div>
      <div data-field="available">
        <CheckField
          label={words.available}
          hint={words.availableHint}
          name="available"
          checked={draft.available}
          onChange={(available) => {
            edit({ available });
          }}
        />
      </div>
    </section>
  );
}
