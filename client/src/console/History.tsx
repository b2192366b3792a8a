import { useEffect } from 'preact/hooks';
import type { z } from 'zod';
import type { eventChangeViewSchema, EventView } from '../../../server/events/schema.ts';
import { usePages } from '../api/usePages.ts';
import { formatMoment } from '../components/format.ts';
import { PageList } from '../components/PageList.tsx';
import {
  ChoiceFilter,
  filterValue,
  filterValues,
  NothingFits,
  SearchFilter,
  TimeSort,
} from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import type { EventState } from './useEvent.ts';

const FILTERS = ['q', 'of'] as const;

/** Every change of the event: when, who, what. */
export function History({ event, state }: { event: EventView; state: EventState }) {
  const pages = usePages<z.infer<typeof eventChangeViewSchema>>(`/events/${event.id}/history`, {
    ...filterValues(FILTERS),
    sort: filterValue('sort'),
  });
  useEffect(() => {
    if (state.changes > 0) pages.reload();
  }, [state.changes]);
  return (
    <div class="stack">
      <div class="toolbar" role="search">
        <SearchFilter label={t.console.searchHistory} />
        <ChoiceFilter
          label={t.console.historyOf}
          name="of"
          choices={[
            { value: '', label: t.common.all },
            { value: 'event', label: t.console.ofEvent },
            { value: 'plan', label: t.console.ofPlan },
          ]}
        />
        <TimeSort />
      </div>
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={FILTERS}>
            <p class="fine">{t.console.noHistory}</p>
          </NothingFits>
        }
      >
        {(changes) => (
          <ol class="console-history">
            {changes.map((change, at) => (
              <li key={`${change.at} ${at}`}>
                <span class="fine number">{formatMoment(change.at)}</span> <strong>{change.what}</strong>{' '}
                <span class="fine">{change.by}</span>
                {change.note !== '' && <p>{change.note}</p>}
              </li>
            ))}
          </ol>
        )}
      </PageList>
    </div>
  );
}
