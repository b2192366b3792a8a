import { useState } from 'preact/hooks';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Show } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { CountryMark } from '../components/marks.tsx';
import { ClusterBadges } from '../directory/ClustersPage.tsx';
import { t } from '../strings/text.ts';
import { LeaveDialog } from './LeaveDialog.tsx';
import './ambassadors.css';

const words = t.ambassadors.own;
const about = t.ambassadors.about;

/** What a cluster is in the project, what it gets and gives, and how it leaves. */
export function OwnStatusPage(_props: PageProps) {
  const { clusterId } = currentUser();
  const loaded = useLoad<ClusterView>(
    clusterId === null ? null : `/clusters/${encodeURIComponent(clusterId)}`,
  );
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} />
      <Show of={loaded}>{(cluster) => <Status cluster={cluster} />}</Show>
    </>
  );
}

function Status({ cluster }: { cluster: ClusterView }) {
  const [leaving, setLeaving] = useState(false);
  return (
    <div class="stack">
      <div class="ambassador-parts">
        <section class="card" aria-labelledby="own-facts">
          <div class="card-head">
            <h2 id="own-facts">{cluster.name}</h2>
            <ClusterBadges cluster={cluster} />
          </div>
          <p class="company-line">
            <CountryMark code={cluster.country} />
            {cluster.region !== null && <span>{cluster.region}</span>}
          </p>
          <dl class="facts">
            <div>
              <dt>{words.since}</dt>
              <dd>{formatDay(cluster.createdAt)}</dd>
            </div>
            <div>
              <dt>{t.directory.cluster.companies}</dt>
              <dd>{t.directory.clusters.members(cluster.members)}</dd>
            </div>
          </dl>
          <div class="actions">
            <ButtonLink href={`/clusters/${encodeURIComponent(cluster.id)}`}>
              {t.directory.cluster.edit}
            </ButtonLink>
          </div>
        </section>
        <section class="card">
          <h2>{about.gets}</h2>
          <ul>
            {about.getsItems.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
        <section class="card">
          <h2>{about.gives}</h2>
          <ul>
            {about.givesItems.map((item) => (
              <li key={item}>{item}</li>
            ))}
          </ul>
        </section>
        <section class="card">
          <h2>{words.leaveTitle}</h2>
          <p>{cluster.kind === 'ambassador' ? words.leaveLead : words.partner}</p>
          {cluster.kind === 'ambassador' && (
            <div class="actions">
              <Button
                kind="danger"
                onClick={() => {
                  setLeaving(true);
                }}
              >
                {words.open}
              </Button>
            </div>
          )}
        </section>
      </div>
      {leaving && (
        <LeaveDialog
          cluster={cluster}
          onClose={() => {
            setLeaving(false);
          }}
          onLeft={() => {
            // The account is closed with it: the sign-in page is all that is left.
            location.assign('/sign-in');
          }}
        />
      )}
    </div>
  );
}
