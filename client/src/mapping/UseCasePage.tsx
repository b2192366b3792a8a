import { useState } from 'preact/hooks';
import type { UseCaseView } from '../../../server/use-cases/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { session } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatDay, webLink, webName } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { solutionHref } from './query.ts';
import './mapping.css';

const words = t.mapping.cases;
const pathOf = (id: string): string => `/use-cases/${encodeURIComponent(id)}`;

function TakeDownDialog(props: {
  useCase: UseCaseView;
  version: number;
  onDone: (after: UseCaseView) => void;
  onClose: () => void;
}) {
  const { useCase, version } = props;
  const [reason, setReason] = useState('');
  const form = useForm(async () => {
    props.onDone(await api.post<UseCaseView>(`${pathOf(useCase.id)}/withdrawal`, { version, reason }));
  });
  return (
    <Dialog title={words.takeDownTitle} onClose={props.onClose}>
      <Form state={form} label={words.takeDownTitle}>
        <p>{words.takeDownBody}</p>
        <TextField
          label={words.reason}
          hint={words.reasonHint}
          name="reason"
          required
          maxLength={500}
          value={reason}
          onInput={setReason}
          error={form.errors.reason}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="danger" type="submit" busy={form.busy}>
            {words.withdrawn}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** The company's own word on being named. */
function Asked({ useCase, onAnswer }: { useCase: UseCaseView; onAnswer: (after: UseCaseView) => void }) {
  const [failure, setFailure] = useState<unknown>(null);
  const smeId = session.value.state === 'in' ? session.value.user.smeId : null;
  async function answer(solutionId: string, said: 'given' | 'refused'): Promise<void> {
    setFailure(null);
    try {
      const body = { smeId, solutionId, answer: said };
      onAnswer(await api.post<UseCaseView>(`${pathOf(useCase.id)}/consent`, body));
      announce(words.answered);
    } catch (error) {
      setFailure(error);
    }
  }
  return (
    <>
      {failure !== null && <Failure error={failure} />}
      {(useCase.asked ?? []).map(({ solutionId, title, consent }) => (
        <Notice
          key={solutionId}
          kind={consent === 'asked' ? 'warning' : 'info'}
          title={consent === 'asked' ? words.askedTitle : undefined}
        >
          <p>
            {consent === 'asked'
              ? words.askedBody(title)
              : consent === 'refused'
                ? words.refusedNow(title)
                : words.namedNow(title)}
          </p>
          <div class="actions">
            {(consent === 'asked' || consent === 'refused') && (
              <Button kind="primary" small onClick={() => void answer(solutionId, 'given')}>
                {words.agree}
              </Button>
            )}
            {consent !== 'refused' && (
              <Button small onClick={() => void answer(solutionId, 'refused')}>
                {words.refuse}
              </Button>
            )}
          </div>
        </Notice>
      ))}
    </>
  );
}

function Story({ useCase }: { useCase: UseCaseView }) {
  return (
    <section class="card prose" aria-label={useCase.title}>
      <p class="badges">
        <Badge>{useCase.field.label}</Badge>
        <span class="fine">
          {words.by(useCase.clusterName ?? words.staff)}, {formatDay(useCase.createdAt)}
        </span>
      </p>
      {(['problem', 'done', 'result'] as const).map((part) => (
        <div key={part}>
          <h2>{words[part]}</h2>
          <p class="own-words">{useCase[part]}</p>
        </div>
      ))}
      {useCase.link !== null && (
        <p>
          {words.link}:{' '}
          <a href={webLink(useCase.link)} rel="noopener noreferrer" target="_blank">
            {webName(useCase.link)}
          </a>
        </p>
      )}
    </section>
  );
}

function Named({ useCase }: { useCase: UseCaseView }) {
  const { own } = useCase;
  const all = own?.named ?? useCase.solutions.map((solution) => ({ ...solution, consent: null }));
  return (
    <section class="card" aria-labelledby="case-solutions">
      <h2 id="case-solutions">{own === undefined ? words.solutions : words.consents}</h2>
      {all.length === 0 && <p class="undeclared">{words.noSolutions}</p>}
      <ul class="rows plain-list">
        {all.map(({ smeId, solutionId, title, company, country, consent }) => (
          <li key={`${smeId}/${solutionId}`} class="related">
            <a class="row-title" href={solutionHref({ smeId, id: solutionId })}>
              {title}
            </a>
            <p class="company-line">
              <span>{company}</span>
              <CountryMark code={country} />
              {consent !== null && (
                <Badge kind={consent === 'asked' ? 'warning' : consent === 'refused' ? 'bad' : 'good'}>
                  {words.consent[consent]}
                </Badge>
              )}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Actions(props: {
  useCase: UseCaseView;
  onTakeDown: () => void;
  onChanged: (after: UseCaseView) => void;
}) {
  const { useCase } = props;
  const [failure, setFailure] = useState<unknown>(null);
  const { own } = useCase;
  if (own === undefined) return null;
  const staff = session.value.state === 'in' && session.value.user.role === 'staff';
  async function publish(version: number): Promise<void> {
    setFailure(null);
    try {
      props.onChanged(await api.post<UseCaseView>(`${pathOf(useCase.id)}/publication`, { version }));
      announce(words.published);
    } catch (error) {
      setFailure(error);
    }
  }
  return (
    <>
      {failure !== null && <Failure error={failure} />}
      <ButtonLink href={`${pathOf(useCase.id)}/edit`} icon="edit">
        {words.edit}
      </ButtonLink>
      {useCase.state === 'published' && <Button onClick={props.onTakeDown}>{words.takeDown}</Button>}
      {useCase.state === 'withdrawn' && (staff || !own.takenDown) && (
        <Button kind="primary" onClick={() => void publish(own.version)}>
          {words.publish}
        </Button>
      )}
    </>
  );
}

/** One use case: the problem, what was done, what came of it, and with which solutions. */
export function UseCasePage({ params }: PageProps) {
  const loaded = useLoad<UseCaseView>(pathOf(params.useCaseId ?? ''));
  const [taking, setTaking] = useState(false);
  const useCase = loaded.data;
  const takeDown = () => {
    setTaking(true);
  };
  return (
    <>
      <PageHeading
        title={useCase?.title ?? t.shell.pages.useCase}
        above={<a href="/mapping?view=use-cases">{words.back}</a>}
        {...(useCase?.own === undefined
          ? {}
          : { actions: <Actions useCase={useCase} onTakeDown={takeDown} onChanged={loaded.set} /> })}
      />
      <Show of={loaded} lines={4}>
        {(data) => (
          <div class="stack narrow">
            {data.state === 'withdrawn' && (
              <Notice kind="warning">
                <p>{words.downNotice(data.reason)}</p>
                {data.own?.takenDown === true && <p>{words.staffOnly}</p>}
              </Notice>
            )}
            {data.asked !== undefined && <Asked useCase={data} onAnswer={loaded.set} />}
            <Story useCase={data} />
            <Named useCase={data} />
            {taking && data.own !== undefined && (
              <TakeDownDialog
                useCase={data}
                version={data.own.version}
                onClose={() => {
                  setTaking(false);
                }}
                onDone={(after) => {
                  setTaking(false);
                  loaded.set(after);
                  announce(words.takenDown);
                }}
              />
            )}
          </div>
        )}
      </Show>
    </>
  );
}
