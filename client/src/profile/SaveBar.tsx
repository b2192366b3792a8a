import { Button } from '../components/Button.tsx';
import { t } from '../strings/text.ts';

/** Stays in reach at the lower edge while something is unsaved. */
export function SaveBar(props: {
  changed: boolean;
  busy: boolean;
  onDiscard?: () => void;
  action?: string;
  /** Said while nothing is unsaved. */
  idle?: string;
}) {
  const words = t.profile.saveBar;
  return (
    <div class={props.changed ? 'save-bar save-bar-on' : 'save-bar'}>
      <p class="save-state" role="status">
        {props.changed ? words.unsaved : (props.idle ?? words.saved)}
      </p>
      <div class="actions">
        {props.changed && props.onDiscard && <Button onClick={props.onDiscard}>{words.discard}</Button>}
        <Button kind="primary" type="submit" busy={props.busy} disabled={!props.changed}>
          {props.action ?? t.common.save}
        </Button>
      </div>
    </div>
  );
}
