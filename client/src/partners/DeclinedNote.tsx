import { useEffect, useRef } from 'preact/hooks';
import type { SmeCard } from '../../../server/smes/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { Failure } from '../components/feedback.tsx';
import { useForm } from '../components/form.tsx';
import { t } from '../strings/text.ts';
import { CARD_ATTRIBUTE } from './reader.ts';

/** Stands where a card stood that was just answered 'not for me', so that nothing jumps and the answer can be taken back. */
export function DeclinedNote(props: { smeId: string; partner: SmeCard; onUndone: () => void }) {
  const element = useRef<HTMLDivElement>(null);
  const undo = useForm(async () => {
    await api.remove(`/smes/${props.smeId}/answers/${props.partner.id}`);
    props.onUndone();
  });
  useEffect(() => {
    element.current?.querySelector('button')?.focus();
  }, []);
  return (
    <div ref={element} class="card partner-declined" {...{ [CARD_ATTRIBUTE]: props.partner.id }}>
      <p role="status">{t.partners.decline.done(props.partner.name)}</p>
      <Button busy={undo.busy} onClick={() => void undo.submit()}>
        {t.partners.decline.undo}
      </Button>
      {undo.error !== null && <Failure error={undo.error} />}
    </div>
  );
}
