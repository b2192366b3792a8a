import { useState } from 'preact/hooks';
import type { InterestView } from '../../../server/interests/schema.ts';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { RadioGroup, TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { PickByName } from '../components/PickByName.tsx';
import { t } from '../strings/text.ts';

const words = t.needs.interest;

interface DialogProps {
  needId: string;
  onDone: () => void;
  onClose: () => void;
}

function Buttons({ busy, onClose }: { busy: boolean; onClose: () => void }) {
  return (
    <div class="actions actions-end">
      <Button onClick={onClose}>{t.common.cancel}</Button>
      <Button kind="primary" type="submit" busy={busy}>
        {words.send}
      </Button>
    </div>
  );
}

/** A company says that it would answer a need, alone or with a partner. */
export function AnswerDialog({ needId, smeId, onDone, onClose }: DialogProps & { smeId: string }) {
  const [how, setHow] = useState('alone');
  const [partner, setPartner] = useState('');
  const [message, setMessage] = useState('');
  const form = useForm(async () => {
    const smeIds = how === 'alone' ? [smeId] : [smeId, partner];
    await api.post<InterestView>(`/needs/${needId}/interests`, { smeIds, message });
    announce(words.sent);
    onDone();
  });
  const submit = (): void => {
    if (how === 'partner' && partner === '') form.refuse({ partner: words.partnerNeeded });
    else void form.submit();
  };
  return (
    <Dialog title={words.begin} onClose={onClose}>
      <p>{words.beginLead}</p>
      <Form state={form} onSubmit={submit}>
        <RadioGroup
          legend={words.how}
          name="how"
          value={how}
          choices={[
            { value: 'alone', label: words.alone },
            { value: 'partner', label: words.withPartner },
          ]}
          onChange={setHow}
        />
        {how === 'partner' && (
          <PickByName
            from="/smes"
            label={words.partner}
            hint={words.partnerHint}
            name="partner"
            error={form.errors.partner ?? form.errors['smeIds.1']}
            onPick={setPartner}
          />
        )}
        <TextArea
          label={words.message}
          name="message"
          rows={4}
          optional
          value={message}
          onInput={setMessage}
          error={form.errors.message}
        />
        <Buttons busy={form.busy} onClose={onClose} />
      </Form>
    </Dialog>
  );
}

/** The organisation asks one or two companies to answer its need. */
export function AskCompaniesDialog(props: DialogProps & { smes: readonly SmeCard[] }) {
  const { needId, smes, onDone, onClose } = props;
  const [message, setMessage] = useState('');
  const form = useForm(async () => {
    await api.post<InterestView>(`/needs/${needId}/interests`, { smeIds: smes.map(({ id }) => id), message });
    announce(words.asked);
    onDone();
  });
  const [one = '', other] = smes.map(({ name }) => name);
  return (
    <Dialog title={words.askTitle(other === undefined ? one : words.and(one, other))} onClose={onClose}>
      <p>{words.askLead}</p>
      <Form state={form}>
        <TextArea
          label={words.askMessage}
          name="message"
          rows={4}
          optional
          value={message}
          onInput={setMessage}
          error={form.errors.message}
        />
        <Buttons busy={form.busy} onClose={onClose} />
      </Form>
    </Dialog>
  );
}
