import type { ProjectPartners } from '../../../server/clusters/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { Show } from '../components/feedback.tsx';
import { webLink, webName } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge, CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

const words = t.ambassadors.partners;

/** The consortium that runs the project: clusters, and the SME that runs the submission platform. */
export function ProjectPartnersPage(_props: PageProps) {
  const loaded = useLoad<ProjectPartners>('/project-partners');
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        above={<a href="/ambassadors">{t.ambassadors.about.title}</a>}
      />
      <Show of={loaded}>
        {({ partners, source }) => (
          <div class="stack">
            <ul class="grid plain-list">
              {partners.map((partner) => (
                <li key={partner.id} class="card">
                  <h2 class="card-title">{partner.name}</h2>
                  <p class="company-line">
                    <CountryMark code={partner.country} />
                    {partner.region !== null && <span>{partner.region}</span>}
                  </p>
                  <p class="badges">
                    <Badge kind={partner.kind === 'sme' ? 'plain' : 'accent'}>{words[partner.kind]}</Badge>
                    <span class="fine">{partner.role ?? partner.field}</span>
                  </p>
                  <p>
                    <a href={webLink(partner.website)} rel="noopener noreferrer" target="_blank">
                      {webName(partner.website)}
                    </a>
                  </p>
                </li>
              ))}
            </ul>
            <p class="fine">{words.source(source)}</p>
          </div>
        )}
      </Show>
    </>
  );
}
