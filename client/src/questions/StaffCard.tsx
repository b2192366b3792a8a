import { useState } from 'preact/hooks';
import type { AccountView } from '../../../server/accounts/schema.ts';
import type { Page } from '../../../server/http/schema.ts';
import type { QuestionChange, QuestionView } from '../../../server/questions/schema.ts';
import { useLoad } from '../api/useLoad.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { SelectField } from '../components/fields.tsx';
import { t } from '../strings/text.ts';
import { FaqForm } from './FaqForm.tsx';
import { topicChoices, topicOf } from './topics.ts';

const words = t.programme.questions;

/** Who of the staff takes care of a question, what it is about, and its way into the FAQ. */
export function StaffCard(props: {
  question: QuestionView;
  change: (part: Partial<QuestionChange>) => void;
  onPublished: () => void;
}) {
  const { question, change } = props;
  const staff = useLoad<Page<AccountView>>('/accounts', { role: 'staff', limit: 100 });
  const [publishing, setPublishing] = useState(false);
  const people = (staff.data?.items ?? []).filter(({ state }) => state === 'active');
  return (
    <section class="card" aria-labelledby="question-staff">
      <h2 id="question-staff">{words.staffCard}</h2>
      <div class="fields">
        <SelectField
          label={words.takeCare}
          name="assigneeId"
          value={question.assignee?.id ?? ''}
          choices={[
            { value: '', label: words.nobody },
            ...people.map(({ id, name }) => ({ value: id, label: name })),
          ]}
          onChange={(value) => {
            change({ assigneeId: value === '' ? null : value });
          }}
        />
        <SelectField
          label={t.programme.topic}
          name="topic"
          value={question.topic}
          choices={topicChoices}
          onChange={(value) => {
            change({ topic: topicOf(value) });
          }}
        />
      </div>
      <div class="actions">
        {question.faqId === null ? (
          <Button
            onClick={() => {
              setPublishing(true);
            }}
          >
            {words.publish}
          </Button>
        ) : (
          <ButtonLink href="/faq?sort=newest" icon="book">
            {words.inFaq}
          </ButtonLink>
        )}
      </div>
      {publishing && (
        <FaqForm
          from={question}
          onClose={() => {
            setPublishing(false);
          }}
          onSaved={() => {
            setPublishing(false);
            announce(t.programme.faq.saved);
            props.onPublished();
          }}
        />
      )}
    </section>
  );
}
