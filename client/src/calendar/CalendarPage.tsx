import { useState } from 'preact/hooks';
import type { CalendarEntryView } from '../../../server/calendar/schema.ts';
import { usePages } from '../api/usePages.ts';
import type { PageProps } from '../app/page.ts';
import { setQuery } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { Empty } from '../components/feedback.tsx';
import { PageHeading } from '../components/Heading.tsx';
import { PageList } from '../components/PageList.tsx';
import { ChoiceFilter, filterValue, SearchFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { CancelDialog } from './CancelDialog.tsx';
import { EntryCard } from './EntryCard.tsx';
import { EntryForm } from './EntryForm.tsx';
import { FollowDialog } from './FollowDialog.tsx';

const words = t.programme.calendar;
const KINDS = ['webinar', 'info-day', 'matchmaking', 'deadline', 'other'] as const;

type Open =
  | { what: 'add' }
  | { what: 'follow' }
  | { what: 'edit'; entry: CalendarEntryView }
  | { what: 'cancel'; entry: CalendarEntryView };

function Dialogs(props: { open: Open; onClose: () => void; onDone: (said: string) => void }) {
  const { open, onClose, onDone } = props;
  const saved = () => {
    onDone(words.saved);
  };
  if (open.what === 'follow') return <FollowDialog onClose={onClose} />;
  if (open.what === 'add') return <EntryForm onClose={onClose} onSaved={saved} />;
  if (open.what === 'edit') return <EntryForm entry={open.entry} onClose={onClose} onSaved={saved} />;
  return (
    <CancelDialog
      entry={open.entry}
      onClose={onClose}
      onDone={() => {
        onDone(words.doneCancel);
      }}
    />
  );
}

function Filters() {
  return (
    <div class="toolbar" role="search">
      <SearchFilter label={t.programme.search} />
      <ChoiceFilter
        label={words.when}
        name="when"
        choices={[
          { value: '', label: words.coming },
          { value: 'past', label: words.past },
        ]}
      />
      <ChoiceFilter
        label={words.kind}
        name="kind"
        choices={[
          { value: '', label: words.anyKind },
          ...KINDS.map((value) => ({ value, label: words.kinds[value] })),
        ]}
      />
    </div>
  );
}

/** What is to come in the programme. */
export function CalendarPage(_props: PageProps) {
  const [open, setOpen] = useState<Open | null>(null);
  const staff = currentUser().role === 'staff';
  const filters = { when: filterValue('when'), kind: filterValue('kind'), q: filterValue('q') };
  const filtered = filters.kind !== '' || filters.q !== '';
  const pages = usePages<CalendarEntryView>('/calendar', filters);
  const actions = (
    <>
      <Button
        onClick={() => {
          setOpen({ what: 'follow' });
        }}
      >
        {words.follow}
      </Button>
      {staff && (
        <Button
          kind="primary"
          icon="plus"
          onClick={() => {
            setOpen({ what: 'add' });
          }}
        >
          {words.add}
        </Button>
      )}
    </>
  );
  return (
    <>
      <PageHeading title={words.title} lead={words.lead} actions={actions} />
      <div class="stack">
        <Filters />
        <PageList
          pages={pages}
          empty={
            <Empty
              icon={filtered ? 'search' : 'calendar'}
              title={filtered ? t.common.nothingFits : words.empty}
            >
              <p>{filtered ? t.common.nothingFitsBody : staff ? words.emptyStaff : words.emptyBody}</p>
              {filtered && (
                <Button
                  onClick={() => {
                    setQuery({ q: null, kind: null });
                  }}
                >
                  {t.common.clearFilters}
                </Button>
              )}
            </Empty>
          }
        >
          {(items) => (
            <ul class="stack-small plain-list">
              {items.map((entry) => (
                <EntryCard
                  key={entry.id}
                  entry={entry}
                  onEdit={() => {
                    setOpen({ what: 'edit', entry });
                  }}
                  onCancel={() => {
                    setOpen({ what: 'cancel', entry });
                  }}
                />
              ))}
            </ul>
          )}
        </PageList>
      </div>
      {open !== null && (
        <Dialogs
          open={open}
          onClose={() => {
            setOpen(null);
          }}
          onDone={(said) => {
            setOpen(null);
            announce(said);
            pages.reload();
          }}
        />
      )}
    </>
  );
}
