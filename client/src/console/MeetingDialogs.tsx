import { useState } from 'preact/hooks';
import type { EventView, MeetingView, PlanEdit } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { RadioGroup, SelectField } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { timeAt } from '../event/moments.ts';
import { t } from '../strings/text.ts';

interface DialogProps {
  event: EventView;
  meeting: MeetingView;
  onClose: () => void;
}

/** Moves a meeting to another round that has not begun. */
export function MoveMeeting(props: DialogProps & { edit: (change: PlanEdit) => void }) {
  const { event, meeting } = props;
  const rounds = event.rounds.filter(({ state, number }) => state === 'planned' && number !== meeting.round);
  const [round, setRound] = useState(String(rounds[0]?.number ?? ''));
  const form = useForm(() => {
    props.edit({ edit: 'move', meetingId: meeting.id, toRound: Number(round) });
    props.onClose();
    return Promise.resolve();
  });
  return (
    <Dialog title={t.console.moveTitle(meeting.a.name, meeting.b.name)} onClose={props.onClose}>
      <Form state={form}>
        <SelectField
          label={t.console.moveTo}
          name="round"
          value={round}
          onChange={setRound}
          choices={rounds.map(({ number, startsAt }) => ({
            value: String(number),
            label: `${t.console.roundChoice(number)}, ${timeAt(startsAt, event)}`,
          }))}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" disabled={rounds.length === 0}>
            {t.console.move}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

/** Notes who did not come; the other one gets another meeting where somebody is free. */
export function NoShow(props: DialogProps & { onDone: () => void }) {
  const { event, meeting } = props;
  const [absent, setAbsent] = useState(meeting.a.id);
  const form = useForm(async () => {
    await api.post(`/events/${event.id}/meetings/${meeting.id}/no-show`, { absentSmeId: absent });
    announce(t.console.noShowDone);
    props.onDone();
    props.onClose();
  });
  return (
    <Dialog title={t.console.noShowTitle(meeting.a.name, meeting.b.name)} onClose={props.onClose}>
      <Form state={form}>
        <RadioGroup
          legend={t.console.noShowWho}
          name="absentSmeId"
          value={absent}
          choices={[meeting.a, meeting.b].map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setAbsent}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {t.console.noShow}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
