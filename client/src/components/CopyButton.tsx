import { t } from '../strings/text.ts';
import { announce } from './announce.tsx';
import { Button } from './Button.tsx';

/** Puts a text into the clipboard and says so; browsers allow it on secure origins only. */
export function CopyButton(props: {
  text: string;
  /** What is copied, for those who hear the page; it begins with 'Copy'. */
  label?: string;
}) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      announce(t.common.copied);
    } catch {
      // Not allowed here: the reader is told how to go on.
      announce(t.common.copyFailed);
    }
  };
  return (
    <Button small label={props.label ?? t.common.copy} onClick={() => void copy()}>
      {t.common.copy}
    </Button>
  );
}
