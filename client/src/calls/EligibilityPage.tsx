import type { CallSummary, CallView, RulesVersionView } from '../../../server/calls/schema.ts';
import type { EligibilityView } from '../../../server/eligibility/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { navigate, setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Empty, Notice, Show } from '../components/feedback.tsx';
import { SelectField } from '../components/fields.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PickByName } from '../components/PickByName.tsx';
import { ChoiceFilter, filterValue } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { eligibilityHref } from './eligibilityHref.ts';

const words = t.calls.eligibility;
const KINDS = { yes: 'good', no: 'bad', 'not-yet-known': 'warning' } as const;

/** What is asked; it stands in the address bar, so that it can be sent to somebody. */
interface Question {
  callId: string;
  smeId: string;
  partnerId: string;
}

/** 'Am I eligible?': each rule of a call, how it stands with a company or two, and what to do. Without a call: of the one in force. */
export function EligibilityPage({ params }: PageProps) {
  const inForce = useLoad<CallView>(params.callId === undefined ? '/call' : null);
  const callId = params.callId ?? inForce.data?.id ?? '';
  const own = currentUser().smeId;
  const question = { callId, smeId: own ?? filterValue('smeId'), partnerId: filterValue('partnerId') };
  const ready = callId !== '' && question.smeId !== '';
  const of = useLoad<EligibilityView>(ready ? `/calls/${callId}/eligibility` : null, {
    smeId: question.smeId,
    partnerId: question.partnerId,
    rulesVersion: filterValue('rulesVersion'),
  });
  return (
    <>
      <PageHeading
        title={own === null ? words.titleOther : words.title}
        lead={words.lead}
        above={
          callId === '' ? (
            <a href="/calls">{t.calls.toCalls}</a>
          ) : (
            <a href={`/calls/${callId}`}>{of.data?.call.name ?? t.calls.toCall}</a>
          )
        }
      />
      <div class="stack narrow">
        {callId !== '' && <Asked question={question} view={of.data} />}
        {callId === '' && <Show of={inForce}>{() => null}</Show>}
        {ready && <Show of={of}>{(view) => <Answer view={view} own={own} />}</Show>}
        {question.smeId === '' && (
          <Empty title={words.nobody}>
            <p>{words.nobodyBody}</p>
          </Empty>
        )}
      </div>
    </>
  );
}

/** Which call, under which version of its rules, for whom. */
function Asked({ question, view }: { question: Question; view: EligibilityView | null }) {
  const { callId, smeId, partnerId } = question;
  const user = currentUser();
  const calls = useLoad<Page<CallSummary>>('/calls', { limit: 100 });
  const versions = useLoad<Page<RulesVersionView>>(`/calls/${callId}/versions`, { limit: 100 });
  const [, ...earlier] = versions.data?.items ?? [];
  return (
    <section class="card stack-small" aria-label={words.titleOther}>
      <div class="toolbar">
        <SelectField
          label={words.call}
          name="callId"
          value={callId}
          choices={(calls.data?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(chosen) => {
            const partner = partnerId === '' ? {} : { partnerId };
            void navigate(eligibilityHref({ callId: chosen, smeId, ...partner }));
          }}
        />
        <ChoiceFilter
          label={words.rules}
          name="rulesVersion"
          choices={[
            { value: '', label: words.newest },
            ...earlier.map(({ version, at }) => ({
              value: String(version),
              label: words.earlier(version, formatDay(at)),
            })),
          ]}
        />
      </div>
      {user.smeId === null && (
        <PickByName
          from="/smes"
          label={words.company}
          hint={words.pickHint}
          name="smeId"
          error={undefined}
          clusterId={user.clusterId ?? undefined}
          onPick={(picked) => {
            if (picked !== '') setQuery({ smeId: picked });
          }}
        />
      )}
      {smeId !== '' && (
        <PickByName
          key={partnerId}
          from="/smes"
          label={words.partner}
          hint={words.pickHint}
          name="partnerId"
          error={undefined}
          onPick={(picked) => {
            if (picked !== '') setQuery({ partnerId: picked });
          }}
        />
      )}
      {partnerId !== '' && (
        <div class="actions">
          <Button
            small
            icon="close"
            onClick={() => {
              setQuery({ partnerId: '' });
            }}
          >
            {words.withoutPartner(view?.partner?.name ?? words.partner)}
          </Button>
        </div>
      )}
    </section>
  );
}

function Answer({ view, own }: { view: EligibilityView; own: string | null }) {
  const { sme, partner, answer, criteria, call } = view;
  return (
    <>
      <Notice kind={KINDS[answer]} title={words.answers[answer]}>
        <p>{words.sentences[answer]}</p>
        <p class="fine">
          {partner === null ? sme.name : words.pair(sme.name, partner.name)} · {call.name},{' '}
          {t.calls.version(call.rulesVersion)}
        </p>
      </Notice>
      <ul class="plain-list stack-small">
        {criteria.map((one) => (
          <li key={`${one.code} ${one.smeIds.join()}`} class="card">
            <p class="badges">
              <Badge kind={KINDS[one.answer]}>{words.answers[one.answer]}</Badge>
              <strong>{words.codes[one.code]}</strong>
              {partner !== null && one.smeIds.length === 1 && (
                <span class="fine">{one.smeIds.includes(sme.id) ? sme.name : partner.name}</span>
              )}
            </p>
            <p>{one.sentence}</p>
            {one.todo !== null && (
              <p class="fine">
                {one.todo}{' '}
                {one.section !== null && own !== null && one.smeIds.includes(own) && (
                  <a href="/profile">{words.toProfile}</a>
                )}
              </p>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
