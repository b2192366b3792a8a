import { useState } from 'preact/hooks';
import type { FaqView } from '../../../server/questions/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { setQuery } from '../app/router.ts';
import { session } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button, ButtonLink } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { FaqEntry } from './FaqEntry.tsx';
import { FaqForm } from './FaqForm.tsx';
import { topicFilter } from './topics.ts';

const words = t.programme.faq;

function NoEntry({ filtered }: { filtered: boolean }) {
  return (
    <Empty icon={filtered ? 'search' : 'book'} title={filtered ? t.common.nothingFits : words.empty}>
      <p>{filtered ? t.common.nothingFitsBody : words.emptyBody}</p>
      {filtered && (
        <Button
          onClick={() => {
            setQuery({ q: null, topic: null });
          }}
        >
          {t.common.clearFilters}
        </Button>
      )}
    </Empty>
  );
}

/** Questions that many have; also for visitors without an account. */
export function FaqPage(_props: PageProps) {
  const user = session.value.state === 'in' ? session.value.user : null;
  const [editing, setEditing] = useState<FaqView | 'new' | null>(null);
  const filters = { q: filterValue('q'), topic: filterValue('topic') };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<FaqView>('/faq', { ...filters, sort: filterValue('sort') });
  const actions =
    user?.role === 'staff' ? (
      <Button
        kind="primary"
        icon="plus"
        onClick={() => {
          setEditing('new');
        }}
      >
        {words.add}
      </Button>
    ) : (
      user !== null && <ButtonLink href="/questions">{words.ask}</ButtonLink>
    );
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} actions={actions} />
      <div class="stack">
        <div class="toolbar" role="search">
          <SearchFilter label={t.programme.search} />
          <ChoiceFilter label={t.programme.topic} name="topic" choices={topicFilter} />
          <ChoiceFilter
            label={t.common.sort}
            name="sort"
            choices={[
              { value: '', label: words.sortTopic },
              { value: 'newest', label: t.common.newest },
            ]}
          />
        </div>
        <PageList pages={pages} empty={<NoEntry filtered={filtered} />}>
          {(items) => (
            <ul class="stack-small plain-list narrow">
              {items.map((entry) => (
                <FaqEntry
                  key={entry.id}
                  entry={entry}
                  signedIn={user !== null}
                  onChanged={pages.reload}
                  onEdit={() => {
                    setEditing(entry);
                  }}
                />
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {editing !== null && (
        <FaqForm
          {...(editing === 'new' ? {} : { entry: editing })}
          onClose={() => {
            setEditing(null);
          }}
          onSaved={() => {
            setEditing(null);
            announce(words.saved);
            pages.reload();
          }}
        />
      )}
    </>
  );
}
