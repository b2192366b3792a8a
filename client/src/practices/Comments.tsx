import { useState } from 'preact/hooks';
import type { CommentView } from '../../../server/practices/schema.ts';
import { onceKey } from '../api/onceKey.ts';
import { api } from '../api/request.ts';
import { usePages } from '../api/usePages.ts';
import { currentUser } from '../app/session.ts';
import { announce } from '../components/announce.tsx';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure } from '../components/feedback.tsx';
import { TextArea } from '../components/fields.tsx';
import { Form, useForm } from '../components/form.tsx';
import { formatMoment } from '../components/format.ts';
import { PageList } from '../components/PageList.tsx';
import { Prose } from '../components/Prose.tsx';
import { useAction } from '../components/useAction.ts';
import { useMost } from '../components/useMost.ts';
import { ChoiceFilter, filterValue, isFiltered, NothingFits, SearchFilter } from '../directory/filters.tsx';
import { t } from '../strings/text.ts';
import { Moderation } from './Moderation.tsx';

const words = t.programme.practices;

function Comment(props: { comment: CommentView; path: string; onChanged: () => void }) {
  const { comment, onChanged } = props;
  const { busy, failure, run } = useAction();
  const path = `${props.path}/${encodeURIComponent(comment.id)}`;
  const remove = async () => {
    const sure = await askConfirm({
      title: words.removeComment,
      body: words.removeCommentBody,
      action: words.remove,
    });
    if (!sure) return;
    await run(async () => {
      await api.remove(path);
      onChanged();
    }, words.removedComment);
  };
  return (
    <li class="message">
      <p class="item-meta">
        <strong>{comment.by ?? t.programme.formerAccount}</strong>
        <span>{comment.organisation ?? t.programme.staff}</span>
        <span>{formatMoment(comment.at)}</span>
      </p>
      <Prose text={comment.words} />
      {comment.hidden && <p class="fine">{words.hiddenBecause(comment.reason)}</p>}
      {failure !== null && <Failure error={failure} />}
      <div class="actions">
        {comment.mine && (
          <Button small kind="quiet" busy={busy} onClick={() => void remove()}>
            {words.remove}
          </Button>
        )}
        {currentUser().role === 'staff' && (
          <Moderation path={path} hidden={comment.hidden} onDone={onChanged} />
        )}
      </div>
    </li>
  );
}

function Write({ path, onSent }: { path: string; onSent: () => void }) {
  const [text, setText] = useState('');
  const [key, setKey] = useState(onceKey);
  const form = useForm(async () => {
    await api.post(path, { words: text, key });
    setText('');
    setKey(onceKey());
    announce(words.sent);
    onSent();
  });
  return (
    <Form state={form} label={words.comment}>
      <TextArea
        label={words.comment}
        name="words"
        rows={3}
        value={text}
        onInput={setText}
        error={form.errors.words}
      />
      <div class="actions">
        <Button kind="primary" type="submit" busy={form.busy}>
          {words.send}
        </Button>
      </div>
    </Form>
  );
}

/** So many are read at a glance. */
const FEW = 5;

/** What is said about a post, and a place to say something. */
export function Comments({ practiceId, onChanged }: { practiceId: string; onChanged: () => void }) {
  const path = `/practices/${encodeURIComponent(practiceId)}/comments`;
  const pages = usePages<CommentView>(path, { q: filterValue('q'), sort: filterValue('sort') });
  const choosable = useMost(pages.total) > FEW || isFiltered(['q']);
  const changed = () => {
    pages.reload();
    onChanged();
  };
  return (
    <section class="stack-small" aria-labelledby="practice-comments">
      <h2 id="practice-comments">{words.commentsTitle}</h2>
      {choosable && (
        <div class="toolbar" role="search">
          <SearchFilter label={t.programme.search} />
          <ChoiceFilter
            label={t.common.sort}
            name="sort"
            choices={[
              { value: '', label: t.common.oldest },
              { value: 'newest', label: t.common.newest },
            ]}
          />
        </div>
      )}
      <PageList
        pages={pages}
        empty={
          <NothingFits filters={['q']}>
            <p class="fine">{words.noComment}</p>
          </NothingFits>
        }
      >
        {(items) => (
          <ol class="stack-small plain-list">
            {items.map((comment) => (
              <Comment key={comment.id} comment={comment} path={path} onChanged={changed} />
            ))}
          </ol>
        )}
      </PageList>
      <Write path={path} onSent={changed} />
    </section>
  );
}
