import { useState } from 'preact/hooks';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import { InviteDialog } from '../accounts/InviteDialog.tsx';
import { LeaveDialog } from '../ambassadors/LeaveDialog.tsx';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Notice, Show } from '../components/feedback.tsx';
import { formatDay, webLink, webName } from '../components/format.ts';
import { HistoryLink } from '../audit/HistoryLink.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { CountryMark } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import { ClusterForm } from './ClusterForm.tsx';
import { ClusterBadges } from './ClustersPage.tsx';

const words = t.directory.cluster;

function Facts({ cluster }: { cluster: ClusterView }) {
  return (
    <dl class="facts">
      <div>
        <dt>{words.country}</dt>
        <dd>
          <CountryMark code={cluster.country} />
        </dd>
      </div>
      {cluster.region !== null && (
        <div>
          <dt>{words.region}</dt>
          <dd>{cluster.region}</dd>
        </div>
      )}
      {cluster.website !== null && (
        <div>
          <dt>{words.website}</dt>
          <dd>
            <a href={webLink(cluster.website)} rel="noopener noreferrer" target="_blank">
              {webName(cluster.website)}
            </a>
          </dd>
        </div>
      )}
      <div>
        <dt>{words.since}</dt>
        <dd>{formatDay(cluster.createdAt)}</dd>
      </div>
      <div>
        <dt>{words.companies}</dt>
        <dd>{t.directory.clusters.members(cluster.members)}</dd>
      </div>
    </dl>
  );
}

type DialogName = 'edit' | 'invite' | 'end';

function Actions({ cluster, open }: { cluster: ClusterView; open: (dialog: DialogName) => void }) {
  const user = currentUser();
  const mayManage = user.role === 'staff' || user.clusterId === cluster.id;
  const id = encodeURIComponent(cluster.id);
  // Of one that left there is nothing to manage, only its record.
  if (cluster.leftAt !== null) return <HistoryLink kind="cluster" id={cluster.id} />;
  return (
    <>
      <ButtonLink
        href={mayManage ? `/clusters/${id}/members` : `/companies?clusterId=${id}`}
        kind="primary"
        icon="members"
      >
        {mayManage ? words.manageMembers : words.allMembers}
      </ButtonLink>
      {user.role === 'staff' && (
        <Button
          icon="invitations"
          onClick={() => {
            open('invite');
          }}
        >
          {words.invite}
        </Button>
      )}
      {mayManage && (
        <Button
          icon="edit"
          onClick={() => {
            open('edit');
          }}
        >
          {words.edit}
        </Button>
      )}
      <HistoryLink kind="cluster" id={cluster.id} />
      {user.role === 'staff' && (
        <Button
          kind="danger"
          onClick={() => {
            open('end');
          }}
        >
          {words.end}
        </Button>
      )}
    </>
  );
}

/** One cluster; its managers and staff can edit it, staff can invite who manages it, and end its part. */
export function ClusterPage({ params }: PageProps) {
  const loaded = useLoad<ClusterView>(`/clusters/${encodeURIComponent(params.clusterId ?? '')}`);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const close = () => {
    setDialog(null);
  };
  const title = loaded.data?.name ?? t.shell.pages.cluster;
  return (
    <>
      <PageHeading
        title={title}
        above={<a href="/clusters">{words.toClusters}</a>}
        {...(loaded.data
          ? {
              actions: <Actions cluster={loaded.data} open={setDialog} />,
            }
          : {})}
      />
      <Show of={loaded}>
        {(cluster) => (
          <div class="stack narrow">
            {cluster.leftAt !== null && (
              <Notice kind="info">
                <p>{words.leftNotice(formatDay(cluster.leftAt))}</p>
              </Notice>
            )}
            {cluster.demo && (
              <Notice kind="warning">
                <p>{words.demo}</p>
              </Notice>
            )}
            <section class="card" aria-labelledby="cluster-facts">
              <div class="card-head">
                <h2 id="cluster-facts">{words.facts}</h2>
                <ClusterBadges cluster={cluster} />
              </div>
              <Facts cluster={cluster} />
            </section>
            {dialog === 'edit' && (
              <ClusterForm
                cluster={cluster}
                onClose={close}
                onSaved={(saved) => {
                  close();
                  loaded.set(saved);
                  announce(t.directory.clusterForm.saved);
                }}
              />
            )}
            {dialog === 'end' && (
              <LeaveDialog
                cluster={cluster}
                onClose={close}
                onLeft={(ended) => {
                  close();
                  loaded.set(ended);
                  announce(words.ended(ended.name));
                }}
              />
            )}
            {dialog === 'invite' && (
              <InviteDialog
                role="cluster"
                cluster={{ id: cluster.id, name: cluster.name }}
                onDone={close}
                onClose={close}
              />
            )}
          </div>
        )}
      </Show>
    </>
  );
}
