import type { ComponentChildren } from 'preact';
import type { Progress } from '../../../server/live/protocol.ts';
import { Button } from '../components/Button.tsx';
import { Failure } from '../components/feedback.tsx';
import { RunningTask } from '../components/RunningTask.tsx';
import { t } from '../strings/text.ts';
import { shownOf } from './preview.ts';
import type { PreviewState } from './preview.ts';

const seconds = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** What the frame says around one kind of preview. */
export interface FrameWords {
  readonly title: string;
  readonly none: string;
  readonly running: string;
  readonly progress: (done: number, total: number) => string;
  readonly cancel: string;
  readonly stopped: string;
  readonly again: string;
}

/** The frame of a preview: how far it is, a way to stop it and to ask again; the last one stays in sight while a newer one runs. */
export function PreviewFrame<Preview extends { readonly tookMs: number }>(props: {
  /** Unique on the page. */
  name: string;
  words: FrameWords;
  state: PreviewState<Preview>;
  /** The outcome in one sentence, for those who do not see it. */
  announce: (preview: Preview) => string;
  progress: Progress | undefined;
  onStop: () => void;
  onAgain: () => void;
  children: (preview: Preview) => ComponentChildren;
}) {
  const { name, words, state } = props;
  const shown = shownOf(state);
  return (
    <section class="card preview" aria-labelledby={name}>
      <h2 id={name}>{words.title}</h2>
      <div role="status" class="preview-state">
        {state.kind === 'none' && <p>{words.none}</p>}
        {state.kind === 'stopped' && <p>{words.stopped}</p>}
        {state.kind === 'running' && <p>{words.running}</p>}
        {state.kind === 'done' && <p class="visually-hidden">{props.announce(state.preview)}</p>}
      </div>
      {state.kind === 'running' && (
        <RunningTask
          label={words.running}
          progress={props.progress}
          words={words.progress}
          stop={words.cancel}
          onStop={props.onStop}
        />
      )}
      {state.kind === 'failed' && <Failure error={state.error} retry={props.onAgain} />}
      {state.kind === 'stopped' && (
        <div class="actions">
          <Button small onClick={props.onAgain}>
            {words.again}
          </Button>
        </div>
      )}
      {shown !== null && (
        <div class={state.kind === 'done' ? 'stack' : 'stack preview-old'}>
          {props.children(shown)}
          <p class="fine">{t.weights.preview.took(seconds.format(shown.tookMs / 1000))}</p>
        </div>
      )}
    </section>
  );
}
