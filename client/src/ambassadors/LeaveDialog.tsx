import { useEffect, useRef, useState } from 'preact/hooks';
import type { ClusterView, LeavingView } from '../../../server/clusters/schema.ts';
import { isAbort } from '../api/problem.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { Show } from '../components/feedback.tsx';
import { SelectField, TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { countryName } from '../components/format.ts';
import { RunningTask } from '../components/RunningTask.tsx';
import { progressByTask } from '../live/live.ts';
import { t } from '../strings/text.ts';

const words = t.ambassadors.own;

/** Says what leaving means, asks what becomes of the members, then does it, which can be stopped while members are moved. */
export function LeaveDialog(props: {
  cluster: ClusterView;
  onClose: () => void;
  onLeft: (cluster: ClusterView) => void;
}) {
  const path = `/clusters/${encodeURIComponent(props.cluster.id)}`;
  const preview = useLoad<LeavingView>(`${path}/leaving`);
  const [handOverTo, setHandOverTo] = useState('');
  const [reason, setReason] = useState('');
  const [stopped, setStopped] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);
  const form = useForm(async () => {
    const { signal } = (running.current = new AbortController());
    setStopped(false);
    const body = { handOverTo: handOverTo === '' ? null : handOverTo, reason };
    try {
      const left = await api.post<{ cluster: ClusterView }>(`${path}/leave`, body, { signal });
      props.onLeft(left.cluster);
    } catch (error) {
      if (!isAbort(error)) throw error;
      setStopped(true);
    }
  });
  const stop = (): void => running.current?.abort();
  return (
    <Dialog title={words.dialog(props.cluster.name)} onClose={form.busy ? stop : props.onClose}>
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
            {form.busy && (
              <RunningTask
                label={words.running}
                progress={progressByTask.value.get(`leaving:${props.cluster.id}`)}
                words={words.progress}
                stop={words.stop}
                onStop={stop}
              />
            )}
            {stopped && <p role="status">{words.stopped(props.cluster.name)}</p>}
            <div class="actions actions-end">
              <Button disabled={form.busy} onClick={props.onClose}>
                {t.common.cancel}
              </Button>
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
