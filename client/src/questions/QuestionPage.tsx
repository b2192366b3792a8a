import { useEffect, useState } from 'preact/hooks';
import type { QuestionChange, QuestionView } from '../../../server/questions/schema.ts';
import { api } from '../api/request.ts';
import { useLoad, type Loaded } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Failure, Show } from '../components/feedback.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatMoment } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { Prose } from '../components/Prose.tsx';
import { useAction } from '../components/useAction.ts';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { QuestionState } from './QuestionState.tsx';
import { StaffCard } from './StaffCard.tsx';

const words = t.programme.questions;
type Thread = Loaded<QuestionView>;

function Messages({ question }: { question: QuestionView }) {
  return (
    <ol class="stack-small plain-list" aria-label={words.thread}>
      {question.messages.map((message) => (
        <li key={message.id} class={`message ${message.from === 'staff' ? 'message-staff' : ''}`}>
          <p class="item-meta">
            <strong>{message.by ?? t.programme.formerAccount}</strong>
            {message.from === 'staff' && <Badge kind="accent">{t.programme.staff}</Badge>}
            <span>{formatMoment(message.at)}</span>
          </p>
          <Prose text={message.words} />
        </li>
      ))}
    </ol>
  );
}

function Answer({ loaded, question }: { loaded: Thread; question: QuestionView }) {
  const staff = currentUser().role === 'staff';
  const [text, setText] = useState('');
  const form = useForm(async () => {
    const path = `/questions/${encodeURIComponent(question.id)}/messages`;
    loaded.set(await api.post<QuestionView>(path, { version: question.version, words: text }));
    setText('');
    announce(words.answerSent);
  });
  const label = staff ? words.answer : words.writeOn;
  return (
    <Form state={form} label={label}>
      <TextArea label={label} name="words" value={text} onInput={setText} error={form.errors.words} />
      <div class="actions">
        <Button kind="primary" type="submit" busy={form.busy}>
          {words.send}
        </Button>
      </div>
    </Form>
  );
}

/** One question with its thread. */
export function QuestionPage({ params }: PageProps) {
  const id = params.questionId ?? '';
  const path = `/questions/${encodeURIComponent(id)}`;
  const loaded = useLoad<QuestionView>(path);
  const { busy, failure, run } = useAction();
  useEffect(
    () =>
      onEvent('question', (event) => {
        if (event.questionId === id) loaded.reload();
      }),
    [id, loaded.reload],
  );
  const change = (version: number, part: Partial<QuestionChange>, said: string) =>
    void run(async () => {
      loaded.set(await api.put<QuestionView>(path, { version, ...part }));
    }, said);
  const staff = currentUser().role === 'staff';
  return (
    <>
      <PageHeading
        title={loaded.data?.subject ?? words.title}
        above={<a href="/questions">{words.toList}</a>}
      />
      <Show of={loaded}>
        {(question) => (
          <div class="stack narrow">
            <p class="item-meta">
              <QuestionState state={question.state} />
              <Badge>{words.topics[question.topic]}</Badge>
              <span>{question.asker.organisation ?? t.shell.roles[question.asker.role]}</span>
              {!staff && question.assignee !== null && <span>{question.assignee.name}</span>}
            </p>
            <Messages question={question} />
            {failure !== null && <Failure error={failure} retry={loaded.reload} />}
            <Answer loaded={loaded} question={question} />
            <div class="actions">
              <Button
                busy={busy}
                onClick={() => {
                  const closed = question.state === 'closed';
                  change(
                    question.version,
                    { state: closed ? 'open' : 'closed' },
                    closed ? words.reopened : words.closed,
                  );
                }}
              >
                {question.state === 'closed' ? words.reopen : words.close}
              </Button>
            </div>
            {staff && (
              <StaffCard
                question={question}
                onPublished={loaded.reload}
                change={(part) => {
                  change(question.version, part, words.assigned);
                }}
              />
            )}
          </div>
        )}
      </Show>
    </>
  );
}
