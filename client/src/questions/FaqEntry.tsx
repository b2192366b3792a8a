import type { FaqView } from '../../../server/questions/schema.ts';
import { api } from '../api/request.ts';
import { Button } from '../components/Button.tsx';
import { askConfirm } from '../components/confirm.tsx';
import { Failure } from '../components/feedback.tsx';
import { Badge } from '../components/marks.tsx';
import { Prose } from '../components/Prose.tsx';
import { useAction } from '../components/useAction.ts';
import { t } from '../strings/text.ts';

const words = t.programme.faq;

function Vote({ entry, onVoted }: { entry: FaqView; onVoted: () => void }) {
  const { busy, failure, run } = useAction();
  const vote = (helpful: boolean) =>
    void run(async () => {
      await api.put(`/faq/${encodeURIComponent(entry.id)}/vote`, { helpful });
      onVoted();
    }, words.thanks);
  return (
    <>
      {failure !== null && <Failure error={failure} />}
      <div class="actions" role="group" aria-label={`${words.helpful} ${entry.question}`}>
        <span class="fine">{words.helpful}</span>
        {([true, false] as const).map((value) => (
          <Button
            key={String(value)}
            small
            busy={busy}
            pressed={entry.myVote === value}
            {...(entry.myVote === value ? { icon: 'check' as const } : {})}
            onClick={() => {
              vote(value);
            }}
          >
            {value ? t.common.yes : t.common.no}
          </Button>
        ))}
      </div>
    </>
  );
}

/** One entry: readers say whether it helped, staff edit it. */
export function FaqEntry(props: {
  entry: FaqView;
  signedIn: boolean;
  onEdit: () => void;
  onChanged: () => void;
}) {
  const { entry } = props;
  const { busy, failure, run } = useAction();
  const remove = async () => {
    const sure = await askConfirm({
      title: words.removeQuestion,
      body: words.removeBody,
      action: words.remove,
    });
    if (!sure) return;
    await run(async () => {
      const path = `/faq/${encodeURIComponent(entry.id)}`;
      await api.remove(path, { query: { version: entry.version } });
      props.onChanged();
    }, words.removed);
  };
  return (
    <li class="card">
      <h2 class="card-title">{entry.question}</h2>
      <Prose text={entry.answer} />
      <p class="item-meta">
        <Badge>{t.programme.questions.topics[entry.topic]}</Badge>
        {entry.votes !== null && entry.readers === 'public' && <Badge kind="accent">{words.public}</Badge>}
        {entry.votes !== null && <span>{words.votes(entry.votes.yes, entry.votes.no)}</span>}
      </p>
      {failure !== null && <Failure error={failure} />}
      {props.signedIn && entry.votes === null && <Vote entry={entry} onVoted={props.onChanged} />}
      {entry.votes !== null && (
        <div class="actions">
          <Button small icon="edit" label={`${words.edit}: ${entry.question}`} onClick={props.onEdit}>
            {words.edit}
          </Button>
          <Button
            small
            kind="danger"
            busy={busy}
            label={`${words.remove}: ${entry.question}`}
            onClick={() => void remove()}
          >
            {words.remove}
          </Button>
        </div>
      )}
    </li>
  );
}
