import type { AnnouncementView } from '../../../server/news/schema.ts';
import { formatDay, formatMoment } from '../components/format.ts';
import { Badge } from '../components/marks.tsx';
import { t } from '../strings/text.ts';

const words = t.programme.news;
const looks = { draft: 'plain', scheduled: 'accent', published: 'good', withdrawn: 'bad' } as const;

/** The line below the title: how an announcement stands, and since when. */
export function NewsMeta({ item }: { item: AnnouncementView }) {
  const { staff } = item;
  return (
    <p class="item-meta">
      {staff !== null && <Badge kind={looks[item.state]}>{words.states[item.state]}</Badge>}
      {staff === null && !item.read && <Badge kind="accent">{words.unread}</Badge>}
      {item.embargoUntil !== null && (
        <Badge kind="warning">{words.embargo(formatMoment(item.embargoUntil))}</Badge>
      )}
      {item.visibleAt !== null && item.visibleAt !== item.embargoUntil && (
        <span>{formatMoment(item.visibleAt)}</span>
      )}
      {item.changedAt !== null && <span>{words.changed(formatDay(item.changedAt))}</span>}
      {staff !== null && item.state === 'published' && <span>{words.read(staff.reads)}</span>}
    </p>
  );
}
