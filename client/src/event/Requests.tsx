import { useState } from 'preact/hooks';
import type { MyEvent, RequestDeclineReason, RequestView } from '../../../server/events/schema.ts';
import { api } from '../api/request.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Dialog } from '../components/Dialog.tsx';
import { RadioGroup, TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatSpan } from '../components/format.ts';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { t } from '../strings/text.ts';
import type { MyEventState } from './useMyEvent.ts';

const REASONS: readonly RequestDeclineReason[] = [
  'wrong-field',
  'wrong-maturity',
  'already-know-them',
  'no-time',
  'other',
];

/** Who asks to meet, and whom this SME asked: those that wait first. Of an event that is over, only what there was. */
export function Requests(props: {
  view: MyEvent;
  going: boolean;
  act: MyEventState['act'];
  onAnswered: () => void;
}) {
  const { view, going } = props;
  const [declining, setDeclining] = useState<RequestView | null>(null);
  const sorted = view.requests.toSorted(
    (one, other) =>
      Number(other.state === 'pending') - Number(one.state === 'pending') || (one.at < other.at ? 1 : -1),
  );
  if (!going && sorted.length === 0) return null;
  return (
    <section class="stack-small" aria-labelledby="my-requests">
      <h2 id="my-requests">{t.event.requests}</h2>
      {sorted.length === 0 && <p class="fine">{t.event.noRequests}</p>}
      <ul class="event-requests">
        {sorted.map((request) => (
          <li key={request.id} class="card">
            <RequestHead request={request} />
            {going && request.state === 'pending' && (
              <Answers
                eventId={view.event.id}
                request={request}
                act={props.act}
                onDecline={() => {
                  setDeclining(request);
                }}
              />
            )}
          </li>
        ))}
      </ul>
      {declining !== null && (
        <DeclineRequest
          eventId={view.event.id}
          request={declining}
          onClose={() => {
            setDeclining(null);
          }}
          onDone={() => {
            setDeclining(null);
            props.onAnswered();
          }}
        />
      )}
    </section>
  );
}

function RequestHead({ request }: { request: RequestView }) {
  const { partner, state, message, round } = request;
  const received = request.direction === 'received';
  return (
    <>
      <h3>{received ? t.event.asksYou(partner.name) : t.event.youAsked(partner.name)}</h3>
      <CompanyLine sme={partner} />
      {message !== '' && <p>“{message}”</p>}
      <p class="badges">
        <Badge kind={state === 'pending' ? 'accent' : state === 'accepted' ? 'good' : 'plain'}>
          {t.event.requestStates[state]}
        </Badge>
        {round !== null && <Badge>{t.event.round(round)}</Badge>}
        {request.reason !== null && <Badge>{t.event.declineReasons[request.reason]}</Badge>}
        {state === 'pending' && <span class="fine">{t.event.expires(formatSpan(request.expiresAt))}</span>}
      </p>
    </>
  );
}

function Answers(props: {
  eventId: string;
  request: RequestView;
  act: MyEventState['act'];
  onDecline: () => void;
}) {
  const { request } = props;
  const path = `/events/${props.eventId}/requests/${request.id}/answer`;
  const answer = (value: 'accept' | 'withdraw', done: string) =>
    props.act({ method: 'POST', path, body: { answer: value }, about: `request ${request.id}` }, done);
  return (
    <div class="actions">
      {request.direction === 'received' ? (
        <>
          <Button kind="primary" icon="check" onClick={() => void answer('accept', t.event.acceptDone)}>
            {t.event.accept}
          </Button>
          <Button onClick={props.onDecline}>{t.event.declineRequest}</Button>
        </>
      ) : (
        <Button small onClick={() => void answer('withdraw', t.event.withdrawDone)}>
          {t.event.withdraw}
        </Button>
      )}
    </div>
  );
}

function DeclineRequest(props: {
  eventId: string;
  request: RequestView;
  onClose: () => void;
  onDone: () => void;
}) {
  const { request } = props;
  const [reason, setReason] = useState<RequestDeclineReason>('no-time');
  const [comment, setComment] = useState('');
  const form = useForm(async () => {
    await api.post(`/events/${props.eventId}/requests/${request.id}/answer`, {
      answer: 'decline',
      reason,
      comment,
    });
    announce(t.event.declineDone);
    props.onDone();
  });
  return (
    <Dialog title={t.event.declineTitle(request.partner.name)} onClose={props.onClose}>
      <Form state={form} onSubmit={() => void form.submit()}>
        <RadioGroup
          legend={t.event.declineReason}
          name="reason"
          value={reason}
          error={form.errors.reason}
          choices={REASONS.map((value) => ({ value, label: t.event.declineReasons[value] }))}
          onChange={(value) => {
            setReason(REASONS.find((known) => known === value) ?? 'other');
          }}
        />
        <TextArea
          label={t.event.comment}
          name="comment"
          optional
          rows={2}
          value={comment}
          error={form.errors.comment}
          onInput={setComment}
        />
        <div class="actions actions-end">
          <Button onClick={props.onClose}>{t.common.cancel}</Button>
          <Button kind="primary" type="submit" busy={form.busy}>
            {t.event.declineRequest}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}
