import { useEffect } from 'preact/hooks';
import type { z } from 'zod';
import type { eventChangeViewSchema, EventView } from '../../../server/events/schema.ts';
import { usePages } from '../api/usePages.ts';
import { formatMoment } from '../components/format.ts';
import { PageList } from '../components/PageList.tsx';
import { t } from '../strings/text.ts';
import type { EventState } from './useEvent.ts';

/** Every change of the event: when, who, what. */
export function History({ event, state }: { event: EventView; state: EventState }) {
  const pages = usePages<z.infer<typeof eventChangeViewSchema>>(`/events/${event.id}/history`);
  useEffect(() => {
    if (state.changes > 0) pages.reload();
  }, [state.changes]);
  return (
    <PageList pages={pages} empty={<p class="fine">{t.console.noHistory}</p>}>
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
  );
}
