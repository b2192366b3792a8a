import { useState } from 'preact/hooks';
import type { ClusterView, LeavingView } from '../../../server/clusters/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Show } from '../components/feedback.tsx';
import { SelectField, TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { countryName } from '../components/format.ts';
import { t } from '../strings/text.ts';

const words = t.ambassadors.own;

/** Says what leaving means, asks what becomes of the members, then does it. */
export function LeaveDialog(props: {
  cluster: ClusterView;
  onClose: () => void;
  onLeft: (cluster: ClusterView) => void;
}) {
  const path = `/clusters/${encodeURIComponent(props.cluster.id)}`;
  const preview = useLoad<LeavingView>(`${path}/leaving`);
  const [handOverTo, setHandOverTo] = useState('');
  const [reason, setReason] = useState('');
  const form = useForm(async () => {
    const body = { handOverTo: handOverTo === '' ? null : handOverTo, reason };
    const left = await api.post<{ cluster: ClusterView }>(`${path}/leave`, body);
    props.onLeft(left.cluster);
  });
  return (
    <Dialog title={words.dialog(props.cluster.name)} onClose={props.onClose}>
      <Show of={preview}>
        {({ members, people, invitations, successors }) => (
          <Form state={form} label={words.dialog(props.cluster.name)}>
            <ul>
              <li>{words.members(members)}</li>
              <li>{words.people(people)}</li>
              <li>{words.invitations(invitations)}</li>
              <li>{words.keeps}</li>
            </ul>
            <SelectField
              label={words.what}
              name="handOverTo"
              value={handOverTo}
              onChange={setHandOverTo}
              error={form.errors['handOverTo']}
              choices={[
                { value: '', label: words.stay },
                ...successors.map(({ id, name, country }) => ({
                  value: id,
                  label: words.handOver(name, countryName(country)),
                })),
              ]}
            />
            <TextArea
              label={words.reason}
              name="reason"
              hint={words.reasonHint}
              optional
              rows={2}
              value={reason}
              onInput={setReason}
            />
            <div class="actions actions-end">
              <Button onClick={props.onClose}>{t.common.cancel}</Button>
              <Button kind="danger" type="submit" busy={form.busy}>
                {currentUser().role === 'staff' ? words.confirmEnd : words.confirm}
              </Button>
            </div>
          </Form>
        )}
      </Show>
    </Dialog>
  );
}
