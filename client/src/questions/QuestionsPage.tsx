import { useEffect, useState } from 'preact/hooks';
import type { QuestionView } from '../../../server/questions/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { navigate, setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatSpan } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter, TimeSort } from '../directory/filters.tsx';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { AskDialog } from './AskDialog.tsx';
import { QuestionState } from './QuestionState.tsx';
import { topicFilter } from './topics.ts';

const words = t.programme.questions;
const STATES = ['open', 'answered', 'closed'] as const;

function QuestionCard({ question, staff }: { question: QuestionView; staff: boolean }) {
  const { asker, assignee } = question;
  return (
    <li class="card card-link">
      <div class="card-head">
        <h2 class="card-title">
          <a href={`/questions/${encodeURIComponent(question.id)}`}>{question.subject}</a>
        </h2>
        <QuestionState state={question.state} />
      </div>
      <p class="item-meta">
        <Badge>{words.topics[question.topic]}</Badge>
        {staff && <span>{asker.organisation ?? t.shell.roles[asker.role]}</span>}
        <span>{words.messages(question.messages.length)}</span>
        <span>{formatSpan(question.updatedAt)}</span>
        {staff && <span>{assignee === null ? words.nobody : assignee.name}</span>}
      </p>
    </li>
  );
}

function Filters({ staff }: { staff: boolean }) {
  return (
    <div class="toolbar" role="search">
      <SearchFilter label={t.programme.search} />
      <ChoiceFilter
        label={words.state}
        name="state"
        choices={[
          { value: '', label: words.anyState },
          ...STATES.map((value) => ({ value, label: words.states[value] })),
        ]}
      />
      <ChoiceFilter label={t.programme.topic} name="topic" choices={topicFilter} />
      {staff && (
        <ChoiceFilter
          label={words.assignee}
          name="assignee"
          choices={[
            { value: '', label: words.anybody },
            { value: 'me', label: words.me },
            { value: 'nobody', label: words.nobody },
          ]}
        />
      )}
      <TimeSort />
    </div>
  );
}

function NoQuestion(props: { filtered: boolean; staff: boolean; onAsk: () => void }) {
  if (props.filtered) {
    return (
      <Empty icon="search" title={t.common.nothingFits}>
        <p>{t.common.nothingFitsBody}</p>
        <Button
          onClick={() => {
            setQuery({ q: null, state: null, topic: null, assignee: null });
          }}
        >
          {t.common.clearFilters}
        </Button>
      </Empty>
    );
  }
  return (
    <Empty icon="questions" title={words.empty}>
      <p>{props.staff ? words.emptyStaff : words.emptyBody}</p>
      {!props.staff && <Button onClick={props.onAsk}>{words.ask}</Button>}
    </Empty>
  );
}

/** Threads with the staff: one's own, or all for staff. */
export function QuestionsPage(_props: PageProps) {
  const staff = currentUser().role === 'staff';
  const [asking, setAsking] = useState(false);
  const filters = {
    q: filterValue('q'),
    state: filterValue('state'),
    topic: filterValue('topic'),
    assignee: filterValue('assignee'),
  };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<QuestionView>('/questions', { ...filters, sort: filterValue('sort') });
  useEffect(() => onEvent('question', pages.reload), [pages.reload]);
  const ask = () => {
    setAsking(true);
  };
  const actions = (
    <>
      <ButtonLink href="/faq" icon="book">
        {words.faq}
      </ButtonLink>
      {!staff && (
        <Button kind="primary" icon="plus" onClick={ask}>
          {words.ask}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeading title={words.title} lead={staff ? words.leadStaff : words.lead} actions={actions} />
      <div class="stack">
        <Filters staff={staff} />
        <PageList pages={pages} empty={<NoQuestion filtered={filtered} staff={staff} onAsk={ask} />}>
          {(items) => (
            <ul class="stack-small plain-list narrow">
              {items.map((question) => (
                <QuestionCard key={question.id} question={question} staff={staff} />
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {asking && (
        <AskDialog
          onClose={() => {
            setAsking(false);
          }}
          onAsked={(question) => {
            setAsking(false);
            announce(words.sent);
            void navigate(`/questions/${encodeURIComponent(question.id)}`);
          }}
        />
      )}
    </>
  );
}
