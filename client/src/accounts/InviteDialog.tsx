import { useState } from 'preact/hooks';
import type { InvitationView, Role } from '../../../server/accounts/schema.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { SelectField, TextField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PickByName } from '../components/PickByName.tsx';
import { t } from '../strings/text.ts';

const words = t.accounts.invite;
const roleChoices = (['cluster', 'sme', 'demand', 'staff'] as const).map((value) => ({
  value,
  label: t.shell.roles[value],
}));

interface Picked {
  id: string;
  name: string;
}

export interface InviteDialogProps {
  /** Set: for this kind of account only. Else the reader chooses. */
  role?: Role;
  /** Set: for this cluster (role cluster). */
  cluster?: Picked;
  /** Set: for this company (role sme). */
  sme?: Picked;
  onDone: (invitation: InvitationView) => void;
  onClose: () => void;
}

/** Invites one person by e-mail; the server sends the one-time link. */
export function InviteDialog(props: InviteDialogProps) {
  const [role, setRole] = useState<Role>(props.role ?? 'cluster');
  const [email, setEmail] = useState('');
  const [clusterId, setClusterId] = useState(props.cluster?.id ?? '');
  const [smeId, setSmeId] = useState(props.sme?.id ?? '');
  const [organisation, setOrganisation] = useState('');
  const form = useForm(async () => {
    const invitation = await api.post<InvitationView>('/invitations', {
      role,
      email,
      ...(role === 'cluster' ? { clusterId } : {}),
      ...(role === 'sme' ? { smeId } : {}),
      ...(role === 'demand' ? { organisation } : {}),
    });
    announce(words.done(invitation.email));
    props.onDone(invitation);
  });
  const missing = (role === 'cluster' && clusterId === '') || (role === 'sme' && smeId === '');
  const known = props.cluster ?? props.sme;
  return (
    <Dialog title={known ? words.titleFor(known.name) : words.title} onClose={props.onClose}>
      <Form
        state={form}
        label={words.title}
        onSubmit={() => {
          if (missing) form.refuse({ [role === 'cluster' ? 'clusterId' : 'smeId']: words.choose });
          else void form.submit();
        }}
      >
        {props.role === undefined && (
          <SelectField
            label={words.role}
            name="role"
            value={role}
            choices={roleChoices}
            onChange={(value) => {
              const chosen = roleChoices.find((choice) => choice.value === value);
              if (chosen) setRole(chosen.value);
            }}
            error={form.errors.role}
          />
        )}
        {role === 'cluster' && !props.cluster && (
          <PickByName
            from="/clusters"
            label={words.cluster}
            hint={words.clusterHint}
            name="clusterId"
            error={form.errors.clusterId}
            onPick={setClusterId}
          />
        )}
        {role === 'sme' && !props.sme && (
          <PickByName
            from="/smes"
            label={words.sme}
            hint={words.smeHint}
            name="smeId"
            error={form.errors.smeId}
            onPick={setSmeId}
          />
        )}
        {role === 'demand' && (
          <TextField
            label={words.organisation}
            name="organisation"
            value={organisation}
            onInput={setOrganisation}
            error={form.errors.organisation}
          />
        )}
        <TextField
          label={words.email}
          hint={words.emailHint}
          name="email"
          type="email"
          inputMode="email"
          required
          value={email}
          onInput={setEmail}
          error={form.errors.email}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy} icon="invitations">
            {words.action}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
