import { Button } from '../components/Button.tsx';
import { t } from '../strings/text.ts';
import { changeBetween } from './list.ts';
import type { ListChange, ListState } from './list.ts';
import type { AppliedChange } from './usePartnerList.ts';

/** What changed and why, in sentences. `declined` are those whom the reader took off: no news to them. */
export function changeSentence(
  applied: AppliedChange,
  options: { name: string | undefined; declined: ReadonlySet<string> },
): string {
  const numbers = countsOf(applied.change, options.declined);
  const what =
    options.name === undefined ? t.partners.changed(numbers) : t.partners.changedOf(options.name, numbers);
  return [what, ...applied.causes.map((cause) => t.partners.causes[cause])].join(' ');
}

function countsOf(change: ListChange, declined: ReadonlySet<string>) {
  return {
    entered: change.entered.length,
    left: change.left.filter((id) => !declined.has(id)).length,
    moved: change.moved.length,
    rescored: change.rescored.length,
  };
}

/** Tells politely that a newer list waits, and shows it on request. The live region is always there, so that it is heard. */
export function ChangeBar(props: {
  list: ListState;
  name: string | undefined;
  declined: ReadonlySet<string>;
  onShow: () => void;
}) {
  const { shown, waiting, causes } = props.list;
  return (
    <div class="change-bar" role="status">
      {waiting !== null && (
        <div class="change-bar-body">
          <p>{changeSentence({ change: changeBetween(shown, waiting), causes }, props)}</p>
          <Button kind="primary" onClick={props.onShow}>
            {t.partners.show}
          </Button>
        </div>
      )}
    </div>
  );
}
