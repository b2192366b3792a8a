import type { Progress } from '../../../server/live/protocol.ts';
import { Button } from './Button.tsx';

/** Long work on the server: how far it is, where that is known, and a way to stop it. */
export function RunningTask(props: {
  label: string;
  progress: Progress | undefined;
  /** How far it is in words. */
  words: (done: number, total: number) => string;
  stop: string;
  onStop: () => void;
}) {
  const { progress } = props;
  const known = progress !== undefined && progress.total > 0;
  return (
    <div class="running-task">
      <progress
        class="meter"
        aria-label={props.label}
        {...(known ? { max: progress.total, value: progress.done } : {})}
      />
      {known && <p class="fine number">{props.words(progress.done, progress.total)}</p>}
      <Button small onClick={props.onStop}>
        {props.stop}
      </Button>
    </div>
  );
}
