import { useState } from 'preact/hooks';
import type { PracticeView } from '../../../server/practices/schema.ts';
import { api } from '../api/request.ts';
import { useLoad } from '../api/useLoad.ts';
import type { PageProps } from '../app/page.ts';
import { navigate } from '../app/router.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure, Notice, Show } from '../components/feedback.tsx';
import { formatDay } from '../components/format.ts';
import { PageHeading } from '../components/Heading.tsx';
import { Badge } from '../components/marks.tsx';
import { LinkList, Prose } from '../components/Prose.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';
import { Comments } from './Comments.tsx';
import { Moderation } from './Moderation.tsx';
import { PracticeForm } from './PracticeForm.tsx';

const words = t.programme.practices;

function Meta({ post }: { post: PracticeView }) {
  return (
    <p class="item-meta">
      <Badge>{words.topics[post.topic]}</Badge>
      <span>{post.organisation ?? t.programme.staff}</span>
      {post.by !== null && <span>{post.by}</span>}
      <span>{formatDay(post.createdAt)}</span>
      {post.changedAt !== null && <span>{words.changed(formatDay(post.changedAt))}</span>}
    </p>
  );
}

/** One post with its comments; those who wrote it edit and delete it, staff moderate. */
export function PracticePage({ params }: PageProps) {
  const id = params.practiceId ?? '';
  const path = `/practices/${encodeURIComponent(id)}`;
  const loaded = useLoad<PracticeView>(path);
  const [editing, setEditing] = useState(false);
  const { busy, failure, run } = useAction();
  const remove = async () => {
    const sure = await askConfirm({
      title: words.removeQuestion,
      body: words.removeBody,
      action: words.remove,
    });
    if (!sure) return;
    await run(async () => {
      await api.remove(path);
      await navigate('/practices', { replace: true });
    }, words.removed);
  };
  return (
    <>
      <PageHeading
        title={loaded.data?.title ?? words.title}
        above={<a href="/practices">{words.toList}</a>}
      />
      <Show of={loaded}>
        {(post) => (
          <div class="stack narrow">
            {post.hidden && (
              <Notice kind="warning" title={words.hidden}>
                <p>{words.hiddenBecause(post.reason)}</p>
              </Notice>
            )}
            <Meta post={post} />
            <article class="card">
              <Prose text={post.words} />
              <LinkList links={post.links} />
            </article>
            {failure !== null && <Failure error={failure} />}
            <div class="actions">
              {post.mine && (
                <>
                  <Button
                    small
                    icon="edit"
                    onClick={() => {
                      setEditing(true);
                    }}
                  >
                    {words.edit}
                  </Button>
                  <Button small kind="danger" busy={busy} onClick={() => void remove()}>
                    {words.remove}
                  </Button>
                </>
              )}
              {currentUser().role === 'staff' && (
                <Moderation path={path} hidden={post.hidden} onDone={loaded.reload} />
              )}
            </div>
            <Comments practiceId={id} onChanged={loaded.reload} />
            {editing && (
              <PracticeForm
                post={post}
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
          </div>
        )}
      </Show>
    </>
  );
}
