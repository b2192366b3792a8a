import { useEffect, useState } from 'preact/hooks';
import type { ClusterView } from '../../../server/clusters/schema.ts';
import type { MemberView } from '../../../server/smes/schema.ts';
import { InviteDialog } from '../accounts/InviteDialog.tsx';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter } from '../directory/filters.tsx';
import { onEvent, onReload } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { MemberRow } from './MemberRow.tsx';
import './members.css';

const words = t.members;

/** The members of a cluster: the cluster's own page, and the same for staff. */
export function MembersPage({ params }: PageProps) {
  const user = currentUser();
  const clusterId = params.clusterId ?? user.clusterId ?? '';
  const q = filterValue('q');
  const cluster = useLoad<ClusterView>(user.clusterId === clusterId ? null : `/clusters/${clusterId}`);
  const members = usePages<MemberView>(`/clusters/${clusterId}/members`, {
    q,
    sort: filterValue('sort'),
  });
  const [inviting, setInviting] = useState<MemberView | null>(null);
  const [error, setError] = useState<unknown>(null);
  useEffect(() => {
    const stops = [
      onEvent('members', (event) => {
        if (event.clusterId === clusterId) members.reload();
      }),
      onReload(members.reload),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [clusterId, members.reload]);

  const withdraw = async (member: MemberView): Promise<void> => {
    const { title, body, submit, done } = words.withdrawing;
    if (!(await askConfirm({ title: title(member.name), body: <p>{body}</p>, action: submit }))) return;
    setError(null);
    try {
      await api.remove(`/smes/${member.id}`);
      announce(done(member.name));
      members.reload();
    } catch (failure) {
      if (!isAbort(failure)) setError(failure);
    }
  };
  const name = cluster.data?.name;
  return (
    <>
      <PageHeading
        title={name === undefined ? t.shell.pages.members : words.titleOf(name)}
        lead={user.role === 'cluster' ? words.lead : undefined}
        above={
          user.clusterId === clusterId ? undefined : (
            <a href={`/clusters/${clusterId}`}>{name ?? t.shell.pages.cluster}</a>
          )
        }
        actions={<Ways clusterId={clusterId} />}
      />
      <div class="stack">
        <div class="toolbar">
          <SearchFilter label={words.filter} />
          <ChoiceFilter
            label={t.common.sort}
            name="sort"
            choices={Object.entries(t.directory.companies.sorts).map(([value, label]) => ({ value, label }))}
          />
        </div>
        {error !== null && <Failure error={error} />}
        <PageList pages={members} empty={<Nobody filtered={q !== ''} clusterId={clusterId} />}>
          {(items) => (
            <table class="table members">
              <thead>
                <tr>
                  <th scope="col">{words.company}</th>
                  <th scope="col">{words.profile}</th>
                  <th scope="col">{words.suggestions}</th>
                  <th scope="col">{words.account}</th>
                  <th scope="col">{words.actions}</th>
                </tr>
              </thead>
              <tbody>
                {items.map((member) => (
                  <MemberRow
                    key={member.id}
                    member={member}
                    onInvite={() => {
                      setInviting(member);
                    }}
                    onWithdraw={() => void withdraw(member)}
                  />
                ))}
              </tbody>
            </table>
          )}
        </PageList>
      </div>
      {inviting !== null && (
        <InviteDialog
          role="sme"
          sme={inviting}
          onClose={() => {
            setInviting(null);
          }}
          onDone={() => {
            setInviting(null);
            members.reload();
          }}
        />
      )}
    </>
  );
}

/** The two ways to register members. */
function Ways({ clusterId }: { clusterId: string }) {
  return (
    <>
      <ButtonLink href={`/smes/new?clusterId=${clusterId}`} kind="primary" icon="plus">
        {words.add}
      </ButtonLink>
      <ButtonLink href={`/imports?clusterId=${clusterId}`} icon="imports">
        {words.import}
      </ButtonLink>
    </>
  );
}

function Nobody({ filtered, clusterId }: { filtered: boolean; clusterId: string }) {
  if (filtered) {
    return (
      <Empty icon="search" title={words.noneFound.title}>
        <Button
          onClick={() => {
            setQuery({ q: null });
          }}
        >
          {words.noneFound.action}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon="members" title={words.empty.title}>
      <p>{words.empty.body}</p>
      <div class="actions">
        <Ways clusterId={clusterId} />
      </div>
    </Empty>
  );
}
