import { t } from '../strings/text.ts';
import { announce } from './announce.tsx';
import { Button } from './Button.tsx';

const words = t.programme.outreach;

/** Puts a text into the clipboard and says so; browsers allow it on secure origins only. */
export function CopyButton(props: { text: string; label: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(props.text);
      announce(words.copied);
    } catch {
      // Not allowed here: the reader is told how to go on.
      announce(words.copyFailed);
    }
  };
  return (
    <Button small label={props.label} onClick={() => void copy()}>
      {words.copy}
    </Button>
  );
}
