import type { Progress } from '../../../server/live/protocol.ts';
import { Button } from './Button.tsx';

/** Long work on the server: how far it is, where that is known, and a way to stop it, where it can be stopped. */
export function RunningTask(props: {
  label: string;
  progress: Pick<Progress, 'done' | 'total'> | undefined;
  /** How far it is in words. */
  words: (done: number, total: number) => string;
  stop: string;
  /** Says which one is stopped where several run on a page. */
  stopLabel?: string;
  /** Null where it cannot be stopped. */
  onStop: (() => void) | null;
  /** True where it is on its way to its end already. */
  stopping?: boolean;
}) {
  const { progress, onStop, stopping = false } = props;
  const known = progress !== undefined && progress.total > 0;
  return (
    <div class="running-task">
      <progress
        class="meter"
        aria-label={props.label}
        {...(known ? { max: progress.total, value: progress.done } : {})}
      />
      {known && <p class="fine number">{props.words(progress.done, progress.total)}</p>}
      {onStop !== null && (
        <Button
          small
          busy={stopping}
          {...(props.stopLabel === undefined ? {} : { label: props.stopLabel })}
          onClick={onStop}
        >
          {props.stop}
        </Button>
      )}
    </div>
  );
}
