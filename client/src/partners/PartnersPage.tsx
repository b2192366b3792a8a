import { useEffect } from 'preact/hooks';
import type { AnswerView } from '../../../server/suggestions/schema.ts';
import type { SmeView } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { place } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Failure } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { DeclinedList } from './DeclinedList.tsx';
import { ProfileHint } from './ProfileHint.tsx';
import { SuggestionList } from './SuggestionList.tsx';
import './partners.css';

/** My partners; for a member of a cluster, the same page as its cluster and staff see it. */
export function PartnersPage({ params }: PageProps) {
  const user = currentUser();
  const smeId = params.smeId ?? user.smeId ?? '';
  const own = user.smeId === smeId;
  const sme = useLoad<SmeView>(`/smes/${smeId}`);
  const answers = useLoad<{ items: AnswerView[] }>(`/smes/${smeId}/answers`);
  useEffect(() => {
    const stops = [
      onEvent('profile', (event) => {
        if (event.smeId === smeId) sme.reload();
      }),
      onEvent('suggestions', (event) => {
        if (event.smeId === smeId && event.cause === 'answer') answers.reload();
      }),
      onReload(sme.reload),
      onReload(answers.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [smeId]);

  const name = own ? undefined : (sme.data?.name ?? '…');
  const profileHref = own ? '/profile' : `/smes/${smeId}/edit`;
  const mayAnswer = own || user.role === 'staff';
  const declinedShown = place.value.query.get('view') === 'declined';
  const completeness = sme.data?.own?.completeness;
  return (
    <>
      <PageHeading
        title={name === undefined ? t.shell.pages.partners : t.partners.titleOf(name)}
        lead={name === undefined ? t.partners.lead : t.partners.leadOf(name)}
        above={name === undefined ? undefined : <a href={`/smes/${smeId}`}>{t.partners.profileOf(name)}</a>}
      />
      <div class="stack">
        {sme.error !== null && <Failure error={sme.error} retry={sme.reload} />}
        <Views smeId={smeId} declinedShown={declinedShown} declined={answers.data?.items.length ?? 0} />
        {declinedShown ? (
          <DeclinedList smeId={smeId} answers={answers} mayAnswer={mayAnswer} />
        ) : (
          <SuggestionList
            smeId={smeId}
            name={name}
            mayAnswer={mayAnswer}
            hint={
              completeness !== undefined && (
                <ProfileHint completeness={completeness} href={profileHref} name={name} />
              )
            }
            profileHref={profileHref}
            onAnswered={answers.reload}
          />
        )}
      </div>
    </>
  );
}

/** The two lists of the page: suggested, and not for me. */
function Views(props: { smeId: string; declinedShown: boolean; declined: number }) {
  const path = place.value.path;
  return (
    <nav class="views" aria-label={t.partners.views}>
      <a href={path} aria-current={props.declinedShown ? undefined : 'page'}>
        {t.partners.suggestedTab}
      </a>
      <a href={`${path}?view=declined`} aria-current={props.declinedShown ? 'page' : undefined}>
        {t.partners.declinedTab(props.declined)}
      </a>
    </nav>
  );
}
