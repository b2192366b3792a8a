import { useEffect, useState } from 'preact/hooks';
import type { AnnouncementView } from '../../../server/news/schema.ts';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { navigate, setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { Button } from '../components/Button.tsx';
import { Empty, Failure } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { plainWords } from '../components/prose.ts';
import { useAction } from '../components/useAction.ts';
import { ChoiceFilter, filterValue, SearchFilter, TimeSort } from '../directory/filters.tsx';
import { onEvent } from '../live/live.ts';
import { t } from '../strings/text.ts';
import { AnnouncementForm } from './AnnouncementForm.tsx';
import { NewsMeta } from './NewsMeta.tsx';
import { countUnread, unreadNews } from './unread.ts';

const words = t.programme.news;
const STATES = ['draft', 'scheduled', 'published', 'withdrawn'] as const;

function NewsCard({ item }: { item: AnnouncementView }) {
  const fresh = item.staff === null && !item.read;
  return (
    <li class={`card card-link ${fresh ? 'card-unread' : ''}`}>
      <h2 class="card-title">
        <a href={`/news/${encodeURIComponent(item.id)}`}>{item.title}</a>
      </h2>
      <NewsMeta item={item} />
      <p class="clamp">{plainWords(item.words)}</p>
    </li>
  );
}

function Filters({ staff }: { staff: boolean }) {
  return (
    <div class="toolbar" role="search">
      <SearchFilter label={t.programme.search} />
      {staff && (
        <ChoiceFilter
          label={words.state}
          name="state"
          choices={[
            { value: '', label: t.common.all },
            ...STATES.map((value) => ({ value, label: words.states[value] })),
          ]}
        />
      )}
      <TimeSort />
    </div>
  );
}

/** Announcements for the reader; staff write them here. */
export function NewsPage(_props: PageProps) {
  const staff = currentUser().role === 'staff';
  const [writing, setWriting] = useState(false);
  const filters = { q: filterValue('q'), state: filterValue('state') };
  const filtered = Object.values(filters).some((value) => value !== '');
  const pages = usePages<AnnouncementView>('/announcements', { ...filters, sort: filterValue('sort') });
  const action = useAction();
  useEffect(() => onEvent('announcement', pages.reload), [pages.reload]);
  const actions = staff ? (
    <Button
      kind="primary"
      icon="plus"
      onClick={() => {
        setWriting(true);
      }}
    >
      {words.write}
    </Button>
  ) : (
    unreadNews.value > 0 && (
      <Button
        icon="check"
        busy={action.busy}
        onClick={() =>
          void action.run(async () => {
            await api.post('/announcements/read');
            await countUnread();
            pages.reload();
          }, words.allRead)
        }
      >
        {words.readAll}
      </Button>
    )
  );
  return (
    <>
      <PageHeading title={words.title} lead={staff ? words.leadStaff : words.lead} actions={actions} />
      <div class="stack">
        <Filters staff={staff} />
        {action.failure !== null && <Failure error={action.failure} />}
        <PageList
          pages={pages}
          empty={
            filtered ? (
              <Empty icon="search" title={t.common.nothingFits}>
                <p>{t.common.nothingFitsBody}</p>
                <Button
                  onClick={() => {
                    setQuery({ q: null, state: null });
                  }}
                >
                  {t.common.clearFilters}
                </Button>
              </Empty>
            ) : (
              <Empty icon="news" title={words.empty}>
                <p>{staff ? words.emptyStaff : words.emptyBody}</p>
              </Empty>
            )
          }
        >
          {(items) => (
            <ul class="stack-small plain-list narrow">
              {items.map((item) => (
                <NewsCard key={item.id} item={item} />
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {writing && (
        <AnnouncementForm
          onClose={() => {
            setWriting(false);
          }}
          onSaved={(saved) => {
            setWriting(false);
            void navigate(`/news/${encodeURIComponent(saved.id)}`);
          }}
        />
      )}
    </>
  );
}
