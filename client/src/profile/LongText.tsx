import { useState } from 'preact/hooks';
import { Button } from '../components/Button.tsx';
import { t } from '../strings/text.ts';

/** Characters that are shown before the rest is asked for. */
const shortLength = 600;

/** The first part of a text, up to the end of a word. */
export function beginning(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length / 2))} …`;
}

/** A text in its own words; a long one opens on demand. */
export function LongText({ text, about }: { text: string; about: string }) {
  const [open, setOpen] = useState(false);
  const long = text.length > shortLength * 1.3;
  return (
    <div class="long-text">
      <p class="own-words">{long && !open ? beginning(text, shortLength) : text}</p>
      {long && (
        <Button
          kind="quiet"
          small
          expanded={open}
          label={open ? t.profile.view.lessOf(about) : t.profile.view.moreOf(about)}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {open ? t.profile.view.less : t.profile.view.more}
        </Button>
      )}
    </div>
  );
}
