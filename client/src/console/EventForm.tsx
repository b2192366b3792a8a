import { useState } from 'preact/hooks';
import type { EventInput, EventView } from '../../../server/events/schema.ts';
import { Button } from '../components/Button.tsx';
import { CheckField, RadioGroup, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { useClusterChoices, useCountryChoices } from '../directory/filters.tsx';
import { timeAt } from '../event/moments.ts';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';
import { ChecksField } from './ChecksField.tsx';
import { draftOf, endOf, inputOf, newDraft, type EventDraft } from './eventDraft.ts';

type Edit = (change: Partial<EventDraft>) => void;
interface PartProps {
  draft: EventDraft;
  edit: Edit;
  errors: Readonly<Record<string, string>>;
}
const DISCLOSURES = ['consortium', 'agreed-meeting'] as const;

/** Creates an event, or changes the one that is given. `prefix` is where the event stands in what is sent. */
export function EventForm(props: {
  event?: EventView;
  prefix: string;
  send: (input: EventInput) => Promise<void>;
}) {
  const { event, prefix } = props;
  const [draft, setDraft] = useState(() => (event === undefined ? newDraft(serverNow()) : draftOf(event)));
  const form = useForm(() => props.send(inputOf(draft)));
  const edit: Edit = (change) => {
    setDraft((before) => ({ ...before, ...change }));
  };
  // Fields are named as if the event stood alone.
  const errors = Object.fromEntries(
    Object.entries(form.errors).map(([field, message]) => [field.replace(prefix, ''), message]),
  );
  const part = { draft, edit, errors };
  return (
    <Form state={form} label={t.console.createTitle}>
      <TextField
        label={t.console.name}
        name={`${prefix}name`}
        required
        maxLength={160}
        value={draft.name}
        error={errors['name']}
        onInput={(name) => {
          edit({ name });
        }}
      />
      <TextArea
        label={t.console.description}
        name={`${prefix}description`}
        optional
        rows={3}
        value={draft.description}
        error={errors['description']}
        onInput={(description) => {
          edit({ description });
        }}
      />
      <PlacePart {...part} />
      <TimePart {...part} />
      <InvitedPart {...part} />
      <RadioGroup
        legend={t.console.contactsAt}
        name="contactsAt"
        value={draft.contactsAt}
        choices={DISCLOSURES.map((value) => ({ value, label: t.console.contacts[value] }))}
        onChange={(value) => {
          edit({ contactsAt: DISCLOSURES.find((known) => known === value) ?? 'consortium' });
        }}
      />
      <NumberField
        {...part}
        label={t.console.requestMinutes}
        field="requestMinutes"
        name={`${prefix}requestMinutes`}
      />
      <div class="actions">
        <Button kind="primary" type="submit" busy={form.busy}>
          {t.console.save}
        </Button>
      </div>
    </Form>
  );
}

type NumericField = 'tables' | 'rounds' | 'roundMinutes' | 'breakMinutes' | 'requestMinutes';

function NumberField(props: PartProps & { label: string; field: NumericField; name: string }) {
  const { draft, field, edit, name } = props;
  const path = name.replace(/^event\./, '');
  return (
    <TextField
      label={props.label}
      name={name}
      inputMode="numeric"
      required
      value={draft[field]}
      error={props.errors[path]}
      onInput={(value) => {
        edit({ [field]: value });
      }}
    />
  );
}

function PlacePart(props: PartProps) {
  const { draft, edit, errors } = props;
  return (
    <>
      <RadioGroup
        legend={t.console.placeKind}
        name="kind"
        value={draft.kind}
        choices={[
          { value: 'venue', label: t.console.venue },
          { value: 'online', label: t.console.online },
        ]}
        onChange={(value) => {
          edit({ kind: value === 'online' ? 'online' : 'venue' });
        }}
      />
      {draft.kind === 'venue' ? (
        <div class="fields">
          <TextField
            label={t.console.address}
            name="place.address"
            value={draft.address}
            error={errors['place.address']}
            onInput={(address) => {
              edit({ address });
            }}
          />
          <NumberField {...props} label={t.console.tables} field="tables" name="place.tables" />
        </div>
      ) : (
        <TextArea
          label={t.console.links}
          name="place.links"
          rows={5}
          value={draft.links}
          error={Object.entries(errors).find(([field]) => field.startsWith('place.links'))?.[1]}
          onInput={(links) => {
            edit({ links });
          }}
        />
      )}
    </>
  );
}

const ZONES = Intl.supportedValuesOf('timeZone').map((value) => ({
  value,
  label: value.replaceAll('_', ' '),
}));

function TimePart(props: PartProps) {
  const { draft, edit, errors } = props;
  const end = endOf(draft);
  const zones = ZONES.some(({ value }) => value === draft.timeZone)
    ? ZONES
    : [{ value: draft.timeZone, label: draft.timeZone }, ...ZONES];
  return (
    <>
      <div class="fields">
        <TextField
          label={t.console.startsAt}
          name="timetable.startsAt"
          type="datetime-local"
          required
          value={draft.startsAt}
          error={errors['timetable.startsAt']}
          onInput={(startsAt) => {
            edit({ startsAt });
          }}
        />
        <SelectField
          label={t.console.timeZone}
          name="timeZone"
          value={draft.timeZone}
          error={errors['timeZone']}
          choices={zones}
          onChange={(timeZone) => {
            edit({ timeZone });
          }}
        />
        <NumberField {...props} label={t.console.rounds} field="rounds" name="timetable.rounds" />
        <NumberField
          {...props}
          label={t.console.roundMinutes}
          field="roundMinutes"
          name="timetable.roundMinutes"
        />
        <NumberField
          {...props}
          label={t.console.breakMinutes}
          field="breakMinutes"
          name="timetable.breakMinutes"
        />
      </div>
      <LongBreaks {...props} />
      {end !== null && <p class="fine">{t.console.ends(timeAt(end, draft))}</p>}
    </>
  );
}

function LongBreaks({ draft, edit, errors }: PartProps) {
  const { longBreaks } = draft;
  const change = (at: number, part: Partial<EventDraft['longBreaks'][number]>): void => {
    edit({ longBreaks: longBreaks.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  };
  return (
    <fieldset class="field-group">
      <legend>{t.console.longBreaks}</legend>
      {longBreaks.map((one, at) => (
        <div key={at} class="fields">
          <TextField
            label={t.console.longBreakAfter}
            name={`timetable.longBreaks.${at}.afterRound`}
            inputMode="numeric"
            value={one.afterRound}
            error={errors[`timetable.longBreaks.${at}.afterRound`]}
            onInput={(afterRound) => {
              change(at, { afterRound });
            }}
          />
          <TextField
            label={t.console.longBreakMinutes}
            name={`timetable.longBreaks.${at}.minutes`}
            inputMode="numeric"
            value={one.minutes}
            error={errors[`timetable.longBreaks.${at}.minutes`]}
            onInput={(minutes) => {
              change(at, { minutes });
            }}
          />
          <Button
            small
            icon="close"
            onClick={() => {
              edit({ longBreaks: longBreaks.filter((_, i) => i !== at) });
            }}
          >
            {t.console.removeBreak}
          </Button>
        </div>
      ))}
      <Button
        small
        icon="plus"
        onClick={() => {
          edit({ longBreaks: [...longBreaks, { afterRound: '3', minutes: '45' }] });
        }}
      >
        {t.console.addBreak}
      </Button>
    </fieldset>
  );
}

function InvitedPart({ draft, edit }: PartProps) {
  const clusters = useClusterChoices('').slice(1);
  const countries = useCountryChoices('').slice(1);
  return (
    <fieldset class="field-group">
      <legend>{t.console.invited}</legend>
      <CheckField
        label={t.console.invitedAll}
        hint={t.console.invitedAllHint}
        name="invited.all"
        checked={draft.all}
        onChange={(all) => {
          edit({ all });
        }}
      />
      {!draft.all && (
        <div class="fields">
          <ChecksField
            legend={t.console.clusters}
            name="clusterIds"
            choices={clusters}
            chosen={draft.clusterIds}
            onChange={(clusterIds) => {
              edit({ clusterIds });
            }}
          />
          <ChecksField
            legend={t.console.countries}
            name="countries"
            choices={countries}
            chosen={draft.countries}
            onChange={(chosen) => {
              edit({ countries: chosen });
            }}
          />
        </div>
      )}
    </fieldset>
  );
}
