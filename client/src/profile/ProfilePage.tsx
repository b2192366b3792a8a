import type { SmeView } from '../../../server/smes/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { eligibilityHref } from '../calls/eligibilityHref.ts';
import { ButtonLink } from '../components/Button.tsx';
import { Empty, Notice, Show } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { SourceLine } from '../components/SourceLine.tsx';
import { t } from '../strings/text.ts';
import { ProfileEditor } from './ProfileEditor.tsx';
import { RemoveSme } from './RemoveSme.tsx';

const words = t.profile.page;

function Content({ sme }: { sme: SmeView }) {
  const { own } = sme;
  const user = currentUser();
  if (own === undefined) {
    return (
      <Notice kind="warning">
        <p>{words.notYours}</p>
      </Notice>
    );
  }
  return (
    <>
      <ProfileEditor key={sme.id} sme={{ ...sme, own }} />
      {sme.source !== null && <SourceLine source={sme.source} />}
      {user.role !== 'sme' && <RemoveSme sme={sme} />}
    </>
  );
}

/** The form of a profile: one's own, or a member's for its cluster and the staff. */
export function ProfilePage({ params }: PageProps) {
  const user = currentUser();
  const smeId = params.smeId ?? user.smeId;
  const own = smeId === user.smeId;
  const loaded = useLoad<SmeView>(smeId === null ? null : `/smes/${encodeURIComponent(smeId)}`);
  if (smeId === null) {
    return (
      <>
        <PageHeading title={t.shell.pages.profile} />
        <Empty icon="profile" title={words.noSme}>
          <p>{words.noSmeBody}</p>
        </Empty>
      </>
    );
  }
  const viewPath = `/smes/${encodeURIComponent(smeId)}`;
  const title = own ? t.shell.pages.profile : (loaded.data?.name ?? t.shell.pages.editSme);
  return (
    <>
      <PageHeading
        title={title}
        lead={own ? words.lead : words.leadOther}
        actions={
          <>
            <ButtonLink href={viewPath} icon="companies">
              {own ? words.asOthers : words.view}
            </ButtonLink>
            <ButtonLink href={own ? '/partners' : `${viewPath}/partners`} icon="partners">
              {own ? words.myPartners : words.itsPartners}
            </ButtonLink>
            <ButtonLink href={eligibilityHref({ smeId })} icon="check">
              {own ? t.calls.eligible : t.calls.eligibility.isEligible}
            </ButtonLink>
          </>
        }
      />
      <Show of={loaded}>{(sme) => <Content sme={sme} />}</Show>
    </>
  );
}
