import { useState } from 'preact/hooks';
import type { PracticeView } from '../../../server/practices/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { navigate, setQuery } from '../app/router.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { PageList } from '../components/PageList.tsx';
import { plainWords } from '../components/prose.ts';
import { ChoiceFilter, filterValue, SearchFilter, TimeSort } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { PracticeForm } from './PracticeForm.tsx';
import { topicChoices } from './topics.ts';

const words = t.programme.practices;

function PracticeCard({ post }: { post: PracticeView }) {
  return (
    <li class="card card-link">
      <h2 class="card-title">
        <a href={`/practices/${encodeURIComponent(post.id)}`}>{post.title}</a>
      </h2>
      <p class="item-meta">
        <Badge>{words.topics[post.topic]}</Badge>
        {post.hidden && <Badge kind="bad">{words.hidden}</Badge>}
        <span>{post.organisation ?? t.programme.staff}</span>
        <span>{formatDay(post.createdAt)}</span>
        <span>{words.comments(post.comments)}</span>
      </p>
      <p class="clamp">{plainWords(post.words)}</p>
    </li>
  );
}

function NoPost({ filtered, onWrite }: { filtered: boolean; onWrite: () => void }) {
  return (
    <Empty icon={filtered ? 'search' : 'practices'} title={filtered ? t.common.nothingFits : words.empty}>
      <p>{filtered ? t.common.nothingFitsBody : words.emptyBody}</p>
      {filtered ? (
        <Button
          onClick={() => {
            setQuery({ q: null, topic: null });
          }}
        >
          {t.common.clearFilters}
        </Button>
      ) : (
        <Button onClick={onWrite}>{words.write}</Button>
      )}
    </Empty>
  );
}

/** What clusters tell each other. */
export function PracticesPage(_props: PageProps) {
  const [writing, setWriting] = useState(false);
  const filters = { q: filterValue('q'), topic: filterValue('topic') };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<PracticeView>('/practices', { ...filters, sort: filterValue('sort') });
  const write = () => {
    setWriting(true);
  };
  return (
    <>
      <PageHeading
        title={words.title}
        lead={words.lead}
        actions={
          <Button kind="primary" icon="plus" onClick={write}>
            {words.write}
          </Button>
        }
      />
      <div class="stack">
        <div class="toolbar" role="search">
          <SearchFilter label={t.programme.search} />
          <ChoiceFilter
            label={t.programme.topic}
            name="topic"
            choices={[{ value: '', label: t.programme.anyTopic }, ...topicChoices]}
          />
          <TimeSort />
        </div>
        <PageList pages={pages} empty={<NoPost filtered={filtered} onWrite={write} />}>
          {(items) => (
            <ul class="stack-small plain-list narrow">
              {items.map((post) => (
                <PracticeCard key={post.id} post={post} />
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {writing && (
        <PracticeForm
          onClose={() => {
            setWriting(false);
          }}
          onSaved={(post) => {
            setWriting(false);
            announce(words.posted);
            void navigate(`/practices/${encodeURIComponent(post.id)}`);
          }}
        />
      )}
    </>
  );
}
