import { useState } from 'preact/hooks';
import type { AccountView } from '../../../server/accounts/schema.ts';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import { currentUser } from '../app/session.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import {
  ChoiceFilter,
  filterValue,
  filterValues,
  NothingFits,
  SearchFilter,
  TimeSort,
} from '../directory/filters.tsx';
import { t } from '../strings/text.ts';

const words = t.staff.accounts;

function AccountRow(props: { account: AccountView; mine: boolean; busy: boolean; onClose: () => void }) {
  const { account } = props;
  return (
    <tr>
      <th scope="row">
        {account.name}
        <span class="fine cell-line">{account.email}</span>
      </th>
      <td data-label={words.kind}>
        {t.shell.roles[account.role]}
        {account.organisation !== null && <span class="fine cell-line">{account.organisation}</span>}
      </td>
      <td data-label={words.lastSignIn}>
        {account.lastSignInAt === null ? t.common.never : formatSpan(account.lastSignInAt)}
      </td>
      <td data-label={words.state}>
        <Badge kind={account.state === 'active' ? 'good' : 'plain'}>{words.states[account.state]}</Badge>
      </td>
      <td class="cell-actions">
        {account.state === 'active' && !props.mine && (
          <Button
            small
            kind="danger"
            busy={props.busy}
            label={words.closeThis(account.name)}
            onClick={props.onClose}
          >
            {words.close}
          </Button>
        )}
        {props.mine && <span class="fine">{words.you}</span>}
      </td>
    </tr>
  );
}

const FILTERS = ['q', 'role', 'state'] as const;

/** All accounts, for the staff: who they are, when they last came, and closing them. */
export function AccountsPage(_props: PageProps) {
  const pages = usePages<AccountView>('/accounts', {
    ...filterValues(FILTERS),
    sort: filterValue('sort'),
  });
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const me = currentUser().id;
  const close = async (account: AccountView) => {
    const sure = await askConfirm({
      title: words.question(account.name),
      body: words.questionBody,
      action: words.close,
    });
    if (!sure) return;
    setBusy(account.id);
    setFailure(null);
    try {
      await api.post(`/accounts/${encodeURIComponent(account.id)}/close`);
      announce(words.closed(account.name));
      pages.reload();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(null);
    }
  };
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        actions={
          <ButtonLink href="/invitations" kind="primary" icon="invitations">
            {words.toInvitations}
          </ButtonLink>
        }
      />
      <div class="stack">
        <div class="toolbar" role="search">
          <SearchFilter label={words.search} />
          <ChoiceFilter
            label={words.kind}
            name="role"
            choices={[
              { value: '', label: t.common.all },
              ...Object.entries(t.shell.roles).map(([value, label]) => ({ value, label })),
            ]}
          />
          <ChoiceFilter
            label={words.state}
            name="state"
            choices={[
              { value: '', label: t.common.all },
              ...Object.entries(words.states).map(([value, label]) => ({ value, label })),
            ]}
          />
          <TimeSort />
        </div>
        {failure !== null && <Failure error={failure} />}
        <PageList
          pages={pages}
          empty={
            <NothingFits filters={FILTERS}>
              <Empty icon="accounts" title={words.empty}>
                <p>{words.emptyBody}</p>
              </Empty>
            </NothingFits>
          }
        >
          {(items) => (
            <table class="table">
              <thead>
                <tr>
                  <th scope="col">{words.who}</th>
                  <th scope="col">{words.kind}</th>
                  <th scope="col">{words.lastSignIn}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col">
                    <span class="visually-hidden">{words.actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((account) => (
                  <AccountRow
                    key={account.id}
                    account={account}
                    mine={account.id === me}
                    busy={busy === account.id}
                    onClose={() => void close(account)}
                  />
                ))}
              </tbody>
            </table>
          )}
        </PageList>
      </div>
    </>
  );
}
