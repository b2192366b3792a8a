import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { CallRulesInput, CallView, CountryLists } from '../../../server/calls/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { navigate } from '../app/router.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { RadioGroup, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { t } from '../strings/text.ts';
import { RulesPreviewCard } from './RulesPreviewCard.tsx';
import { draftOf, rulesOf, type RulesDraft } from './rulesDraft.ts';

const words = t.calls.form;

/** Prepares a call; it begins with the rules of the one in force. */
export function NewCallPage(_props: PageProps) {
  const of = useLoad<CallView>('/call');
  return (
    <>
      <PageHeading
        title={words.newTitle}
        lead={words.newLead}
        above={<a href="/calls">{t.calls.toCalls}</a>}
      />
      <Show of={of}>{(call) => <Editor call={call} isNew />}</Show>
    </>
  );
}

/** Changes the rules of a call, with a look at what that does. */
export function EditCallPage({ params }: PageProps) {
  const { callId = '' } = params;
  const of = useLoad<CallView>(`/calls/${callId}`);
  return (
    <>
      <PageHeading
        title={words.editTitle}
        lead={words.editLead}
        above={<a href={`/calls/${callId}`}>{of.data?.name ?? t.calls.toCall}</a>}
      />
      <Show of={of}>{(call) => <Editor key={call.rulesVersion} call={call} />}</Show>
    </>
  );
}

function Editor({ call, isNew = false }: { call: CallView; isNew?: boolean }) {
  const [draft, setDraft] = useState<RulesDraft>(() => draftOf(call));
  const [id, setId] = useState('');
  const [note, setNote] = useState('');
  const rules = (): CallRulesInput => rulesOf(draft, call);
  const form = useForm(async () => {
    const saved = isNew
      ? await api.post<CallView>('/calls', { id, rules: rules() })
      : await api.put<CallView>(`/calls/${call.id}/rules`, {
          baseVersion: call.rulesVersion,
          rules: rules(),
          note,
        });
    announce(words.published(saved.rulesVersion));
    void navigate(`/calls/${saved.id}`);
  });
  const edit = (change: Partial<RulesDraft>): void => {
    setDraft((before) => ({ ...before, ...change }));
  };
  const error = (field: string): string | undefined => form.errors[`rules.${field}`];
  const text = (name: keyof RulesDraft, label: string, field: string, value: string, type?: 'date') => (
    <TextField
      label={label}
      name={`rules.${field}`}
      value={value}
      error={error(field)}
      {...(type === undefined ? {} : { type })}
      onInput={(typed) => {
        edit({ [name]: typed });
      }}
    />
  );
  return (
    <div class="stack narrow">
      <Form state={form} label={isNew ? words.newTitle : words.editTitle}>
        {isNew && (
          <TextField
            label={words.id}
            hint={words.idHint}
            name="id"
            value={id}
            onInput={setId}
            error={form.errors.id}
          />
        )}
        {text('name', words.name, 'name', draft.name)}
        <div class="fields">
          {text('opens', words.opens, 'opens', draft.opens, 'date')}
          {text('closes', words.closes, 'closes', draft.closes, 'date')}
          {text('budget', words.budget, 'budgetEur', draft.budget)}
        </div>
        <CountryFields draft={draft} edit={edit} text={text} error={error} />
        <Instruments draft={draft} edit={edit} error={error} />
        <TextArea
          label={words.documents}
          hint={words.documentsHint}
          name="rules.documents"
          optional
          rows={3}
          value={draft.documents}
          error={error('documents')}
          onInput={(documents) => {
            edit({ documents });
          }}
        />
        <TextArea
          label={words.source}
          name="rules.source"
          rows={3}
          value={draft.source}
          error={error('source')}
          onInput={(source) => {
            edit({ source });
          }}
        />
        {text('note', words.note, 'note', draft.note)}
        <p class="fine">{words.challenges(call.challenges.length)}</p>
        {!isNew && (
          <TextField
            label={words.why}
            hint={words.whyHint}
            name="note"
            value={note}
            onInput={setNote}
            error={form.errors.note}
          />
        )}
        <div class="actions">
          <Button kind="primary" type="submit" busy={form.busy}>
            {isNew ? words.create : words.publish}
          </Button>
        </div>
      </Form>
      {!isNew && <RulesPreviewCard callId={call.id} rules={rules} />}
    </div>
  );
}

/** Who may take part: countries by a dated list, readiness, and whether a pair must cross a border. */
function CountryFields(props: {
  draft: RulesDraft;
  edit: (change: Partial<RulesDraft>) => void;
  text: (
    name: keyof RulesDraft,
    label: string,
    field: string,
    value: string,
    type?: 'date',
  ) => ComponentChildren;
  error: (field: string) => string | undefined;
}) {
  const { draft, edit, text, error } = props;
  const lists = useLoad<CountryLists>('/country-lists');
  return (
    <fieldset class="field-group">
      <legend>{words.countries}</legend>
      <SelectField
        label={words.list}
        hint={words.listHint}
        name="list"
        value={draft.listId}
        choices={[
          { value: '', label: words.ownList },
          ...(lists.data?.items ?? []).map((list) => ({ value: list.id, label: list.name })),
        ]}
        onChange={(listId) => {
          const list = lists.data?.items.find((one) => one.id === listId);
          edit(
            list
              ? {
                  listId,
                  listName: list.name,
                  asOf: list.asOf,
                  listSource: list.source,
                  countries: list.countries.join(' '),
                }
              : { listId: '' },
          );
        }}
      />
      <TextArea
        label={words.codes}
        hint={words.codesHint}
        name="rules.countries"
        rows={3}
        value={draft.countries}
        error={error('countries')}
        onInput={(countries) => {
          // Another set of countries is another list.
          edit({ countries, listId: '' });
        }}
      />
      <div class="fields">
        {text('listName', words.ownName, 'countryList.name', draft.listName)}
        {text('asOf', words.asOf, 'countryList.asOf', draft.asOf, 'date')}
      </div>
      <TextArea
        label={words.listSource}
        name="rules.countryList.source"
        rows={3}
        value={draft.listSource}
        error={error('countryList.source')}
        onInput={(listSource) => {
          edit({ listSource });
        }}
      />
      {text('trlEntryMin', words.trlEntryMin, 'trlEntryMin', draft.trlEntryMin)}
      <RadioGroup
        legend={words.border}
        name="crossBorder"
        value={draft.crossBorder}
        choices={(['required', 'bonus'] as const).map((value) => ({
          value,
          label: words.borders[value],
          hint: words.borderHints[value],
        }))}
        onChange={(value) => {
          edit({ crossBorder: value === 'bonus' ? 'bonus' : 'required' });
        }}
      />
    </fieldset>
  );
}

function Instruments(props: {
  draft: RulesDraft;
  edit: (change: Partial<RulesDraft>) => void;
  error: (field: string) => string | undefined;
}) {
  const { draft, edit, error } = props;
  const change = (at: number, part: Partial<RulesDraft['instruments'][number]>): void => {
    edit({ instruments: draft.instruments.map((one, i) => (i === at ? { ...one, ...part } : one)) });
  };
  const fields = [
    ['name', words.instrumentName],
    ['trlMin', words.trlMin],
    ['trlMax', words.trlMax],
    ['grantCeilingEur', words.ceiling],
    ['miniGrantEur', words.mini],
  ] as const;
  return (
    <>
      {draft.instruments.map((instrument, at) => (
        <fieldset key={instrument.id} class="field-group">
          <legend>{words.instrument(at + 1)}</legend>
          <div class="fields">
            {fields.map(([field, label]) => (
              <TextField
                key={field}
                label={label}
                name={`rules.instruments.${at}.${field}`}
                value={instrument[field]}
                error={error(`instruments.${at}.${field}`)}
                onInput={(value) => {
                  change(at, { [field]: value });
                }}
              />
            ))}
          </div>
          {draft.instruments.length > 1 && (
            <Button
              small
              onClick={() => {
                edit({ instruments: draft.instruments.filter((_, i) => i !== at) });
              }}
            >
              {words.removeInstrument}
            </Button>
          )}
        </fieldset>
      ))}
      <div class="actions">
        <Button
          small
          icon="plus"
          onClick={() => {
            const id = `instrument-${Date.now().toString(36)}`;
            const empty = { id, name: '', trlMin: '', trlMax: '', grantCeilingEur: '', miniGrantEur: '0' };
            edit({ instruments: [...draft.instruments, empty] });
          }}
        >
          {words.addInstrument}
        </Button>
      </div>
    </>
  );
}
