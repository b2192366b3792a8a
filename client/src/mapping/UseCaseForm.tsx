import { useState } from 'preact/hooks';
import type { SolutionCard } from '../../../server/mapping/schema.ts';
import type { UseCaseInput, UseCaseView } from '../../../server/use-cases/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import { navigate } from '../app/router.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Combobox } from '../components/Combobox.tsx';
import { Show } from '../components/feedback.tsx';
import { SelectField, TextArea, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { countryName } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { useSettled } from '../components/useSearch.ts';
import { Chips } from '../profile/TermPicker.tsx';
import { useTaxonomy } from '../profile/taxonomy.ts';
import { t } from '../strings/text.ts';
import './mapping.css';

const words = t.mapping.form;

interface Picked {
  key: string;
  smeId: string;
  solutionId: string;
  label: string;
}
type Draft = Omit<UseCaseInput, 'link' | 'solutions'> & { link: string; solutions: readonly Picked[] };

const emptyDraft: Draft = {
  title: '',
  problem: '',
  done: '',
  result: '',
  field: '',
  link: '',
  solutions: [],
};

function draftOf(useCase: UseCaseView): Draft {
  const { title, problem, done, result, field, link, own } = useCase;
  const solutions = (own?.named ?? []).map(({ smeId, solutionId, title: name, company }) => ({
    key: `${smeId}/${solutionId}`,
    smeId,
    solutionId,
    label: `${name} (${company})`,
  }));
  return { title, problem, done, result, field: field.id, link: link ?? '', solutions };
}

const inputOf = ({ link, solutions, ...rest }: Draft): UseCaseInput => ({
  ...rest,
  link: link.trim() === '' ? null : link,
  solutions: solutions.map(({ smeId, solutionId }) => ({ smeId, solutionId })),
});

/** Finds solutions by the mapping's own search. */
function SolutionPicker(props: {
  picked: readonly Picked[];
  onChange: (picked: Picked[]) => void;
  error: string | undefined;
}) {
  const { picked } = props;
  const [typed, setTyped] = useState('');
  const found = usePages<SolutionCard>('/mapping/solutions', { q: useSettled(typed.trim()), limit: 20 });
  const keyOf = ({ smeId, id }: SolutionCard): string => `${smeId}/${id}`;
  const remove = (key: string) => {
    props.onChange(picked.filter((one) => one.key !== key));
  };
  return (
    <fieldset class="term-picker">
      <legend class="label">{words.solutions}</legend>
      <Combobox
        label={words.findSolution}
        hint={words.solutionsHint}
        name="solutions"
        error={props.error}
        query={typed}
        onQuery={setTyped}
        options={found.items.map((solution) => ({
          id: keyOf(solution),
          label: solution.title,
          detail: `${solution.company}, ${countryName(solution.country)}`,
          selected: picked.some(({ key }) => key === keyOf(solution)),
        }))}
        nothing={words.nothing}
        several
        onPick={({ id }) => {
          const solution = found.items.find((one) => keyOf(one) === id);
          if (picked.some(({ key }) => key === id)) remove(id);
          else if (solution !== undefined) {
            const label = `${solution.title} (${solution.company})`;
            props.onChange([...picked, { key: id, smeId: solution.smeId, solutionId: solution.id, label }]);
          }
          setTyped('');
        }}
      />
      <Chips
        label={words.solutions}
        items={picked.map(({ key, label }) => ({ id: key, label }))}
        onRemove={remove}
      />
    </fieldset>
  );
}

function useFieldChoices() {
  const taxonomy = useTaxonomy().data;
  return [
    { value: '', label: words.chooseField },
    ...(taxonomy?.terms ?? [])
      .filter(({ facet }) => facet === 'fields')
      .map(({ id, label }) => ({ value: id, label })),
  ];
}

function UseCaseForm(props: {
  first: Draft;
  isNew: boolean;
  back: string;
  send: (input: UseCaseInput) => Promise<UseCaseView>;
}) {
  const [draft, setDraft] = useState(props.first);
  const edit = (part: Partial<Draft>) => {
    setDraft({ ...draft, ...part });
  };
  const form = useForm(async () => {
    const saved = await props.send(inputOf(draft));
    announce(props.isNew ? words.told : words.saved);
    await navigate(`/use-cases/${encodeURIComponent(saved.id)}`);
  });
  // The server names a field of the whole body when an earlier version is changed.
  const errorOf = (name: string): string | undefined => form.errors[name] ?? form.errors[`useCase.${name}`];
  const solutionsError = Object.entries(form.errors).find(([name]) => name.includes('solutions'))?.[1];
  return (
    <Form state={form} label={props.isNew ? words.newTitle : words.editTitle} class="card narrow">
      <TextField
        label={words.title}
        name="title"
        required
        maxLength={160}
        value={draft.title}
        onInput={(title) => {
          edit({ title });
        }}
        error={errorOf('title')}
      />
      <SelectField
        label={words.field}
        name="field"
        value={draft.field}
        choices={useFieldChoices()}
        onChange={(field) => {
          edit({ field });
        }}
        error={errorOf('field')}
      />
      {(['problem', 'done', 'result'] as const).map((part) => (
        <TextArea
          key={part}
          label={words[part]}
          name={part}
          rows={5}
          {...(part === 'result' ? { hint: words.resultHint } : {})}
          value={draft[part]}
          onInput={(text) => {
            edit({ [part]: text });
          }}
          error={errorOf(part)}
        />
      ))}
      <SolutionPicker
        picked={draft.solutions}
        onChange={(solutions) => {
          edit({ solutions });
        }}
        error={solutionsError}
      />
      <TextField
        label={words.link}
        name="link"
        type="url"
        inputMode="url"
        optional
        value={draft.link}
        onInput={(link) => {
          edit({ link });
        }}
        error={errorOf('link')}
      />
      <div class="actions actions-end">
        <ButtonLink href={props.back}>{t.common.cancel}</ButtonLink>
        <Button kind="primary" type="submit" busy={form.busy}>
          {props.isNew ? words.save : words.saveChange}
        </Button>
      </div>
    </Form>
  );
}

/** A cluster, or staff, tells a use case. */
export function NewUseCasePage(_props: PageProps) {
  return (
    <>
      <PageHeading
        title={words.newTitle}
        lead={words.lead}
        above={<a href="/mapping?view=use-cases">{t.mapping.cases.back}</a>}
      />
      <UseCaseForm
        first={emptyDraft}
        isNew
        back="/mapping?view=use-cases"
        send={(input) => api.post<UseCaseView>('/use-cases', input)}
      />
    </>
  );
}

/** Changes a use case that was told. */
export function EditUseCasePage({ params }: PageProps) {
  const path = `/use-cases/${encodeURIComponent(params.useCaseId ?? '')}`;
  const loaded = useLoad<UseCaseView>(path);
  return (
    <>
      <PageHeading title={words.editTitle} lead={words.lead} above={<a href={path}>{t.common.back}</a>} />
      <Show of={loaded} lines={4}>
        {(useCase) => (
          <UseCaseForm
            key={useCase.id}
            first={draftOf(useCase)}
            isNew={false}
            back={path}
            send={(input) =>
              api.put<UseCaseView>(path, { version: useCase.own?.version ?? 0, useCase: input })
            }
          />
        )}
      </Show>
    </>
  );
}
