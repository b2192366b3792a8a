import { useState } from 'preact/hooks';
import type { MyEvent } from '../../../server/events/schema.ts';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { SelectField, TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { timeAt } from './moments.ts';
import type { Wanted } from './PartnerActions.tsx';
import type { MyEventState } from './useMyEvent.ts';

/** Asks a partner to meet, in any round or in one. */
export function AskDialog(props: {
  view: MyEvent;
  partner: Wanted;
  act: MyEventState['act'];
  onClose: () => void;
  onDone: () => void;
}) {
  const { view, partner } = props;
  const [message, setMessage] = useState('');
  const [round, setRound] = useState('');
  const form = useForm(async () => {
    await props.act(
      {
        method: 'POST',
        path: `/events/${view.event.id}/requests`,
        body: { partnerId: partner.id, message, round: round === '' ? null : Number(round) },
        about: `ask ${partner.id}`,
      },
      t.event.askDone(partner.name),
    );
    props.onDone();
  });
  const planned = view.rounds.filter(({ state }) => state === 'planned');
  return (
    <Dialog title={t.event.askTitle(partner.name)} onClose={props.onClose}>
      <p>{t.event.askWhat}</p>
      <Form state={form} onSubmit={() => void form.submit()}>
        <TextArea
          label={t.event.askMessage}
          name="message"
          optional
          rows={2}
          value={message}
          error={form.errors.message}
          onInput={setMessage}
        />
        <SelectField
          label={t.event.askRound}
          name="round"
          value={round}
          onChange={setRound}
          error={form.errors.round}
          choices={[
            { value: '', label: t.event.anyRound },
            ...planned.map(({ number, startsAt }) => ({
              value: String(number),
              label: `${t.event.round(number)}, ${timeAt(startsAt, view.event)}`,
            })),
          ]}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {t.event.ask}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
