import { useState } from 'preact/hooks';
import type { EligibilityView } from '../../../server/eligibility/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { place } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Notice, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PickByName } from '../components/PickByName.tsx';
import { t } from '../strings/text.ts';

const words = t.calls.eligibility;
const KINDS = { yes: 'good', no: 'bad', 'not-yet-known': 'warning' } as const;

/** 'Am I eligible?': each rule of a call, how it stands with a company or two, and what to do. */
export function EligibilityPage({ params }: PageProps) {
  const { callId = '' } = params;
  const user = currentUser();
  const asked = place.value.query.get('smeId') ?? '';
  const [picked, setPicked] = useState('');
  const smeId = user.smeId ?? (picked || asked);
  const partnerId = place.value.query.get('partnerId');
  const of = useLoad<EligibilityView>(smeId === '' ? null : `/calls/${callId}/eligibility`, {
    smeId,
    partnerId,
  });
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        above={<a href={`/calls/${callId}`}>{of.data?.call.name ?? t.calls.toCall}</a>}
      />
      <div class="stack narrow">
        {user.smeId === null && (
          <PickByName
            from="/smes"
            label={words.pick}
            hint={words.pickHint}
            name="smeId"
            error={undefined}
            onPick={setPicked}
          />
        )}
        {smeId !== '' && <Show of={of}>{(view) => <Answer view={view} own={user.smeId} />}</Show>}
      </div>
    </>
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
