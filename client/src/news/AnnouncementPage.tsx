import { useEffect, useState } from 'preact/hooks';
import type { AnnouncementAction, AnnouncementView } from '../../../server/news/schema.ts';
import { api } from '../api/request.ts';
import { useLoad, type Loaded } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { navigate } from '../app/router.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { formatMoment } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { LinkList, Prose } from '../components/Prose.tsx';
import { targetLine } from '../components/TargetField.tsx';
import { useAction } from '../components/useAction.ts';
import { useClusterChoices } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { serverNow } from '../live/serverClock.ts';
import { AnnouncementForm } from './AnnouncementForm.tsx';
import { NewsMeta } from './NewsMeta.tsx';
import { countUnread } from './unread.ts';

const words = t.programme.news;

/** What staff can do with an announcement as it stands. */
function StaffActions({ loaded, item }: { loaded: Loaded<AnnouncementView>; item: AnnouncementView }) {
  const [editing, setEditing] = useState(false);
  const { busy, failure, run } = useAction();
  const names = new Map(useClusterChoices('').map(({ value, label }) => [value, label]));
  const { staff } = item;
  if (staff === null) return null;
  const path = `/announcements/${encodeURIComponent(item.id)}`;
  const act = (action: AnnouncementAction['action'], said: string) =>
    run(async () => {
      loaded.set(await api.post<AnnouncementView>(`${path}/actions`, { version: item.version, action }));
    }, said);
  const who = targetLine(staff.target, names);
  const at =
    staff.publicAt !== null && new Date(staff.publicAt).getTime() > serverNow() ? staff.publicAt : null;
  const publish = async () => {
    const body = at === null ? words.publishNow(who) : words.publishAt(formatMoment(at), who);
    const sure = await askConfirm({
      title: words.publishQuestion,
      body,
      action: words.publishAction,
      danger: false,
    });
    if (sure) await act('publish', words.published);
  };
  const withdraw = async () => {
    const sure = await askConfirm({
      title: words.withdrawQuestion,
      body: words.withdrawBody,
      action: words.withdrawAction,
    });
    if (sure) await act('withdraw', words.withdrawn);
  };
  const remove = async () => {
    const sure = await askConfirm({
      title: words.removeQuestion,
      body: words.removeBody,
      action: t.programme.deleteDraft,
    });
    if (!sure) return;
    await run(async () => {
      await api.remove(path);
      await navigate('/news', { replace: true });
    }, words.removed);
  };
  return (
    <section class="card" aria-labelledby="news-staff">
      <h2 id="news-staff">{t.programme.target.legend}</h2>
      <p>{who}</p>
      <p class="item-meta">
        {staff.earlyAt !== null && <span>{words.early(formatMoment(staff.earlyAt))}</span>}
        {staff.publicAt !== null && <span>{words.public(formatMoment(staff.publicAt))}</span>}
        {staff.mail && <span>{words.mail}</span>}
      </p>
      {failure !== null && <Failure error={failure} retry={loaded.reload} />}
      <div class="actions">
        {(item.state === 'draft' || item.state === 'withdrawn') && (
          <Button kind="primary" busy={busy} onClick={() => void publish()}>
            {words.publish}
          </Button>
        )}
        {item.state !== 'withdrawn' && (
          <Button
            icon="edit"
            onClick={() => {
              setEditing(true);
            }}
          >
            {words.edit}
          </Button>
        )}
        {item.state === 'scheduled' && (
          <Button busy={busy} onClick={() => void act('unschedule', words.unscheduled)}>
            {words.unschedule}
          </Button>
        )}
        {(item.state === 'scheduled' || item.state === 'published') && (
          <Button kind="danger" busy={busy} onClick={() => void withdraw()}>
            {words.withdraw}
          </Button>
        )}
        {item.state === 'draft' && (
          <Button kind="danger" busy={busy} onClick={() => void remove()}>
            {t.programme.deleteDraft}
          </Button>
        )}
      </div>
      {editing && (
        <AnnouncementForm
          item={item}
          onClose={() => {
            setEditing(false);
          }}
          onSaved={(saved) => {
            setEditing(false);
            loaded.set(saved);
            announce(words.saved);
          }}
        />
      )}
    </section>
  );
}

/** One announcement; opening it counts as reading it. */
export function AnnouncementPage({ params }: PageProps) {
  const id = encodeURIComponent(params.announcementId ?? '');
  const loaded = useLoad<AnnouncementView>(`/announcements/${id}`);
  const item = loaded.data;
  const fresh = item !== null && !item.read && item.state === 'published' ? item.id : null;
  const early = item !== null && !item.read && item.embargoUntil !== null ? item.id : null;
  const toMark = fresh ?? early;
  useEffect(() => {
    if (toMark === null) return;
    // What fails here is marked when the page is opened again.
    api.post(`/announcements/${encodeURIComponent(toMark)}/read`).then(
      () => countUnread(),
      () => undefined,
    );
  }, [toMark]);
  return (
    <>
      <PageHeading title={item?.title ?? words.title} above={<a href="/news">{words.toList}</a>} />
      <Show of={loaded}>
        {(data) => (
          <div class="stack narrow">
            <NewsMeta item={data} />
            {data.embargoUntil !== null && data.staff === null && (
              <Notice kind="warning" title={words.embargo(formatMoment(data.embargoUntil))}>
                <p>{words.embargoBody}</p>
              </Notice>
            )}
            <article class="card">
              <Prose text={data.words} />
              <LinkList links={data.links} />
            </article>
            <StaffActions loaded={loaded} item={data} />
          </div>
        )}
      </Show>
    </>
  );
}
