import { useEffect, useState } from 'preact/hooks';
import type { CallView } from '../../../server/calls/schema.ts';
import type { ConsortiumDetails, ConsortiumView } from '../../../server/consortia/schema.ts';
import type { SmeView } from '../../../server/smes/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Notice } from '../components/feedback.tsx';
import { RadioGroup, SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatEuros } from '../components/format.ts';
import { t } from '../strings/text.ts';

/** What both sides are to agree on. What the other side saves meanwhile takes the place of what was not touched here. */
export function DetailsForm(props: {
  consortium: ConsortiumView;
  onSaved: (consortium: ConsortiumView) => void;
  onDirty: (dirty: boolean) => void;
}) {
  const { consortium } = props;
  const [base, setBase] = useState(consortium);
  const [details, setDetails] = useState<ConsortiumDetails>(consortium.details);
  const call = useLoad<CallView>('/call');
  const dirty = JSON.stringify(details) !== JSON.stringify(base.details);
  const behind = consortium.version !== base.version;
  useEffect(() => {
    if (!behind || dirty) return;
    setBase(consortium);
    setDetails(consortium.details);
  }, [consortium.version]);
  useEffect(() => {
    props.onDirty(dirty);
  }, [dirty]);
  const edit = (change: Partial<ConsortiumDetails>): void => {
    setDetails((before) => ({ ...before, ...change }));
  };
  const form = useForm(async () => {
    const saved = await api.put<ConsortiumView>(`/consortia/${consortium.id}`, {
      version: base.version,
      details,
    });
    setBase(saved);
    setDetails(saved.details);
    announce(t.consortia.saved);
    props.onSaved(saved);
  });
  const instruments = call.data?.instruments ?? [];
  return (
    <Form state={form} label={t.consortia.details}>
      {behind && dirty && (
        <Notice kind="warning">
          <p>{t.consortia.changed}</p>
          <Button
            small
            onClick={() => {
              setBase(consortium);
              setDetails(consortium.details);
            }}
          >
            {t.consortia.loadTheirs}
          </Button>
        </Notice>
      )}
      <RadioGroup
        legend={t.consortia.instrument}
        name="instrumentId"
        value={details.instrumentId ?? ''}
        error={form.errors['details.instrumentId']}
        choices={instruments.map(({ id, name, trlMin, trlMax, grantCeilingEur }) => ({
          value: id,
          label: name,
          hint: t.consortia.instrumentHint(trlMin, trlMax, formatEuros(grantCeilingEur)),
        }))}
        onChange={(instrumentId) => {
          edit({ instrumentId });
        }}
      />
      <TextField
        label={t.consortia.titleField}
        name="details.title"
        maxLength={160}
        value={details.title}
        error={form.errors['details.title']}
        onInput={(title) => {
          edit({ title });
        }}
      />
      <TextArea
        label={t.consortia.summary}
        name="details.summary"
        optional
        rows={3}
        value={details.summary}
        error={form.errors['details.summary']}
        onInput={(summary) => {
          edit({ summary });
        }}
      />
      <SolutionField
        sme={consortium.a}
        name="details.solutionA"
        value={details.solutionA}
        error={form.errors['details.solutionA']}
        onChange={(solutionA) => {
          edit({ solutionA });
        }}
      />
      <SolutionField
        sme={consortium.b}
        name="details.solutionB"
        value={details.solutionB}
        error={form.errors['details.solutionB']}
        onChange={(solutionB) => {
          edit({ solutionB });
        }}
      />
      <RadioGroup
        legend={t.consortia.leads}
        name="leadSmeId"
        value={details.leadSmeId ?? ''}
        error={form.errors['details.leadSmeId']}
        choices={[consortium.a, consortium.b].map(({ id, name }) => ({ value: id, label: name }))}
        onChange={(leadSmeId) => {
          edit({ leadSmeId });
        }}
      />
      <div class="actions">
        <Button kind="primary" type="submit" busy={form.busy} disabled={!dirty}>
          {t.consortia.save}
        </Button>
      </div>
      <p class="fine">{t.consortia.saveHint}</p>
    </Form>
  );
}

function SolutionField(props: {
  sme: ConsortiumView['a'];
  name: string;
  value: string | null;
  error: string | undefined;
  onChange: (value: string | null) => void;
}) {
  const { sme } = props;
  const profile = useLoad<SmeView>(`/smes/${sme.id}`);
  const solutions = profile.data?.solutions ?? [];
  return (
    <SelectField
      label={t.consortia.solution(sme.name)}
      name={props.name}
      hint={profile.data !== null && solutions.length === 0 ? t.consortia.noSolution(sme.name) : undefined}
      value={props.value ?? ''}
      error={props.error}
      onChange={(value) => {
        props.onChange(value === '' ? null : value);
      }}
      choices={[
        { value: '', label: t.consortia.choose },
        ...solutions.map(({ id, title, trl }) => ({
          value: id,
          label: trl === null ? title : `${title} (TRL ${trl})`,
        })),
      ]}
    />
  );
}
