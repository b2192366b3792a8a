import type { MemberView } from '../../../server/smes/schema.ts';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Badge, CompanyLine, Meter } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

const words = t.members;
const accountKinds = { none: 'plain', invited: 'accent', active: 'good', closed: 'bad' } as const;

/** One member: how complete its profile is, what it got, whether it has an account, and what can be done. */
export function MemberRow(props: { member: MemberView; onInvite: () => void; onWithdraw: () => void }) {
  const { member } = props;
  const percent = Math.round(member.completeness * 100);
  const invite = member.account === 'invited' ? words.inviteAgain : words.invite;
  const mayInvite = member.account === 'none' || member.account === 'invited';
  return (
    <tr>
      <th scope="row">
        <a href={`/smes/${member.id}`}>{member.name}</a>
        <CompanyLine sme={member} />
        {!member.available && <Badge kind="warning">{words.withdrawn}</Badge>}
      </th>
      <td data-label={words.profile}>
        <div class="member-meter">
          <Meter share={member.completeness} label={words.completeness(member.name, percent)} />
          <span class="fine number member-percent">{words.percent(percent)}</span>
        </div>
      </td>
      <td data-label={words.suggestions}>
        <a class="number" href={`/smes/${member.id}/partners`}>
          {words.suggestionCount(member.suggestions)}
          <span class="visually-hidden">: {member.name}</span>
        </a>
      </td>
      <td data-label={words.account}>
        <Badge kind={accountKinds[member.account]}>{words.accounts[member.account]}</Badge>
      </td>
      <td>
        <div class="actions member-actions">
          <ButtonLink small kind="quiet" href={`/smes/${member.id}/edit`}>
            {words.open}
            <span class="visually-hidden">: {member.name}</span>
          </ButtonLink>
          {mayInvite && (
            <Button small label={words.actionFor(invite, member.name)} onClick={props.onInvite}>
              {invite}
            </Button>
          )}
          <Button
            small
            kind="quiet"
            label={words.actionFor(words.withdraw, member.name)}
            onClick={props.onWithdraw}
          >
            {words.withdraw}
          </Button>
        </div>
      </td>
    </tr>
  );
}
