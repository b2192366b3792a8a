import { useState } from 'preact/hooks';
import type { InvitationView } from '../../../server/accounts/schema.ts';
import { InviteDialog } from '../accounts/InviteDialog.tsx';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { formatDay, formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, NothingFits, SearchFilter, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';

const words = t.staff.invitations;
const kinds = { open: 'accent', accepted: 'good', revoked: 'plain', expired: 'warning' } as const;

function InvitationRow(props: {
  invitation: InvitationView;
  busy: boolean;
  onResend: () => void;
  onRevoke: () => void;
}) {
  const { invitation } = props;
  const pending = invitation.state === 'open' || invitation.state === 'expired';
  return (
    <tr>
      <th scope="row">{invitation.email}</th>
      <td data-label={words.kind}>
        {t.shell.roles[invitation.role]}
        {invitation.organisation !== null && <span class="fine cell-line">{invitation.organisation}</span>}
      </td>
      <td data-label={words.invited}>
        {formatSpan(invitation.createdAt)}
        <span class="fine cell-line">{words.by(invitation.invitedBy)}</span>
      </td>
      <td data-label={words.state}>
        <Badge kind={kinds[invitation.state]}>{words.states[invitation.state]}</Badge>
        {invitation.state === 'open' && (
          <span class="fine cell-line">{words.until(formatDay(invitation.expiresAt))}</span>
        )}
      </td>
      <td class="cell-actions">
        {pending && (
          <Button small busy={props.busy} label={words.resendTo(invitation.email)} onClick={props.onResend}>
            {words.resend}
          </Button>
        )}
        {invitation.state === 'open' && (
          <Button small kind="danger" label={words.revokeTo(invitation.email)} onClick={props.onRevoke}>
            {words.revoke}
          </Button>
        )}
      </td>
    </tr>
  );
}

/** Sends again and takes back, one at a time. */
function useInvitationActions(done: () => void) {
  const [busy, setBusy] = useState<string | null>(null);
  const [failure, setFailure] = useState<unknown>(null);
  const run = async (id: string, act: () => Promise<unknown>, said: string) => {
    setBusy(id);
    setFailure(null);
    try {
      await act();
      announce(said);
      done();
    } catch (error) {
      setFailure(error);
    } finally {
      setBusy(null);
    }
  };
  const path = (id: string) => `/invitations/${encodeURIComponent(id)}`;
  return {
    busy,
    failure,
    resend: (invitation: InvitationView) =>
      run(invitation.id, () => api.post(`${path(invitation.id)}/resend`), words.resent(invitation.email)),
    revoke: async (invitation: InvitationView) => {
      const sure = await askConfirm({
        title: words.question(invitation.email),
        body: words.questionBody,
        action: words.revoke,
      });
      if (sure) {
        await run(invitation.id, () => api.remove(path(invitation.id)), words.revoked(invitation.email));
      }
    },
  };
}

/** All invitations by state; the staff can invite anybody from here. */
export function InvitationsPage(_props: PageProps) {
  const pages = usePages<InvitationView>('/invitations', {
    q: filterValue('q'),
    state: filterValue('state'),
    sort: filterValue('sort'),
  });
  const [inviting, setInviting] = useState(false);
  const actions = useInvitationActions(pages.reload);
  const invite = () => {
    setInviting(true);
  };
  const inviteButton = (
    <Button kind="primary" icon="plus" onClick={invite}>
      {words.invite}
    </Button>
  );
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} actions={inviteButton} />
      <div class="stack">
        <div class="toolbar" role="search">
          <SearchFilter label={words.search} />
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
        {actions.failure !== null && <Failure error={actions.failure} />}
        <PageList
          pages={pages}
          empty={
            <NothingFits filters={['q', 'state']}>
              <Empty icon="invitations" title={words.empty}>
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
                  <th scope="col">{words.invited}</th>
                  <th scope="col">{words.state}</th>
                  <th scope="col">
                    <span class="visually-hidden">{words.actions}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((invitation) => (
                  <InvitationRow
                    key={invitation.id}
                    invitation={invitation}
                    busy={actions.busy === invitation.id}
                    onResend={() => void actions.resend(invitation)}
                    onRevoke={() => void actions.revoke(invitation)}
                  />
                ))}
              </tbody>
            </table>
          )}
        </PageList>
      </div>
      {inviting && (
        <InviteDialog
          onClose={() => {
            setInviting(false);
          }}
          onDone={() => {
            setInviting(false);
            pages.reload();
          }}
        />
      )}
    </>
  );
}
