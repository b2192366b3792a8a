import { useState } from 'preact/hooks';
import type { AnswerView } from '../../../server/suggestions/schema.ts';
import { api } from '../api/request.ts';
import type { Loaded } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Empty, Failure, Show } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { Badge, CompanyLine } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

/** Partners that were answered 'not for me', each with a way back. */
export function DeclinedList(props: {
  smeId: string;
  answers: Loaded<{ items: AnswerView[] }>;
  mayAnswer: boolean;
}) {
  const words = t.partners.declined;
  const [error, setError] = useState<unknown>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const undo = async (answer: AnswerView): Promise<void> => {
    setBusy(answer.partner.id);
    setError(null);
    try {
      await api.remove(`/smes/${props.smeId}/answers/${answer.partner.id}`);
      announce(words.undone(answer.partner.name));
      props.answers.reload();
    } catch (failure) {
      setError(failure);
    } finally {
      setBusy(null);
    }
  };
  return (
    <Show of={props.answers}>
      {({ items }) => (
        <div class="stack-small">
          {error !== null && <Failure error={error} />}
          {items.length === 0 ? (
            <Empty icon="partners" title={words.empty} />
          ) : (
            <p class="fine">{words.lead(items.length)}</p>
          )}
          <ul class="stack-small">
            {items.map((answer) => (
              <li key={answer.partner.id} class="card declined">
                <div class="stack-small">
                  <h2>
                    <a href={`/smes/${answer.partner.id}`}>{answer.partner.name}</a>
                  </h2>
                  <CompanyLine sme={answer.partner} />
                  <p class="badges">
                    <Badge>{t.partners.decline.reasons[answer.reason]}</Badge>
                    <span class="fine">{words.on(formatSpan(answer.at))}</span>
                  </p>
                  {answer.comment !== '' && <p>{answer.comment}</p>}
                </div>
                {props.mayAnswer && (
                  <Button
                    busy={busy === answer.partner.id}
                    label={words.undoOf(answer.partner.name)}
                    onClick={() => void undo(answer)}
                  >
                    {words.undo}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </div>
      )}
    </Show>
  );
}
