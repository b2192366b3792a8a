import type { NeedInput } from '../../../server/needs/schema.ts';
import { CheckField, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Icon } from '../components/Icon.tsx';
import { useCountryChoices } from '../directory/filters.tsx';
import { errorUnder } from '../profile/edit.ts';
import { TermPickers } from '../profile/TermPicker.tsx';
import { TrlSelect } from '../profile/TrlSelect.tsx';
import { t } from '../strings/text.ts';
import type { NeedDraft } from './draft.ts';

const words = t.needs.form;
const KINDS = ['integrator', 'public-authority', 'operator', 'other'] as const;

export interface SectionProps {
  draft: NeedDraft;
  edit: (change: Partial<NeedDraft>) => void;
  errors: Readonly<Record<string, string>>;
}

function WhatSection({ draft, edit, errors }: SectionProps) {
  return (
    <section class="card" aria-labelledby="form-what">
      <h2 id="form-what">{words.what}</h2>
      <TextField
        label={words.title}
        hint={words.titleHint}
        name="need.title"
        maxLength={160}
        value={draft.title}
        error={errors['need.title']}
        onInput={(title) => {
          edit({ title });
        }}
      />
      <TextArea
        label={words.words}
        hint={words.wordsHint}
        name="need.words"
        rows={6}
        value={draft.words}
        error={errors['need.words']}
        onInput={(typed) => {
          edit({ words: typed });
        }}
      />
      <p class="fine">{words.termsHint}</p>
      <TermPickers
        legend={words.terms}
        name="need"
        terms={draft}
        errorOf={(field) => errorUnder(errors, field)}
        onChange={edit}
      />
      <div class="fields">
        <TrlSelect
          label={words.trlMin}
          name="need.trlMin"
          unknown={words.any}
          value={draft.trlMin}
          error={errors['need.trlMin']}
          onChange={(trlMin) => {
            edit({ trlMin });
          }}
        />
        <TrlSelect
          label={words.trlMax}
          name="need.trlMax"
          unknown={words.any}
          value={draft.trlMax}
          error={errors['need.trlMax']}
          onChange={(trlMax) => {
            edit({ trlMax });
          }}
        />
        <TextField
          label={words.neededBy}
          name="need.neededBy"
          type="date"
          optional
          value={draft.neededBy}
          error={errors['need.neededBy']}
          onInput={(neededBy) => {
            edit({ neededBy });
          }}
        />
      </div>
    </section>
  );
}

function WhoSection({ draft, edit, errors }: SectionProps) {
  const countries = useCountryChoices(words.chooseCountry);
  return (
    <section class="card" aria-labelledby="form-who">
      <h2 id="form-who">{words.who}</h2>
      <TextField
        label={words.organisation}
        name="need.organisation"
        maxLength={160}
        value={draft.organisation}
        error={errors['need.organisation']}
        onInput={(organisation) => {
          edit({ organisation });
        }}
      />
      <div class="fields">
        <SelectField
          label={words.kind}
          name="need.organisationKind"
          value={draft.organisationKind}
          choices={KINDS.map((value) => ({ value, label: t.needs.kinds[value] }))}
          onChange={(value) => {
            const kind: NeedInput['organisationKind'] = KINDS.find((known) => known === value) ?? 'other';
            edit({ organisationKind: kind });
          }}
        />
        <SelectField
          label={words.country}
          name="need.country"
          value={draft.country}
          choices={countries}
          error={errors['need.country']}
          onChange={(country) => {
            edit({ country });
          }}
        />
      </div>
      <CheckField
        label={words.show}
        hint={words.showHint}
        name="need.showOrganisation"
        checked={draft.showOrganisation}
        onChange={(showOrganisation) => {
          edit({ showOrganisation });
        }}
      />
    </section>
  );
}

function HostSection({ draft, edit, errors }: SectionProps) {
  const change = (part: Partial<NeedDraft['host']>): void => {
    edit({ host: { ...draft.host, ...part } });
  };
  return (
    <section class="card" aria-labelledby="form-host">
      <h2 id="form-host">{words.demonstrator}</h2>
      <CheckField
        label={words.hosts}
        hint={words.hostsHint}
        name="need.hosts"
        checked={draft.hosts}
        onChange={(hosts) => {
          edit({ hosts });
        }}
      />
      {draft.hosts && (
        <>
          <TextArea
            label={words.hostWhat}
            name="need.demonstrator.what"
            rows={3}
            value={draft.host.what}
            error={errors['need.demonstrator.what']}
            onInput={(what) => {
              change({ what });
            }}
          />
          <TextField
            label={words.hostWhere}
            name="need.demonstrator.where"
            maxLength={200}
            value={draft.host.where}
            error={errors['need.demonstrator.where']}
            onInput={(where) => {
              change({ where });
            }}
          />
          <div class="fields">
            <TextField
              label={words.from}
              name="need.demonstrator.from"
              type="date"
              optional
              value={draft.host.from}
              error={errors['need.demonstrator.from']}
              onInput={(from) => {
                change({ from });
              }}
            />
            <TextField
              label={words.until}
              name="need.demonstrator.until"
              type="date"
              optional
              value={draft.host.until}
              error={errors['need.demonstrator.until']}
              onInput={(until) => {
                change({ until });
              }}
            />
          </div>
        </>
      )}
    </section>
  );
}

function ContactSection({ draft, edit, errors }: SectionProps) {
  return (
    <section class="card card-private" aria-labelledby="form-contact">
      <h2 id="form-contact" class="with-icon">
        <Icon name="lock" /> {words.contact}
      </h2>
      <p class="fine">{words.contactLead}</p>
      <div class="fields">
        <TextField
          label={words.contactName}
          name="need.confidential.contactName"
          maxLength={120}
          value={draft.contactName}
          error={errors['need.confidential.contactName']}
          onInput={(contactName) => {
            edit({ contactName });
          }}
        />
        <TextField
          label={words.contactEmail}
          name="need.confidential.contactEmail"
          type="email"
          inputMode="email"
          value={draft.contactEmail}
          error={errors['need.confidential.contactEmail']}
          onInput={(contactEmail) => {
            edit({ contactEmail });
          }}
        />
        <TextField
          label={words.contactPhone}
          name="need.confidential.contactPhone"
          type="tel"
          inputMode="tel"
          optional
          value={draft.contactPhone}
          error={errors['need.confidential.contactPhone']}
          onInput={(contactPhone) => {
            edit({ contactPhone });
          }}
        />
      </div>
      <TextArea
        label={words.notes}
        name="need.confidential.notes"
        rows={3}
        optional
        value={draft.notes}
        error={errors['need.confidential.notes']}
        onInput={(notes) => {
          edit({ notes });
        }}
      />
    </section>
  );
}

/** All fields of a need. */
export function NeedSections(props: SectionProps) {
  return (
    <>
      <WhatSection {...props} />
      <WhoSection {...props} />
      <HostSection {...props} />
      <ContactSection {...props} />
    </>
  );
}
