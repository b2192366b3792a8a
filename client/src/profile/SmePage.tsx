import type { SmeView } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { CompanyLine } from '../components/marks.tsx';
import { SourceLine } from '../components/SourceLine.tsx';
import { AtEvents } from '../event/AtEvents.tsx';
import { t } from '../strings/text.ts';
import { Blockers, Completeness } from './Completeness.tsx';
import { AboutSection, ConfidentialFacts, NeedsView, SolutionsView } from './views.tsx';

const words = t.profile.view;

function Actions({ sme }: { sme: SmeView }) {
  const user = currentUser();
  const path = `/smes/${encodeURIComponent(sme.id)}`;
  const mine = user.smeId === sme.id;
  if (sme.own !== undefined) {
    return (
      <>
        <ButtonLink href={mine ? '/profile' : `${path}/edit`} kind="primary" icon="edit">
          {t.common.edit}
        </ButtonLink>
        <ButtonLink href={mine ? '/partners' : `${path}/partners`} icon="partners">
          {mine ? t.profile.page.myPartners : t.profile.page.itsPartners}
        </ButtonLink>
      </>
    );
  }
  if (user.smeId === null) return null;
  return (
    <ButtonLink
      href={`/smes/${encodeURIComponent(user.smeId)}/partners/${encodeURIComponent(sme.id)}`}
      kind="primary"
      icon="partners"
    >
      {words.howWeFit}
    </ButtonLink>
  );
}

function Profile({ sme }: { sme: SmeView }) {
  return (
    <div class="profile">
      <aside class="profile-side stack-small" aria-label={words.about}>
        <AboutSection sme={sme} />
        {sme.own && <Completeness of={sme.own.completeness} canJump={false} />}
        {sme.own && <Blockers sentences={sme.own.consortiumBlockers} />}
      </aside>
      <div class="profile-main stack">
        <AtEvents partner={sme} />
        <SolutionsView sme={sme} />
        <NeedsView sme={sme} />
        {sme.own && <ConfidentialFacts own={sme.own} />}
        {sme.source !== null && <SourceLine source={sme.source} />}
      </div>
    </div>
  );
}

/** A company as the reader may see it: the non-confidential part, and all of it for itself, its cluster and the staff. */
export function SmePage({ params }: PageProps) {
  const loaded = useLoad<SmeView>(`/smes/${encodeURIComponent(params.smeId ?? '')}`);
  const sme = loaded.data;
  return (
    <>
      <PageHeading
        title={sme?.name ?? t.shell.pages.sme}
        above={<a href="/companies">{words.toCompanies}</a>}
        {...(sme === null ? {} : { actions: <Actions sme={sme} /> })}
      />
      {sme !== null && <CompanyLine sme={sme} />}
      <Show of={loaded}>{(data) => <Profile sme={data} />}</Show>
    </>
  );
}
